"""ASK: where a need goes and why, whom a route may name, what a changed route would have done."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.commons.calendar.queries import is_open_at
from linli.commons.routing.models import Category, Route, ServiceField
from linli.ground.authority.actors import Actor
from linli.ground.database.prepared import Prepared
from linli.ground.kinds.models import BodyKind
from linli.ground.kinds.queries import departments
from linli.ground.organisations.models import Body
from linli.ground.organisations.queries import LEADS, lead_among
from linli.ground.places.divisions import Level, ancestors_of
from linli.ground.places.models import Place

DEPARTMENT: Final = "department"
NEAREST: Final[
    dict[str, Promise]
] = {  # by the kind of the body that is nearest: why it leads where no route says otherwise
    "workstation": _("It happened here, and the workstation is this community's one-stop service."),
    "residents_committee": _("This community has no workstation, so its residents' committee takes it first."),
    "villagers_committee": _("This village has no workstation, so its villagers' committee takes it first."),
    "subdistrict_office": _("This place has no body of its own, so the sub-district office above it leads."),
    "town_government": _("This place has no body of its own, so the town government above it leads."),
    "district_government": _("This place has neither a body nor an office of its own, so the district leads."),
    "city_government": _("No body nearer to the place was found, so the city leads."),
}


_ACTIVE: Final = Prepared(lambda: Route.objects.active().select_related("category", "lead__kind", "lead__place"))
_STANDING: Final = Prepared(
    lambda kinds, paths: (
        Body.objects.current()
        .filter(kind__code__among=kinds, place__path__among=paths)
        .select_related("kind", "place", "duty")
    ),
    kinds=["a kind"],
    paths=["a path"],
)


class NoLead(Exception):
    """No body stands at or above the place: the city is not set up."""


@dataclass(frozen=True)
class Need:
    """What the routes look at: where, about what, with which answers, when."""

    place_path: str
    category: Category
    answers: Mapping[str, str]
    at: datetime

    @cached_property
    def is_open(self) -> bool:
        """Whether offices were open then."""
        return is_open_at(self.at, self.place_path)


@dataclass(frozen=True)
class Routed:
    """Who leads a need and who helps, by which route; routes that match and lead nowhere any more are broken."""

    lead: Body
    helpers: tuple[Body, ...]
    route: Route | None
    broken: tuple[Route, ...] = ()


def route_of(need: Need, routes: Sequence[Route] | None = None) -> Routed:
    """Return where a need goes: by the first route that matches and leads somewhere, else to the nearest body.

    Two queries, or one where the `routes` are given. Raises NoLead.
    """
    known = active_routes() if routes is None else routes
    matching = [one for one in known if _matches(one, need)]
    wanted = {at.partition(":")[0] for one in matching for at in (one.lead_at, *one.helpers_at)} - {""}
    near = _standing(need.place_path, wanted | {*LEADS})
    broken: list[Route] = []
    for route in matching:
        lead = _ended_or_not(route.lead) if route.lead else nearest(route.lead_at, near)
        if lead is not None:
            found = [nearest(at, near) for at in route.helpers_at]
            helpers = {body.pk: body for body in found if body is not None and body.pk != lead.pk}
            return Routed(lead, tuple(helpers.values()), route, tuple(broken))
        broken.append(route)
    lead = lead_among(_at_their_nearest(near))
    if lead is None:
        raise NoLead(need.place_path)
    return Routed(lead, (), None, tuple(broken))


def why(routed_by: Route | None, kind_code: str) -> str:
    """Return in words why a body leads: the route's own reason, or that it is the nearest."""
    return routed_by.reason if routed_by else str(NEAREST[kind_code])


def active_routes() -> list[Route]:
    """Return the routes in force in their order, each with its category and body. One query."""
    return _ACTIVE()


def nearest(at: str, bodies: Iterable[Body]) -> Body | None:
    """Return the body of a kind (`department:housing`: of a department) that is nearest; None where there is none."""
    kind, _colon, slot = at.partition(":")
    fitting = [one for one in bodies if one.kind.code == kind and (not slot or one.slot == slot)]
    return max(fitting, key=lambda one: (len(one.place.path), -one.pk), default=None)


def targets() -> list[tuple[str, str]]:
    """Return whom a route may name by kind: those who lead by themselves, property providers, units, and each department."""
    kinds = {one.code: one.label for one in BodyKind.objects.filter(code__in=[*LEADS, *MORE])}
    named = [(code, kinds[code]) for code in (*LEADS, *MORE) if code in kinds]
    rows = [row for row in departments() if "into" not in row]
    return named + [(f"{DEPARTMENT}:{row['code']}", str(row["name"])) for row in rows]


def takers(place_path: str) -> list[Body]:
    """Return the bodies of a place and above it that may lead a need or help with it, the nearest first."""
    paths = [place_path, *ancestors_of(place_path)]
    standing = Body.objects.current().filter(kind__code__in=TAKERS, place__path__in=paths)
    return list(standing.select_related("kind", "place").order_by("-place__path", "kind__position", "pk"))


