"""cases owns the needs of residents (诉求): received, led by one body, answered in time, rated by who asked, reopened if unsolved.

Words: a *case* is one need; its *lead* (牵头单位) answers for it; a *round* is one pass from receiving to closing;
a *statement* is what was said on it; a *rating* is the resident's own judgement.
"""
