"""Who applied: shown in full, on the record."""

from django.db import transaction
from django.utils.timezone import localtime

from linli.flows.services import queries
from linli.flows.services.models import Applicant, Application
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record


@transaction.atomic
def unmask(one: Application, *, by: Actor) -> Applicant:
    """Show who applied in full, and write down who looked: once per application, looker and day (个人信息保护法 art. 51)."""
    midnight = localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    one.lock()
    if not queries.looked(one, by, since=midnight):
        record("services.application.unmask", one, by=by, place_path=one.place_path)
    applicant: Applicant = one.applicant
    return applicant