def takers_called(text: str, area: str, *, most: int) -> list[Body]:
    """Return the bodies of an area and above it that may lead a need, by words of their name or place; those called just so come alone."""
    reached = Q(place__path__startswith=area) | Q(place__path__in=ancestors_of(area))
    standing = Body.objects.current().filter(reached, kind__code__in=TAKERS).select_related("place")
    standing = standing.order_by("place__path", "kind__position", "pk")
    if exactly := list(standing.filter(Q(name=text) | Q(reference=text.upper()))[:most]):
        return exactly
    for word in text.split():
        words = Q(name__icontains=word) | Q(short_name__icontains=word) | Q(place__name__icontains=word)
        standing = standing.filter(words)
    return list(standing[:most])


def areas(path: str) -> list[tuple[str, str]]:
    """Return the places for which routes are kept: an area with its districts and towns, each under the one above."""
    down = Place.objects.current().under(path).filter(level__in=(Level.PREFECTURE, Level.COUNTY, Level.TOWN))
    rows = list(down.order_by("path"))
    top = min((len(ancestors_of(one.path)) for one in rows), default=0)
    return [(one.path, "　" * (len(ancestors_of(one.path)) - top) + one.name) for one in rows]


MORE: Final = ("property_provider", "association", "resident_unit", "owners_committee")
TAKERS: Final = (*LEADS, DEPARTMENT, *MORE)
"""Kinds of body that may lead a need or help with it."""


@dataclass(frozen=True)
class Row:
    """A route in words, and whether it leads nowhere any more."""

    route: Route
    place: str
    about: str
    lead: str
    helpers: str
    is_broken: bool


def listed(actor: Actor) -> list[Row]:
    """Return the routes in force of the actor's area in words, in the order in which they are asked."""
    routes = list(Route.objects.visible_to(actor).active().select_related("category", "lead"))
    return _in_words(routes)


def row_of(route: Route) -> Row:
    """Return one route in words."""
    return _in_words([route])[0]


def routes_about(category: Category) -> list[Route]:
    """Return the routes in force that name a category or its whole field."""
    named = Q(category=category) | Q(field=category.field)
    return list(Route.objects.active().filter(named))


def _in_words(routes: Sequence[Route]) -> list[Row]:
    names, fields = dict(targets()), dict(ServiceField.choices)
    places = {one.path: one.title for one in Place.objects.filter(path__in={route.place_path for route in routes})}
    standing = set(Body.objects.current().filter(kind__code__in=_kinds(routes)).values_list("kind__code", "slot"))
    rows = []
    for route in routes:
        about = str(route.category or fields.get(route.field) or _("whatever it is about"))
        about += f"：{route.answer}" if route.answer else ""
        lead = route.lead.name if route.lead else names.get(route.lead_at, route.lead_at)
        helpers = "、".join(names.get(at, at) for at in route.helpers_at)
        rows.append(
            Row(
                route, places.get(route.place_path, route.place_path), about, lead, helpers, _is_broken(route, standing)
            )
        )
    return rows


def _kinds(routes: Iterable[Route]) -> set[str]:
    return {route.lead_at.partition(":")[0] for route in routes if route.lead_at}


def _is_broken(route: Route, standing: set[tuple[str, str]]) -> bool:
    """Say whether the body, or every body of the kind, to which it leads has ended."""
    if route.lead is not None:
        return route.lead.ended_on is not None
    kind, colon, slot = route.lead_at.partition(":")
    return not any(one == kind and (not colon or department == slot) for one, department in standing)


@dataclass(frozen=True)
class Sample:
    """A need of the past, for trying a route out: what it was, and where it went."""

    need: Need
    title: str
    url: str


@dataclass(frozen=True)
class Moved:
    """A need that a changed route would have sent elsewhere."""

    sample: Sample
    before: str
    after: str


Recent = Callable[[Actor, int], list[Sample]]
_sources: list[Recent] = []


def sample_from(source: Recent) -> None:
    """Let the past needs of a flow be tried out on; called in `ready()` of the flow."""
    _sources.append(source)


def tried(route: Route, actor: Actor, *, instead_of: Route | None, last: int) -> tuple[int, list[Moved]]:
    """Run the last needs through the routes as they would be; return how many were tried and which would have gone elsewhere."""
    now = active_routes()
    others = [one for one in now if instead_of is None or one.pk != instead_of.pk]
    then = sorted([*others, route], key=lambda one: (-len(one.place_path), one.position, one.pk or 0))
    samples = [sample for source in _sources for sample in source(actor, last)]
    moved = []
    for sample in samples:
        before, after = _lead_in(sample.need, now), _lead_in(sample.need, then)
        if before and after and before.pk != after.pk:
            moved.append(Moved(sample, before.name, after.name))
    return len(samples), moved


def _matches(route: Route, need: Need) -> bool:
    return route.matches(
        place_path=need.place_path, category=need.category, answers=need.answers, is_open=lambda: need.is_open
    )


def _lead_in(need: Need, routes: Sequence[Route]) -> Body | None:
    try:
        return route_of(need, routes).lead
    except NoLead:
        return None


def _standing(place_path: str, kinds: set[str]) -> list[Body]:
    return _STANDING(kinds=sorted(kinds), paths=[place_path, *ancestors_of(place_path)])


def _at_their_nearest(bodies: Sequence[Body]) -> list[Body]:
    """Return of each kind the body nearest to the place."""
    near = (nearest(code, bodies) for code in LEADS)
    return [one for one in near if one is not None]


def _ended_or_not(body: Body) -> Body | None:
    return body if body.ended_on is None else None
