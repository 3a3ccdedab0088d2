"""Which body is responsible for a place."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Q, QuerySet

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.database.prepared import Prepared
from linli.ground.organisations.models import Body, Post
from linli.ground.people import identity
from linli.ground.people.models import Person
from linli.ground.people.models.register import PersonQuerySet
from linli.ground.places.divisions import ancestors_of

LEADS: Final = (
    "workstation",
    "residents_committee",
    "villagers_committee",
    "subdistrict_office",
    "town_government",
    "district_government",
    "city_government",
)
"""Who takes a need that no rule sends elsewhere, the nearest to the resident first."""

OFFICES: Final = ("subdistrict_office", "town_government", "district_government")
"""Offices that stand above the bodies of their place."""
REVIEWERS: Final = "reviewing_office"
"""Stands above where no such office does."""


_STANDING: Final = Prepared(
    lambda codes, paths: (
        Body.objects.current()
        .filter(kind__code__among=codes, place__path__among=paths)
        .select_related("kind", "place", "duty")
    ),
    codes=["a code"],
    paths=["a path"],
)


def body_of(kind_code: str, place_path: str) -> Body | None:
    """Return the living body of a kind at a place or nearest above it; None where there is none. One query."""
    return _nearest((kind_code,), place_path)


def department_of(slot: str, place_path: str) -> Body | None:
    """Return the living department of a code (`civil_affairs`) at a place or nearest above it; None where there is none. One query."""
    paths = [place_path, *ancestors_of(place_path)]
    standing = Body.objects.current().filter(kind__code="department", slot=slot, place__path__in=paths)
    return standing.select_related("kind", "place").order_by("-place__path").first()


def lead_for(place_path: str) -> Body | None:
    """Return the body that takes what nobody else leads: workstation, committee, sub-district or town, district, city. One query."""
    return _nearest(LEADS, place_path)


def lead_among(bodies: Iterable[Body]) -> Body | None:
    """Return the one of a place's bodies that takes what nobody else leads; None where none of them does."""
    leads = [body for body in bodies if body.kind.code in LEADS]
    return min(leads, key=lambda body: (LEADS.index(body.kind.code), body.pk), default=None)


def office_above(body: Body) -> Body:
    """Return the office that stands above a body: of the sub-district or district, else the reviewing one, else its parent, else itself."""
    paths = [body.place.path, *ancestors_of(body.place.path)]
    offices = [one for one in _STANDING(codes=[*OFFICES, REVIEWERS], paths=paths) if one.pk != body.pk]
    higher = [one for one in offices if one.kind.code in OFFICES and one.place.path != body.place.path]
    reviewers = [one for one in offices if one.kind.code == REVIEWERS]
    nearest = max(higher or reviewers, key=lambda one: (len(one.place.path), -one.pk), default=None)
    return nearest or body.parent or body


def parents_of(body: Body) -> QuerySet[Body]:
    """Return the living bodies under which a body may stand, at its place or above it: those its kind names."""
    paths = [body.place.path, *ancestors_of(body.place.path)]
    standing = Body.objects.current().filter(kind__code__in=body.kind.parents, place__path__in=paths)
    return standing.exclude(pk=body.pk).select_related("kind", "place").order_by("-place__path", "kind__position", "pk")


def persons_for(post: Post, text: str, actor: Actor) -> PersonQuerySet:
    """Return the persons with exactly this name or phone who may take a post: of the actor's area or staff; by phone from everywhere.

    Encrypted names cannot be searched in part, so nobody can leaf through the register here; pages show them masked.
    """
    if not text:
        return Person.objects.none()
    near = _near(post, actor) & Q(personal__name_index=identity.name_index(text))
    return _living().filter(near | Q(personal__phone_index=identity.phone_index(text)))


def person_for(post: Post, key: int, actor: Actor) -> Person | None:
    """Return a person of the actor's area, or of the staff, who may take a post; None for anybody else."""
    return _living().filter(_near(post, actor), pk=key).first()


def _living() -> PersonQuerySet:
    living = Person.objects.filter(merged_into__isnull=True, died_on__isnull=True)
    return living.select_related("personal", "place").order_by("pk")


def _near(post: Post, actor: Actor) -> Q:
    """Return who belongs to the area whose bodies the actor keeps, or is nobody's resident."""
    area = actor.area(Power.MANAGE_BODIES)
    return Q(place__isnull=True) | Q(place__path__startswith=post.place_path if area is None else area)


def _nearest(codes: tuple[str, ...], place_path: str) -> Body | None:
    """Return the first living body by the order of kinds, of one kind the nearest to the place."""
    standing = _STANDING(codes=list(codes), paths=[place_path, *ancestors_of(place_path)])
    return min(standing, key=lambda body: (codes.index(body.kind.code), -len(body.place.path), body.pk), default=None)
