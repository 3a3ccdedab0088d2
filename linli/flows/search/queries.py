"""ASK: which cases hold all the words that somebody has typed, or bear the reference."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from linli.flows.cases.models import Case, CaseQuerySet
from linli.ground.core import clock
from linli.ground.core.codes import ALPHABET, LENGTH
from linli.ground.textsearch.models import vector
from linli.ground.textsearch.queries import grams, matching, question

from .models import CaseWords

ALL: Final = 10_000_000
"""More than any city has: the words are looked up in their index first, whatever else is asked of the cases."""
NEWEST: Final = 1000
"""So many of the newest cases are looked at one by one for a word, before any index of words is asked."""
LATELY: Final = 5
"""Weeks in which a word is looked for before it is looked for in all of them."""


def words_of(case: Case) -> str:
    """Return the grams by which a case is found: of its reference, its text, where exactly, its place as people call it, and its week."""
    return f"{week_of(case.received_at)} {grams(f'{case.reference} {case.text} {case.where} {case.place.short_name}')}"


def week_of(moment: datetime) -> str:
    """Return the gram of the week in which something was received, which nobody can type: #2026-48."""
    return f"{moment.astimezone(UTC):#%G-%V}"


def reference_in(typed: str) -> str:
    """Return the reference that was typed, however it was grouped; empty where it is none."""
    plain = typed.replace("-", "").replace(" ", "").upper()
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else ""


def found(cases: CaseQuerySet, typed: str) -> CaseQuerySet:
    """Return those of the cases that hold every word that was typed, or the one of this reference; none where nothing can be looked for."""
    if reference := reference_in(typed):
        return cases.filter(reference=reference)
    every: QuerySet[CaseWords] = CaseWords.objects.order_by()
    return cases.filter(pk__in=matching(every, typed).values("pk")[:ALL])


def found_lately(cases: CaseQuerySet, typed: str) -> CaseQuerySet:
    """Return those of the cases that hold every word and came in the latest weeks: the week is a word of the index like any other."""
    asked, now = question(typed), clock.now()
    if not asked:
        return cases.none()
    weeks = " | ".join(f"'{week_of(now - timedelta(weeks=one))}'" for one in range(LATELY))
    words = CaseWords.objects.order_by().alias(_grams=vector("grams")).filter(_grams__holds=f"({weeks}) & {asked}")
    return cases.filter(pk__among=ArraySubquery(words.values("pk")))


def found_among_newest(cases: CaseQuerySet, typed: str) -> CaseQuerySet:
    """Return those of the newest of the cases that hold every word: whoever types a common word is answered from these."""
    return _looked_at(cases, typed, cases.order_by("-received_at", "-pk")[:NEWEST])


def found_among_few(cases: CaseQuerySet, typed: str) -> CaseQuerySet:
    """Return those of the cases that hold every word, where the cases (of a community, a body) are few: each of them is looked at."""
    return _looked_at(cases, typed, cases.order_by())


def _looked_at(cases: CaseQuerySet, typed: str, these: CaseQuerySet) -> CaseQuerySet:
    """Look at the words of each of these, past the index, whose estimates of words that stand together are far too low.

    As arrays they are found once, not again for each case they are compared with.
    """
    asked = question(typed)
    if not asked:
        return cases.none()
    words = CaseWords.objects.order_by().filter(pk__among=ArraySubquery(these.select_related(None).values("pk")))
    hold = words.alias(own=Concat("grams", Value("")), _grams=vector("own")).filter(_grams__holds=asked)
    return cases.filter(pk__among=ArraySubquery(hold.values("pk")))
