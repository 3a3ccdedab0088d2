"""doubles owns entries of the residents' register that stand twice: suggested, compared, made one, made two again.

Words: a *double* is a pair of entries that look like one person; a *merge* makes the *lost* entry a pointer to
the *kept* one, which takes over all that hung on it; two entries kept *apart* are two people and are not suggested again.
"""
