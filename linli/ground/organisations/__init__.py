"""organisations owns who stands where: bodies, their posts, who holds which post from when to when.

Words: a *kind* is what a body is by law or custom; a *body* stands at a place; a *post* has seats; a *holding* is one person in one post
for a term. What a community lacks by the rules is completeness, the app above.
"""
