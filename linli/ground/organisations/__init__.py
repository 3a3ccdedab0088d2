"""organisations owns who stands where: bodies, their posts, who holds which post from when to when, and what is missing.

Words: a *kind* is what a body is by law or custom; a *body* stands at a place; a *post* has seats; a *holding* is one person in one post
for a term; a *finding* is one thing that the rules of the place's kind ask for and the record does not show; the *matrix* counts them.
"""
