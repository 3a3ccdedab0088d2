"""Letting go of who brought a case: because the person asked, or because the time of keeping is over."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from linli.flows.cases.models import NOBODY, Case, Reporter, Statement
from linli.ground.authority.actors import Actor
from linli.ground.core.lifecycle import Refused
from linli.ground.people.models import Person
from linli.ground.residents.retention import data_behind

from . import queries

BATCH: Final = 100


def erase_for(person: Person) -> None:
    """Take a person's name and phone off what they reported; the matters stay, for whom they were handled stays unknown."""
    theirs = Reporter.objects.behind(person)
    Statement.objects.filter(case__reporter__in=theirs).exclude(original="").update(original="")
    theirs.update(**NOBODY)


def forget_old(*, by: Actor) -> int:
    """Let go of who brought cases whose time is over, a bounded number at a time; return how many (个人信息保护法 art. 19, 47)."""
    over = _forget(queries.cases_to_forget(), Case.forget, by)
    return over + _forget(queries.contacts_to_forget(), Case.forget_contact, by)


def _forget(cases: QuerySet[Case], forget: Callable[..., None], by: Actor) -> int:
    """Case by case: what is done stays done if this ends in the middle, and nobody waits for a lock."""
    done = 0
    for case in cases.select_related("place", "reporter").order_by("closed_at", "pk")[:BATCH]:
        with suppress(Refused), transaction.atomic():  # reopened in this moment
            reporter = case.reporter
            list(data_behind(reporter.person_id, reporter.contact).select_for_update())  # no hold is set meanwhile
            if cases.filter(pk=case.pk).exists():
                forget(case, by=by)
                done += 1
    return done
