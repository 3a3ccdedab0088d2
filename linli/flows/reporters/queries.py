"""ASK: how long a closed case says who brought it: the rules `retention.case.years` and `retention.contact.days` of its place."""

from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.flows.cases.models import ENDED, CallBack, Case, Reporter, ratings_of
from linli.flows.cases.queries import CASE_YEARS, judged
from linli.ground.people.models import Account, Person
from linli.ground.residents.personal_data import printed_as
from linli.ground.residents.retention import held_by_law, over

CONTACT_DAYS: Final = "retention.contact.days"


def cases_to_forget() -> QuerySet[Case]:
    """Return the cases closed so long ago that they may not say any more who brought them.

    Neither what is kept by law nor the older matters of somebody whom an officer still has to answer.
    """
    return _untouchable_left_out(Case.objects.closed().named().filter(over(CASE_YEARS, moment="closed_at")))


def contacts_to_forget() -> QuerySet[Case]:
    """Return the cases whose phone has had its time: of people without an account, each of whose cases has been closed that long."""
    past = over(CONTACT_DAYS, moment="closed_at")
    accounts = Account.objects.filter(is_active=True)
    fresh = Case.objects.exclude(past, status__in=ENDED).filter(reporter__contact=OuterRef("reporter__contact"))
    found = Case.objects.closed().filter(past).exclude(reporter__contact="")
    found = found.exclude(Exists(accounts.filter(contact=OuterRef("reporter__contact"))))
    found = found.exclude(Exists(accounts.filter(person=OuterRef("reporter__person"))))
    return _untouchable_left_out(found.exclude(Exists(fresh)))


def has_open_case(person: Person) -> bool:
    """Say whether an officer still has to answer the person, or to call them back."""
    return Case.objects.open().filter(reporter__in=Reporter.objects.behind(person)).exists()


def _untouchable_left_out(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Leave out what is kept by law (PIPL art. 47) and whoever waits for an answer."""
    waiting = Reporter.objects.exclude(case__status__in=ENDED)
    cases = cases.exclude(held_by_law("reporter"))
    cases = cases.exclude(Exists(waiting.exclude(contact="").filter(contact=OuterRef("reporter__contact"))))
    return cases.exclude(Exists(waiting.filter(person=OuterRef("reporter__person"))))


def copy_for(person: Person) -> list[dict[str, str]]:
    """Return what a person reported, for their copy of everything kept about them."""
    brought = list(Reporter.objects.behind(person).select_related("case").order_by("pk"))
    ratings = ratings_of([reporter.case for reporter in brought])
    return [
        {
            str(_("reference")): reporter.case.reference,
            str(_("received")): printed_as(reporter.case.received_at),
            str(_("what it is about")): reporter.wrote.get("text", reporter.case.text),
            str(_("name")): reporter.name,
            str(_("phone")): reporter.phone,
            str(_("your ratings")): "\n".join(_in_words(one) for one in ratings[reporter.case_id]),
        }
        for reporter in brought
    ]


def _in_words(rating: CallBack) -> str:
    """Return a rating in one line: day, the three answers, the remark."""
    answers = judged(contacted=bool(rating.contacted), solved=rating.solved, satisfied=rating.satisfied)
    return " · ".join([printed_as(rating.at), *(f"{asked} {said}" for asked, said in answers), rating.remark]).rstrip(
        " ·"
    )
