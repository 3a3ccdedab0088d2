"""ASK: which cases hold all the words that somebody has typed, or bear the reference."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Value

from linli.flows.cases.models import Case, CaseQuerySet
from linli.ground.core import clock
from linli.ground.core.codes import ALPHABET, LENGTH
from linli.ground.places.queries import town_of
from linli.ground.textsearch.queries import grams, holding, looked_at, question

from .models import CaseWords

NEWEST: Final = 1000
"""So many of the newest cases are looked at one by one for a word, before any index of words is asked."""
LATELY: Final = 2
"""Weeks in which a word is looked for before it is looked for in all of them."""


def words_of(case: Case) -> str:
    """Return the grams by which a case is found: of its reference, its text, where exactly, its place and sub-district, and its week."""
    town = town_of(case.place)
    said = f"{case.reference} {case.text} {case.where} {case.place.short_name} {town.short_name if town else ''}"
    return f"{week_of(case.received_at)} {grams(said)}"


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
    asked = question(typed)
    return found_by_index(cases, asked) if asked else cases.none()


def found_by_index(cases: CaseQuerySet, asked: str) -> CaseQuerySet:
    """Return those of the cases that answer a question to the index of words; they are found before anything else is asked of the cases."""
    return cases.filter(pk__among=ArraySubquery(holding(CaseWords.objects.order_by(), asked).values("pk")))


def lately(asked: str) -> str:
    """Return a question for the latest weeks alone: the week is a word of the index like any other."""
    now = clock.now()
    weeks = " | ".join(f"'{week_of(now - timedelta(weeks=one))}'" for one in range(LATELY))
    return f"({weeks}) & {asked}"


def found_among_newest(cases: CaseQuerySet, wanted: Sequence[str]) -> CaseQuerySet:
    """Return those of the cases that are among everybody's newest and match `textsearch.patterns`: these answer common words."""
    return _looked_at(cases, wanted, Case.objects.order_by("-received_at", "-pk")[:NEWEST])


def found_among_own_newest(cases: CaseQuerySet, wanted: Sequence[str]) -> CaseQuerySet:
    """Return those that match and are among the newest of the cases, which are found before they are put in order."""
    at = F("received_at") + Value(timedelta(0))  # else an index would have everybody's walked through by time
    return _looked_at(cases, wanted, cases.order_by(at.desc(), "-pk")[:NEWEST])


def found_among_few(cases: CaseQuerySet, wanted: Sequence[str]) -> CaseQuerySet:
    """Return those of the cases that match, where the cases (of a community, a body) are few: each of them is looked at."""
    return _looked_at(cases, wanted, cases.order_by())


def _looked_at(cases: CaseQuerySet, wanted: Sequence[str], these: CaseQuerySet) -> CaseQuerySet:
    """Look at the words of each of these, past the index, whose estimates of words that stand together are far too low.

    As arrays they are found once, not again for each case they are compared with.
    """
    words = CaseWords.objects.order_by().filter(pk__among=ArraySubquery(these.select_related(None).values("pk")))
    return cases.filter(pk__among=ArraySubquery(looked_at(words, wanted).values("pk")))
