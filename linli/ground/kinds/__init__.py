"""kinds owns the catalogue of what can stand in a city: kinds of body by law or custom, and the departments of a government.

Words: a *kind* says where a body stands, under which other one, by which law, with which posts and rules; what is *due* at a place is
what the catalogue gives it. Which bodies do stand is told by organisations, the app above. `fields` is by what services and needs
are sorted.
"""
