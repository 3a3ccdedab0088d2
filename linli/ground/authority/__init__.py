"""authority owns who may: powers, roles, actors, the guard on every door, and API tokens.

Words: a *power* is one thing that a post may do; a *role* is a named set of powers; an *actor* is whoever asks, with the post in which
they act now; a *door* is a view or an API operation; a *rule* answers whether an actor may.
"""
