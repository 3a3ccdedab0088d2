"""ASK: which cases hold all the words that somebody has typed, or bear the reference."""

from datetime import timedelta
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from linli.flows.cases.models import Case, CaseQuerySet
from linli.ground.core.codes import ALPHABET, LENGTH
from linli.ground.textsearch.models import vector
from linli.ground.textsearch.queries import grams, matching, question

from .models import CaseWords

ALL: Final = 10_000_000
"""More than any city has: the words are looked up in their index first, whatever else is asked of the cases."""


def words_of(case: Case) -> str:
    """Return the grams by which a case is found: of its reference, its text, where exactly, and its place as people call it."""
    return grams(f"{case.reference} {case.text} {case.where} {case.place.short_name}")


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


def found_among_newest(cases: CaseQuerySet, typed: str, *, newest: int, are_few: bool) -> CaseQuerySet:
    """Return those of the newest so many of the cases that hold every word: whoever types a common word is answered from these.

    Each of them is looked at, past the index, whose estimates of words that stand together are far too low; as arrays they are found once,
    not again for each case they are compared with. Where the cases `are_few` (of a
    community, a body), they are found first and sorted then; else the database would walk through everybody's by time until it has so many.
    """
    asked = question(typed)
    if not asked:
        return cases.none()
    at = F("received_at") + Value(timedelta(0)) if are_few else F("received_at")
    latest = cases.select_related(None).order_by(at.desc(), "-pk").values("pk")[:newest]
    words = CaseWords.objects.order_by().filter(pk__among=ArraySubquery(latest)).alias(own=Concat("grams", Value("")))
    hold = words.alias(_grams=vector("own")).filter(_grams__holds=asked)
    return cases.filter(pk__among=ArraySubquery(hold.values("pk")))
