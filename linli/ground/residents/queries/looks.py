"""Who looked at somebody's full data, as that person and the desk may read it (PIPL art. 44)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import registry
from linli.ground.core.models import Event
from linli.ground.people.models import Person


@dataclass(frozen=True)
class Look:
    """One look at somebody's full data: when, in which post, for which matter."""

    at: datetime
    who: str
    matter: str
    url: str


def looks_at(person: Person, viewer: Actor) -> list[Look]:
    """Return who looked at a person's full data or took them out, newest first, at most 100; matters as far as the viewer sees them.

    A look at the entry for its own sake has no matter: it would lead to the page at hand, or to one that is the desk's.
    """
    verbs = ["people.person.unmask", "people.person.export"]
    entries = [registry.ref(one) for one in (person, *person.merged.all())]
    events = list(Event.objects.filter(subject__in=entries, verb__in=verbs).order_by("-pk")[:100])
    matters = [event.data.get("matter", "") for event in events]
    known = registry.resolve({*matters, *(event.post for event in events)}, viewer)
    looks = []
    for event, matter in zip(events, matters, strict=True):
        post, about = known.get(event.post), known.get(matter) if matter not in entries else None
        own = event.actor == viewer.ref
        who = _("yourself") if own else post.title if post else _("a member of staff")
        looks.append(Look(event.at, who, about.title if about else "", about.url if about else ""))
    return looks
