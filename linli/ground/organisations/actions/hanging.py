"""Where bodies hang: under which other one, and which department sends the holders of their stationed posts."""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record_all
from linli.ground.kinds.models import BodyKind
from linli.ground.organisations.models import Body, Post
from linli.ground.places.divisions import ancestors_of

BATCH = 5000


def move(*, body: Body, parent: Body | None, by: Actor) -> None:
    """Put a body under another one that may stand above it, or under none. Raises ValidationError where that one stands no more."""
    with transaction.atomic():
        if parent is not None:
            parent.lock()
            if parent.ended_on is not None:
                raise ValidationError(_("The body above has been dissolved; choose another one."), code="ended")
        body.move(parent=parent, by=by)


def hang(bodies: Sequence[Body]) -> list[Body]:
    """Put each body under the preferred one of its possible parents that stands at its place or nearest above; return those."""
    codes = {code for body in bodies for code in body.kind.parents}
    found = _standing(bodies, "kind__code", kind__code__in=codes, slot="")
    for body in bodies:
        body.parent_id = _nearest(found, body.kind.parents, body)
    hung = [body for body in bodies if body.parent_id]
    Body.objects.bulk_update(hung, ["parent", "version"], batch_size=BATCH)
    return hung


def adopt(bodies: Sequence[Body], kinds: Iterable[BodyKind], *, by: Actor) -> None:
    """Take bodies that have nothing above them under those just set up; departments take the stationed posts that wait for them."""
    within = _around({body.place.path for body in bodies})
    codes, slots = {body.kind.code for body in bodies}, {body.slot for body in bodies if body.slot}
    below = [kind for kind in kinds if codes & set(kind.parents)]
    orphans = Body.objects.current().under(within).filter(parent=None, kind__in=below)
    alone = list(orphans.select_for_update(of=("self",)).select_related("kind", "place").order_by("pk"))
    for one in alone:
        one.version += 1
    moved = ((one, one.place.path, {"parent": [None, one.parent_id]}) for one in hang(alone))
    record_all("organisations.body.move", moved, by=by)
    _send(within, slots, kinds, by=by)


def _send(within: str, slots: set[str], kinds: Iterable[BodyKind], *, by: Actor) -> None:
    """Say which of the departments just set up sends the holders of the stationed posts that wait for one."""
    waiting = {
        (kind.pk, post.code): post.sent_by for kind in kinds for post in kind.default_posts() if post.sent_by in slots
    }
    if not waiting:
        return
    posts = Post.objects.current().filter(sent_by=None, code__in={code for _kind, code in waiting}, body__ended_on=None)
    posts = posts.filter(body__place__path__startswith=within).select_related("body__place").order_by("pk")
    asked = [post for post in posts.select_for_update(of=("self",)) if (post.body.kind_id, post.code) in waiting]
    found = _senders([post.body for post in asked], set(waiting.values()))
    for post in asked:
        post.sent_by_id = _nearest(found, [waiting[post.body.kind_id, post.code]], post.body)
        post.version += 1
    sent = [post for post in asked if post.sent_by_id]
    Post.objects.bulk_update(sent, ["sent_by", "version"], batch_size=BATCH)
    facts = ((post, post.body.place.path, {"sent_by": [None, post.sent_by_id]}) for post in sent)
    record_all("organisations.post.send", facts, by=by)


def posts_of(bodies: Sequence[Body]) -> list[Post]:
    """Return the default posts of bodies; a stationed post names the department that sends its holders."""
    found = _senders(bodies, {post.sent_by for body in bodies for post in body.kind.default_posts() if post.sent_by})
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


def _senders(bodies: Sequence[Body], slots: set[str]) -> dict[tuple[str, str], int]:
    """Return the departments with these codes that stand at or above bodies; no query where nothing is sent."""
    return _standing(bodies, "slot", kind__code="department", slot__in=slots) if slots and bodies else {}


def _around(paths: set[str]) -> str:
    """Return the path within which all of these lie."""
    ends = zip(min(paths, default=""), max(paths, default=""), strict=False)
    return "".join(first for first, _last in takewhile(lambda pair: pair[0] == pair[1], ends))


def _standing(bodies: Sequence[Body], by: str, **which: object) -> dict[tuple[str, str], int]:
    """Return the keys of living bodies at or above the places of these, by a field and the path."""
    paths = {path for body in bodies for path in _upwards(body)}
    living = Body.objects.current().filter(place__path__in=paths, **which)
    return {(name, path): key for name, path, key in living.values_list(by, "place__path", "pk")}


def _nearest(found: dict[tuple[str, str], int], names: list[str], body: Body) -> int | None:
    return next((found[name, path] for name in names for path in _upwards(body) if (name, path) in found), None)


def _upwards(body: Body) -> list[str]:
    """Return the path of its place and of all places above, the nearest first."""
    return [body.place.path, *reversed(ancestors_of(body.place.path))]
