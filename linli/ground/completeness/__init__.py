"""completeness owns what a community has, lacks, has vacant or expired, against the rules of its kind. It stores nothing: it reads.

Words: a *roster* is a body with its posts as they stand today; a *finding* is one thing that the rules ask for and the record does not
show; a *chart* draws one community; the *matrix* counts many; a *standing* is a body, or room for one, as its keepers see it.
"""
