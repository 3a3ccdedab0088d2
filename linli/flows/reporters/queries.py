"""ASK: how long a closed case says who brought it: the rules `retention.case.years` and `retention.contact.days` of its place."""

from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.flows.cases.models import ENDED, CallBack, Case, Reporter
from linli.flows.cases.queries import CASE_YEARS, judged, past_keeping
from linli.ground.people.models import Account, Person, PersonalData
from linli.ground.residents.personal_data import printed_as

CONTACT_DAYS: Final = "retention.contact.days"


def cases_to_forget() -> QuerySet[Case]:
    """Return the cases closed so long ago that they may not say any more who brought them.

    Neither what is kept by law nor the older matters of somebody whom an officer still has to answer.
    """
    return _untouchable_left_out(Case.objects.closed().named().filter(past_keeping(CASE_YEARS)))


def contacts_to_forget() -> QuerySet[Case]:
    """Return the cases whose phone has had its time: of people without an account, each of whose cases has been closed that long."""
    over = past_keeping(CONTACT_DAYS)
    accounts = Account.objects.filter(is_active=True)
    fresh = Case.objects.exclude(over, status__in=ENDED).filter(reporter__contact=OuterRef("reporter__contact"))
    found = Case.objects.closed().filter(over).exclude(reporter__contact="")
    found = found.exclude(Exists(accounts.filter(contact=OuterRef("reporter__contact"))))
    found = found.exclude(Exists(accounts.filter(person=OuterRef("reporter__person"))))
    return _untouchable_left_out(found.exclude(Exists(fresh)))


def data_behind(case: Case) -> QuerySet[PersonalData]:
    """Return the entries of the register behind a case, by person or by phone: whether they are held decides about the case too."""
    who = Q(person=case.reporter.person_id or 0)
    if case.reporter.contact:
        who |= Q(phone_index=case.reporter.contact) | Q(person__accounts__contact=case.reporter.contact)
    return PersonalData.objects.filter(pk__in=PersonalData.objects.filter(who).values("pk"))


def has_open_case(person: Person) -> bool:
    """Say whether an officer still has to answer the person, or to call them back."""
    return Case.objects.open().filter(reporter__in=Reporter.objects.behind(person)).exists()


def _untouchable_left_out(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Leave out what is kept by law (PIPL art. 47) and whoever waits for an answer."""
    held = PersonalData.objects.filter(legal_hold=True)
    phones = {*held.values_list("phone_index", flat=True), *held.values_list("person__accounts__contact", flat=True)}
    waiting = Reporter.objects.exclude(case__status__in=ENDED)
    cases = cases.exclude(reporter__person__in=held.values("person")).exclude(reporter__contact__in=phones - {"", None})
    cases = cases.exclude(Exists(waiting.exclude(contact="").filter(contact=OuterRef("reporter__contact"))))
    return cases.exclude(Exists(waiting.filter(person=OuterRef("reporter__person"))))


def copy_for(person: Person) -> list[dict[str, str]]:
    """Return what a person reported, for their copy of everything kept about them."""
    return [
        {
            str(_("reference")): reporter.case.reference,
            str(_("received")): printed_as(reporter.case.received_at),
            str(_("what it is about")): reporter.case.text,
            str(_("name")): reporter.name,
            str(_("phone")): reporter.phone,
            str(_("your ratings")): "\n".join(_in_words(one) for one in reporter.case.ratings),
        }
        for reporter in Reporter.objects.behind(person)
        .select_related("case")
        .prefetch_related("case__call_backs")
        .order_by("pk")
    ]


def _in_words(rating: CallBack) -> str:
    """Return a rating in one line: day, the three answers, the remark."""
    answers = judged(contacted=bool(rating.contacted), solved=rating.solved, satisfied=rating.satisfied)
    return " · ".join([printed_as(rating.at), *(f"{asked} {said}" for asked, said in answers), rating.remark]).rstrip(
        " ·"
    )
