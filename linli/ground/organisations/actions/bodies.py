"""Set up bodies with their posts, one or a whole city's, and dissolve them."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record_all
from linli.ground.core.codes import new_code
from linli.ground.organisations.models import Body, BodyKind, Holding, How, Post, Why, stand_of
from linli.ground.places.divisions import ancestors_of
from linli.ground.places.models import Place

DEPARTMENTS = Path(__file__).parent.parent / "data" / "departments.toml"
BATCH = 5000
SEATING = ("person_id", "begins_on", "ends_on", "how")


@dataclass(frozen=True)
class Seating:
    """One person in one post of a body that is being set up; `person_id` is the key in the register."""

    post: str
    person_id: int
    begins_on: date
    ends_on: date | None
    how: How


@dataclass(frozen=True)
class BodyPlan:
    """A body to be set up: of which kind, where, since when; by default with the kind's name and posts."""

    kind: str
    place: Place
    founded_on: date
    name: str = ""
    short_name: str = ""
    slot: str = ""
    """A department's code; empty for everything else."""
    holders: Sequence[Seating] = field(default=())


def set_up(*, kind: BodyKind, place: Place, founded_on: date, name: str = "", short_name: str = "", by: Actor) -> Body:
    """Set up one body with the posts of its kind; raises ValidationError where the place has one or can have none."""
    if not kind.many and Body.objects.current().filter(kind=kind, place=place).exists():
        raise ValidationError(_("This place has such a body already."), code="twice")
    return set_up_bodies([BodyPlan(kind.code, place, founded_on, name, short_name)], by=by)[0]


def set_up_bodies(plans: Iterable[BodyPlan], *, by: Actor) -> list[Body]:
    """Set up many bodies with posts and holders at once: one Event a body, all or nothing. Parents are found in the tree.

    Raises ValidationError for a place where a kind has no business, IntegrityError where the database refuses a holder.
    """
    kinds = {kind.code: kind for kind in BodyKind.objects.all()}
    plans = list(plans)
    with transaction.atomic():
        bodies = Body.objects.bulk_create([_body(kinds[plan.kind], plan) for plan in plans], batch_size=BATCH)
        _hang(bodies)
        posts = Post.objects.bulk_create(_posts(bodies), batch_size=BATCH)
        by_code = {(post.body_id, post.code): post for post in posts}
        Holding.objects.bulk_create(
            (
                Holding(post=by_code[body.pk, one.post], **{name: getattr(one, name) for name in SEATING})
                for body, plan in zip(bodies, plans, strict=True)
                for one in plan.holders
            ),
            batch_size=BATCH,
        )
        facts = (
            (body, body.place.path, {"kind": plan.kind, "founded_on": plan.founded_on, "holders": len(plan.holders)})
            for body, plan in zip(bodies, plans, strict=True)
        )
        record_all("organisations.body.set_up", facts, by=by)
    return bodies


def set_up_departments(*, place: Place, founded_on: date, by: Actor) -> list[Body]:
    """Set up the city's departments and group bodies under their names of today; one merged into another has no body of its own."""
    rows = tomllib.loads(DEPARTMENTS.read_text(encoding="utf-8"))["department"]
    plans = [
        BodyPlan("department", place, founded_on, place.short_name + row["name"], row["name"], row["code"])
        for row in rows
        if "into" not in row
    ]
    return set_up_bodies(plans, by=by)


def dissolve(*, body: Body, on: date, by: Actor) -> None:
    """End a body: its holders' terms end the same day, what stood under it goes to the body above. Raises ValidationError."""
    with transaction.atomic():
        body.lock()
        if body.ended_on is not None:
            raise ValidationError(_("This body has been dissolved already."), code="ended")
        if on < body.founded_on:
            raise ValidationError(_("A body cannot be dissolved before it was founded."), code="order")
        holdings = Holding.objects.filter(post__body=body).select_related("post__body__place")
        if holdings.filter(begins_on__gt=on).exists():
            raise ValidationError(_("Somebody takes up a post of this body later; end that first."), code="holders")
        for holding in holdings.on(on).exclude(ends_on=on):
            holding.end(on=on, why=Why.DISSOLVED, by=by)
        for child in body.children.current().select_related("place"):
            child.move(parent=body.parent, by=by)
        body.close(on=on, by=by)


def _body(kind: BodyKind, plan: BodyPlan) -> Body:
    if kind.need_at(stand_of(plan.place)) is None:
        raise ValidationError(_("A body of this kind does not stand at such a place."), code="place")
    name, short_name = kind.names_at(plan.place)
    reference = new_code()
    return Body(
        reference=reference,
        kind=kind,
        place=plan.place,
        slot=plan.slot or (reference if kind.many else ""),
        name=plan.name or name,
        short_name=plan.short_name or plan.name or short_name,
        founded_on=plan.founded_on,
    )


def _hang(bodies: list[Body]) -> None:
    """Put each body under the preferred one of its possible parents that stands at its place or nearest above."""
    codes = {code for body in bodies for code in body.kind.parents}
    found = _standing(bodies, "kind__code", kind__code__in=codes, slot="")
    for body in bodies:
        body.parent_id = _nearest(found, body.kind.parents, body)
    Body.objects.bulk_update([body for body in bodies if body.parent_id], ["parent"], batch_size=BATCH)


def _posts(bodies: list[Body]) -> list[Post]:
    """Return the default posts of bodies; a stationed post names the department that sends its holders."""
    senders = {post.sent_by for body in bodies for post in body.kind.default_posts() if post.sent_by}
    found = _standing(bodies, "slot", kind__code="department", slot__in=senders) if senders else {}
    names = ("code", "name", "role", "seats", "head")
    return [
        Post(
            body=body,
            sent_by_id=_nearest(found, [default.sent_by], body),
            position=position,
            **{name: getattr(default, name) for name in names},
        )
        for body in bodies
        for position, default in enumerate(body.kind.default_posts())
    ]


def _standing(bodies: list[Body], by: str, **which: object) -> dict[tuple[str, str], int]:
    """Return the keys of living bodies at or above the places of these, by a field and the path."""
    paths = {path for body in bodies for path in _upwards(body)}
    living = Body.objects.current().filter(place__path__in=paths, **which)
    return {(name, path): key for name, path, key in living.values_list(by, "place__path", "pk")}


def _nearest(found: dict[tuple[str, str], int], names: list[str], body: Body) -> int | None:
    return next((found[name, path] for name in names for path in _upwards(body) if (name, path) in found), None)


def _upwards(body: Body) -> list[str]:
    """Return the path of its place and of all places above, the nearest first."""
    return [body.place.path, *reversed(ancestors_of(body.place.path))]
