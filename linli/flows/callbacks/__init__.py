"""callbacks owns how the resident's judgement comes in and what it says of the work (回访、三率): called back, rated, counted.

Words: a *call-back* asks whether somebody was in touch in time, whether it is solved, whether they are satisfied; the resident may *rate*
of their own accord, which is the same judgement by another way. *Rates* are shares of call-backs; to *exclude* leaves a round out.
"""
