"""Deciding by rule: small functions from counts and dates to an outcome, with its sentence, article and rule version.

They read their numbers from a *book* (a function from a key to the norm in force): `rulebook.queries.book(place_path=…)` in a living
city, `packs.norm` without one.
"""

from . import assemblies, elections, owners, petitions, publicity, villages
from .frame import DECISIONS, BadInput, Book, Decision, UnknownDecision, decide

__all__ = [
    "DECISIONS",
    "BadInput",
    "Book",
    "Decision",
    "UnknownDecision",
    "assemblies",
    "decide",
    "elections",
    "owners",
    "petitions",
    "publicity",
    "villages",
]
