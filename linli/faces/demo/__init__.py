"""demo makes an invented year of life on the real places of Wuhai, through the same actions that people use, and lets one enter as anybody.

Words: the *cast* are the ten people one can enter as. All people, cases, figures and phone numbers are invented; places are real.
"""
