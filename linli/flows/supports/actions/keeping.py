"""What a support says about its person: copied to them, taken off when they ask or when the time of keeping is over."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from linli.flows.cases.models import ENDED, Case
from linli.flows.cases.queries import CASE_YEARS
from linli.flows.supports.models import NOBODY, Support, SupportQuerySet
from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record_all
from linli.ground.people.models import Account, Person, PersonalData
from linli.ground.residents.personal_data import printed_as
from linli.ground.residents.retention import over

CONTACT_DAYS: Final = "retention.contact.days"
BATCH: Final = 100


def copy_for(person: Person) -> list[dict[str, str]]:
    """Return what a person supports, for their copy of everything kept about them."""
    return [
        {
            _("reference"): one.case.reference,
            _("supported on"): printed_as(one.at),
            _("what it is about"): one.case.title,
            _("what they say"): one.text,
            _("Name of the resident"): one.name,
            _("phone"): one.phone,
        }
        for one in Support.objects.behind(person).select_related("case").order_by("pk")
    ]


def erase_for(person: Person) -> None:
    """Take a person's name, phone and words off what they supported; how many supported it stays."""
    Support.objects.behind(person).update(**NOBODY)


def forget_old(*, by: Actor) -> int:
    """Let go of who supported cases whose time is over, a bounded number at a time; return how many (个人信息保护法 art. 19, 47).

    A phone without account goes sooner. What is kept by law stays.
    """
    done = _forget(_over(CASE_YEARS).named(), by, *NOBODY)
    without_account = _over(CONTACT_DAYS).exclude(contact="").exclude(
        contact__in=Account.objects.filter(is_active=True, contact__isnull=False).values("contact")
    )  # fmt: skip
    return done + _forget(without_account, by, "phone", "contact")


def _over(key: str) -> SupportQuerySet:
    """Return the supports of cases that ended longer ago than the rule of their place keeps them, but for those kept by law."""
    held = PersonalData.objects.filter(legal_hold=True)
    phones = {*held.values_list("phone_index", flat=True), *held.values_list("person__accounts__contact", flat=True)}
    old = Case.objects.filter(over(key, moment="closed_at"), status__in=ENDED)
    kept = Support.objects.filter(person__in=held.values("person")) | Support.objects.filter(
        contact__in=phones - {"", None}
    )
    return Support.objects.filter(case__in=old).exclude(pk__in=kept.values("pk"))


@transaction.atomic
def _forget(supports: SupportQuerySet, by: Actor, *names: str) -> int:
    gone = list(supports.select_related("case__place").order_by("pk")[:BATCH])
    Support.objects.filter(pk__in=[one.pk for one in gone]).update(**{name: NOBODY[name] for name in names})
    record_all("supports.support.forget", [(one, one.case.place_path, {}) for one in gone], by=by)
    return len(gone)
