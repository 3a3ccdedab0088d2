"""people owns persons and accounts: the residents' register, households, declared kinship, sign-in, consents.

Words: a *person* is an entry of the register, with or without an account; an *account* is a sign-in; a *contact* is the blind
index of a proven phone; a *second factor* is the authenticator app of staff; *consent* is a line of an append-only ledger.
"""
