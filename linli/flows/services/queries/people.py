"""Applications from the side of who made them: how to apply, whom to tell, who has looked."""

from datetime import datetime

from linli.commons.guides.models import Item
from linli.commons.notices.templates import Recipient
from linli.flows.services import rules
from linli.flows.services.models import Applicant, Application
from linli.ground.authority.actors import Actor
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.people.queries import account_of_contact


def ways_to_apply(item: Item, actor: Actor) -> dict[str, bool]:
    """Return which buttons stand on the guide of an item: the resident's own, the desk's, or the way to sign in."""
    may_apply = rules.may_apply(actor, item) and actor.post is None
    may_register = rules.may_register(actor, item)
    return {"may_apply": may_apply, "may_register": may_register, "is_visitor": item.is_current and not actor.ref}


def looked(one: Application, by: Actor, *, since: datetime) -> bool:
    """Say whether somebody has already looked at who applied since a moment."""
    seen = Event.objects.filter(verb="services.application.unmask", subject=ref(one))
    return seen.filter(actor=by.ref, at__gte=since).exists()


def who_applied(event: Event) -> list[Recipient]:
    """Return the applicant whose application an event is about: by account where there is one, else by phone."""
    applicant = Applicant.objects.filter(application_id=int(event.subject.partition(":")[2])).first()
    if applicant is None or not applicant.contact:
        return []
    account = account_of_contact(applicant.contact)
    if account is not None:
        return [Recipient(account=account.pk)]
    return [Recipient(contact=applicant.contact, phone=applicant.phone)]
