"""Cases from the side of who brought them: theirs, the code on its way to their phone, whom to tell, their copy."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.commons.notices.templates import Recipient
from linli.flows.cases.models import Case, CaseQuerySet, Rating, Reporter
from linli.ground.authority.actors import Actor
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.people.models import Person, PhoneCode, Purpose
from linli.ground.people.queries import account_of_contact, contact_of
from linli.ground.residents.personal_data import printed_as

from .history import judged


def looked(case: Case, by: Actor, *, since: datetime) -> bool:
    """Say whether somebody has already looked at who reported the case since a moment."""
    return Event.objects.filter(verb="cases.case.unmask", subject=ref(case), actor=by.ref, at__gte=since).exists()


def took_down(case: Case, by: Actor) -> bool:
    """Say whether somebody took the case down at the desk: then they have the name from the resident's own mouth."""
    return Event.objects.filter(verb="cases.case.receive", subject=ref(case), actor=by.ref).exists()


def mine(actor: Actor) -> CaseQuerySet:
    """Return the cases that the actor brought themselves."""
    own = Case.objects.visible_to(actor)
    if actor.person is not None:
        return own.filter(reporter__person=actor.person) | own.filter(reporter__contact=actor.contact or "-")
    return own.filter(reporter__contact=actor.contact) if actor.contact else own.none()


def is_of(reference: str, contact: str) -> bool:
    """Say whether the case of a reference was brought with this phone."""
    return Case.objects.filter(reference=reference, reporter__contact=contact).exists()


def code_to(phone: str) -> PhoneCode | None:
    """Return the code on its way to a phone that may still be typed."""
    sent = PhoneCode.objects.newest(contact_of(phone), Purpose.CONTACT).first()
    return sent if sent and sent.is_open else None


def who_asked(event: Event) -> list[Recipient]:
    """Return the resident whose matter an event is about: by account where there is one, else by the proven phone."""
    reporter = Reporter.objects.filter(case_id=int(event.subject.partition(":")[2])).first()
    if reporter is None or not (reporter.contact or reporter.person_id):
        return []
    account = account_of_contact(reporter.contact)
    if account is not None:
        return [Recipient(account=account.pk)]
    return [Recipient(contact=reporter.contact, phone=reporter.phone)] if reporter.contact else []


def copy_for(person: Person) -> list[dict[str, str]]:
    """Return what a person reported, for their copy of everything kept about them."""
    return [
        {
            str(_("reference")): reporter.case.reference,
            str(_("received")): printed_as(reporter.case.received_at),
            str(_("what it is about")): reporter.case.text,
            str(_("name")): reporter.name,
            str(_("phone")): reporter.phone,
            str(_("your ratings")): "\n".join(_in_words(one) for one in reporter.case.ratings.all()),
        }
        for reporter in Reporter.objects.behind(person)
        .select_related("case")
        .prefetch_related("case__ratings")
        .order_by("pk")
    ]


def _in_words(rating: Rating) -> str:
    """Return a rating in one line: day, the three answers, the remark."""
    answers = judged(contacted=rating.contacted, solved=rating.solved, satisfied=rating.satisfied)
    return " · ".join([printed_as(rating.at), *(f"{asked} {said}" for asked, said in answers), rating.remark]).rstrip(
        " ·"
    )
