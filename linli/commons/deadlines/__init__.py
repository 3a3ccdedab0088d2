"""deadlines owns time that counts: the working-day calendar, the clocks that run against it, and the to-dos: who must act by when.

Words: a *calendar* belongs to a jurisdiction (the nation, or a place that announced days of its own); a *working day* is one on which
offices are open, swapped weekends (调休) included; a *clock* is one running term and explains itself; a *to-do* waits for one body.
"""
