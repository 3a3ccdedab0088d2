"""decisions owns deciding by rule: from counts and dates to an outcome with its sentence, its articles and the rule versions it rests on.

Words: a *decision* is a small function with a public name (`ju.assembly.quorum`); its *book* gives the norm in force by key: the packs of
this release, or the rulebook of a place. It keeps no table of its own.
"""
