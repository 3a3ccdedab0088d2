"""Letting go of who applied: because the person asked, or because the time of keeping is over."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from django.db import transaction

from linli.commons.files.actions import discard
from linli.commons.files.queries import files_of_many
from linli.flows.services.models import NOBODY, Applicant, Application, ApplicationQuerySet, Statement
from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.core.lifecycle import Refused
from linli.ground.people.models import Person
from linli.ground.residents.retention import data_behind

from . import queries

BATCH: Final = 100


@transaction.atomic
def erase_for(person: Person) -> None:
    """Take a person's name, phone, uploads and words off what they applied for; that it was decided stays."""
    applicants = Applicant.objects.behind(person)
    for one in Application.objects.filter(applicant__in=applicants).select_related("place"):
        _empty(one, SYSTEM)
    applicants.update(**NOBODY)


def forget_old(*, by: Actor) -> int:
    """Let go of who applied where the time is over, a bounded number at a time; return how many (个人信息保护法 art. 19, 47)."""
    return _forget(queries.applications_to_forget(), _forget_all, by) + _forget(
        queries.contacts_to_forget(), Application.forget_contact, by
    )


def _forget(found: ApplicationQuerySet, forget: Callable[..., None], by: Actor) -> int:
    """One by one: what is done stays done if this ends in the middle, and nobody waits for a lock."""
    done = 0
    for one in found.select_related("place", "applicant").order_by("ended_at", "pk")[:BATCH]:  # type: ignore[misc]  # annotated
        with suppress(Refused), transaction.atomic():
            applicant = one.applicant
            list(data_behind(applicant.person_id, applicant.contact).select_for_update())  # no hold is set meanwhile
            if found.filter(pk=one.pk).exists():
                forget(one, by=by)
                done += 1
    return done


def _forget_all(one: Application, *, by: Actor) -> None:
    one.forget(by=by)
    _empty(one, by)


def _empty(one: Application, by: Actor) -> None:
    """Take the uploads and the words of an application away."""
    for files in files_of_many(one.papers.all()).values():
        for file in files:
            discard(file=file, by=by, place_path=one.place_path)
    one.papers.update(gap="")
    Statement.objects.filter(application=one).update(text="")
