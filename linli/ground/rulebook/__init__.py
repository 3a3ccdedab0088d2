"""rulebook owns the rules of law and custom that everything else decides by, each with its article, its date and its mark.

Words: a *pack* is one law or one set of customs (TOML in git); a *rule* is one number of it; a *version* is its value from a day on, in one
*jurisdiction* (the path of a place; empty = the nation); the *mark* says LAW (locked), LOCAL (地方规定) or DEFAULT (本市约定).
"""
