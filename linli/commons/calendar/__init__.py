"""calendar owns when the city works: working days, office hours, and how a term is counted on them and explained.

Words: a *calendar* belongs to a jurisdiction (the nation, or a place that announced days of its own); a *working day* is one on which
offices are open, swapped weekends (调休) included; a *term* is an amount of a unit from a moment, and ends where it is *reckoned* to.
"""
