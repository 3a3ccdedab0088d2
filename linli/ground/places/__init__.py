"""places owns where things are: the tree of divisions from province to community, the grids below, their history, and the one open city.

Words: a *place* is one division; its *path* is the significant digits of its national statistics code, so a subtree is a prefix;
an *edition* is one loading of the statistics; a *grid* (网格) is a part of a community that the city draws itself; the *city* is the one
prefecture that this installation serves. `divisions` says how codes and names are made, `outlines` draws the map, `sections` is where
other apps add to a place's page, `spans` is what a count takes in: a place, days, and what else narrows it.
"""
