"""What the portal shows: a community at a glance, and the city's month."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from linli.commons.calendar.queries import Hours, hours_of
from linli.commons.routing.models import ServiceField
from linli.flows.cases.models import Case, Status
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.organisations.queries import Reached, contact_at, lead_for
from linli.ground.people.models import Person
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place
from linli.ground.places.queries import city_path, place_at

DISTRICT: Final = 6
COMMUNITY: Final = 12  # digits of their paths
ICONS: Final = {
    ServiceField.RELIEF: "heart-handshake",
    ServiceField.EMPLOYMENT: "briefcase",
    ServiceField.SECURITY: "umbrella",
    ServiceField.HEALTH: "stethoscope",
    ServiceField.CULTURE: "school",
    ServiceField.SAFETY: "shield-check",
    ServiceField.MIGRANTS: "luggage",
    ServiceField.SURROUNDINGS: "tools",
    ServiceField.UNSURE: "help-circle",
}
EXAMPLES: Final[dict[ServiceField, Promise]] = {
    ServiceField.RELIEF: _("minimum allowance, hardship, emergency relief, disability benefits"),
    ServiceField.EMPLOYMENT: _("job seeking, training, public-welfare posts, start-up loans"),
    ServiceField.SECURITY: _("pension and medical insurance, old-age allowance"),
    ServiceField.HEALTH: _("family doctor, vaccination, birth registration"),
    ServiceField.CULTURE: _("courses for the elderly, after-school care, sports grounds"),
    ServiceField.SAFETY: _("fire hazards, public order, mediation, legal aid"),
    ServiceField.MIGRANTS: _("residence permit, school places, renting"),
    ServiceField.SURROUNDINGS: _("street lights, heating, waste, parking, property service"),
    ServiceField.UNSURE: _("Say it: whoever is asked first sees it through"),
}


@dataclass(frozen=True)
class Card:
    """A community at a glance: the place, who takes needs there and how they are reached, how many grids, when offices are open."""

    place: Place
    contact: Reached | None
    grids: int
    hours: Hours


@dataclass(frozen=True)
class Month:
    """The cases of this calendar month: received, of these answered."""

    received: int
    answered: int


def community_at(path: str) -> Place | None:
    """Return the community or village that a cookie names, if it is one of this city's today."""
    home = city_path()
    if not home or not path.startswith(home):
        return None
    place = place_at(path)
    return place if place and place.level == Level.COMMUNITY and place.ended_on is None else None


def card_of(place: Place, actor: Actor) -> Card:
    """Return a community at a glance, for whoever looks."""
    grids = Place.objects.current().at(Level.GRID).under(place.path).count()
    return Card(place, contact_at(place, actor, clock.today()), grids, hours_of(place.path))


def section_of(place: Place, actor: Actor) -> Mapping[str, object] | None:  # noqa: ARG001 (everybody may see it)
    """Return where to report, on the page of a community, village or grid of today, and who takes it in a grid; else None."""
    home = place.parent if place.level == Level.GRID else place
    if home is None or home.level != Level.COMMUNITY or place.ended_on is not None:
        return None
    return {"home": home, "lead": lead_for(home.path) if home != place else None}


def community_of(actor: Actor) -> Place | None:
    """Return the community where whoever has signed in lives by the register; None for visitors and elsewhere."""
    person = Person.objects.filter(pk=actor.person).select_related("place").first() if actor.person else None
    return community_at(person.place.path[:COMMUNITY]) if person and person.place else None


def districts() -> list[tuple[Place, int]]:
    """Return the city's districts, each with how many communities and villages it has."""
    home = city_path()
    if not home:
        return []
    paths = Place.objects.current().at(Level.COMMUNITY).under(home).values_list("path", flat=True)
    counts = Counter(path[:DISTRICT] for path in paths)
    return [(one, counts[one.path]) for one in Place.objects.current().at(Level.COUNTY).under(home).order_by("path")]


def this_month() -> Month:
    """Count the cases received since the first of this month, and those of them that have their answer."""
    first = localtime(clock.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    counts = Case.objects.filter(received_at__gte=first).aggregate(
        received=Count("pk"), answered=Count("pk", filter=Q(status__in=[Status.ANSWERED, Status.CLOSED]))
    )
    return Month(**counts)
