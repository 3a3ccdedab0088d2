"""services owns applications (办件) for the items of the catalogue, from receipt to rating.

Words: an *application* is received, accepted, decided, and its result handed out; its *handler* is the body at whose desk that happens;
*papers* are its materials; the *notice* names all gaps at once, and only once.
"""
