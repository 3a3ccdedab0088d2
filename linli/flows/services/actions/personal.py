"""Who applied: shown in full on the record, erased on request."""

from django.db import transaction
from django.utils.timezone import localtime

from linli.commons.files.actions import discard
from linli.commons.files.queries import files_of
from linli.flows.services import queries
from linli.flows.services.models import NOBODY, Applicant, Application, Paper, Statement
from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.people.models import Person


@transaction.atomic
def unmask(one: Application, *, by: Actor) -> Applicant:
    """Show who applied in full, and write down who looked: once per application, looker and day (个人信息保护法 art. 51)."""
    midnight = localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    one.lock()
    if not queries.looked(one, by, since=midnight):
        record("services.application.unmask", one, by=by, place_path=one.place_path)
    return one.applicant


@transaction.atomic
def erase_for(person: Person) -> None:
    """Take a person's name, phone, uploads and words off what they applied for; that it was decided stays."""
    applicants = Applicant.objects.behind(person)
    for one in Application.objects.filter(applicant__in=applicants):
        for file in files_of(one):
            discard(file=file, by=SYSTEM, place_path=one.place_path)
        Paper.objects.filter(application=one).update(gap="")
        Statement.objects.filter(application=one).update(text="")
    applicants.update(**NOBODY)
