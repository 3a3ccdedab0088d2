"""accounts owns the way in: who may sign in to work here, the links that let them, and the tokens that let programs.

Words: to *invite* is to open an account and hand its holder a link; a *link* is good once and for three days; to *reset* is to void
a lost password or phone and hand over a new link; a *delegate* is the person who signs in for an organisation; a *slip* is the paper
with the link. The administrator of a place never learns or sets a password.
"""
