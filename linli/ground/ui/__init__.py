"""ui owns the look and the shells: base pages, components, the gallery, large print (长者模式), icons and the vendored htmx.

Words: a *shell* is the frame of a page, `public` or `desk`; an *entry* is one line of its navigation, registered by the app it leads to;
*page facts* are the city's name and whether everything shown is invented; an *error number* is what a person reads out to the help line.
"""
