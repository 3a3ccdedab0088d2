"""Set up bodies with their posts, one or a whole city's, and dissolve them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record_all
from linli.ground.core.codes import new_code
from linli.ground.kinds.models import BodyKind, Group, stand_of
from linli.ground.organisations.models import Body, Holding, How, Post, Why
from linli.ground.organisations.queries.missing import missing_in
from linli.ground.places.models import Place

from .hanging import BATCH, adopt, hang, posts_of

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
    category: str = ""
    """What an association is for (Category)."""


def set_up(
    *,
    kind: BodyKind,
    place: Place,
    founded_on: date,
    name: str = "",
    short_name: str = "",
    slot: str = "",
    category: str = "",
    by: Actor,
) -> Body:
    """Set up one body with the posts of its kind; raises ValidationError where the place has one or can have none."""
    plan = BodyPlan(kind.code, place, founded_on, name, short_name, slot, category=category)
    return _once([plan], by)[0]


def set_up_bodies(plans: Iterable[BodyPlan], *, by: Actor) -> list[Body]:
    """Set up many bodies with posts and holders at once: one Event a body, all or nothing. Parents and orphans are found in the tree.

    Raises ValidationError for a place where a kind has no business, IntegrityError where the database refuses a holder.
    """
    kinds = {kind.code: kind for kind in BodyKind.objects.all()}
    plans = list(plans)
    with transaction.atomic():
        bodies = Body.objects.bulk_create([_body(kinds[plan.kind], plan) for plan in plans], batch_size=BATCH)
        hang(bodies)
        adopt(bodies, kinds.values(), by=by)
        posts = Post.objects.bulk_create(posts_of(bodies), batch_size=BATCH)
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


def set_up_missing(
    *, places: Iterable[Place], founded_on: date, only: Collection[str] | None = None, by: Actor
) -> list[Body]:
    """Set up at once what places lack and the actor may set up there: what is due, offices, a city's departments. One Event a body.

    `only` names those that are wanted by their keys; what stands already is passed over.
    Raises ValidationError where somebody else set one of them up in the same moment; then nothing is changed.
    """
    plans = [
        BodyPlan(one.kind.code, one.place, founded_on, one.name, one.short_name, one.slot)
        for one in missing_in(places, by)
        if only is None or one.key in only
    ]
    return _once(plans, by)


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
            raise ValidationError(
                _("Somebody takes up a post of this body later; withdraw that first."), code="holders"
            )
        for holding in holdings.on(on).exclude(ends_on=on):
            holding.end(on=on, why=Why.DISSOLVED, by=by)
        for child in body.children.current().select_related("place"):
            child.move(parent=body.parent, by=by)
        body.close(on=on, by=by)


def _body(kind: BodyKind, plan: BodyPlan) -> Body:
    if kind.need_at(stand_of(plan.place)) is None:
        raise ValidationError(_("A body of this kind does not stand at such a place."), code="place")
    if plan.category and kind.group != Group.ASSOCIATION:
        raise ValidationError(_("Only associations have a category."), code="category")
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
        category=plan.category,
    )


def _once(plans: list[BodyPlan], by: Actor) -> list[Body]:
    """Set bodies up; raises ValidationError where one of them stands already, be it since this moment."""
    try:
        with transaction.atomic():
            return set_up_bodies(plans, by=by)
    except IntegrityError as error:
        raise ValidationError(_("This place has such a body already."), code="twice") from error
