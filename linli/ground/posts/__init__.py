"""posts owns how the posts of a body are kept: added, renamed, given more or fewer seats, abolished, within what the rulebook allows.

Words: *bounds* are the fewest and most members that a rule asks for. The posts themselves, and who holds them, are facts of organisations.
"""
