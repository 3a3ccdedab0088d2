"""ASK: how long an application says who made it: `retention.application.years` and `retention.contact.days` of its place."""

from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from linli.flows.services.models import ENDED, Applicant, Application, ApplicationQuerySet
from linli.ground.people.models import Account, Person
from linli.ground.residents.personal_data import printed_as
from linli.ground.residents.retention import held_by_law, over

YEARS: Final = "retention.application.years"
CONTACT_DAYS: Final = "retention.contact.days"
NAMED: Final = ~Q(applicant__person=None, applicant__name="", applicant__phone="")


def applications_to_forget() -> ApplicationQuerySet:
    """Return those that ended so long ago that they may not say any more who made them.

    Neither what is kept by law nor the older ones of somebody whom a desk still has to answer.
    """
    return _untouchable_left_out(Application.objects.ended().filter(NAMED).filter(over(YEARS, moment="ended_at")))


def contacts_to_forget() -> ApplicationQuerySet:
    """Return those whose phone has had its time: of people without an account, each of whose applications ended that long ago."""
    past = over(CONTACT_DAYS, moment="ended_at")
    accounts = Account.objects.filter(is_active=True)
    kept = Application.objects.ended().exclude(past).filter(applicant__contact=OuterRef("applicant__contact"))
    found = Application.objects.ended().filter(past).exclude(applicant__contact="").exclude(Exists(kept))
    found = found.exclude(Exists(accounts.filter(contact=OuterRef("applicant__contact"))))
    return _untouchable_left_out(found.exclude(Exists(accounts.filter(person=OuterRef("applicant__person")))))


def copy_for(person: Person) -> list[dict[str, str]]:
    """Return what a person has applied for, for their copy of everything kept about them."""
    applicants = Applicant.objects.behind(person).select_related("application__item").order_by("pk")
    return [
        {
            str(_("reference")): one.application.reference,
            str(_("service item")): one.application.item.name,
            str(_("received")): printed_as(one.application.received_at),
            str(_("status")): one.application.get_status_display(),
            str(_("name")): one.name,
            str(_("phone")): one.phone,
        }
        for one in applicants
    ]


def has_open_application(person: Person) -> bool:
    """Say whether something that the person applied for is still open."""
    return Application.objects.open().filter(applicant__in=Applicant.objects.behind(person)).exists()


def _untouchable_left_out(found: ApplicationQuerySet) -> ApplicationQuerySet:
    """Leave out what is kept by law, and whoever waits for an answer."""
    waiting = Applicant.objects.exclude(application__status__in=ENDED)
    found = found.exclude(held_by_law("applicant"))
    found = found.exclude(Exists(waiting.exclude(contact="").filter(contact=OuterRef("applicant__contact"))))
    return found.exclude(Exists(waiting.filter(person=OuterRef("applicant__person"))))
