"""The posts of a body: add one, rename it, change its seats, abolish one. What law and rulebook fix, nobody changes here."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.codes import new_code
from linli.ground.organisations.actions.holdings import most_at_once
from linli.ground.organisations.models import Body, Post

from .queries import Bounds, bounds_of

SEATS_MOST = 500
"""More seats than any post has; a typing error is caught here."""


@transaction.atomic
def add(
    body: Body, *, name: str, role: RoleCode, seats: int, sent_by: Body | None = None, reason: str = "", by: Actor
) -> Post:
    """Add a post to a body that stands. Raises ValidationError where its kind allows no such role or the rulebook no more seats."""
    body.lock()
    _check_stands(body)
    if role not in body.kind.roles():
        raise ValidationError(_("A body of this kind gives no post such powers."), code="role")
    _check_name(body.posts.current(), name)
    _check_seats(bounds_of(body), seats)
    _check_change(bounds_of(body), seats, reason)
    last = body.posts.aggregate(last=Max("position"))["last"]
    post = Post.objects.create(
        body=body, code=new_code(), name=name, role=role, seats=seats, sent_by=sent_by, reason=reason,
        position=0 if last is None else last + 1,
    )  # fmt: skip
    data = {"role": role, "seats": seats, "sent_by": sent_by and sent_by.pk}
    record("organisations.post.add", post, by=by, place_path=body.place_path, data=data)
    return post


@transaction.atomic
def rename(post: Post, *, name: str, reason: str = "", by: Actor) -> None:
    """Give a post another name; who holds it holds it on. Raises ValidationError where another post of the body has this name."""
    _held(post)
    _check_name(post.body.posts.current().exclude(pk=post.pk), name)
    post.rename(name=name, reason=reason, by=by)


@transaction.atomic
def resize(post: Post, *, seats: int, reason: str = "", by: Actor) -> None:
    """Give a post more or fewer seats. Raises ValidationError where people sit there or the rulebook wants it otherwise."""
    bounds = _held(post)
    _check_seats(bounds, seats)
    held = most_at_once(list(post.holdings.since(clock.today())), clock.today())
    if seats < held:
        raise ValidationError(
            _("%(held)d people sit there or soon will; end a term first.") % {"held": held}, code="held"
        )
    _check_change(bounds, seats - post.seats, reason)
    post.resize(seats=seats, reason=reason, by=by)


@transaction.atomic
def abolish(post: Post, *, reason: str = "", by: Actor) -> None:
    """End a post in which nobody sits and nobody will. Raises ValidationError, also for who leads the body or answers for it."""
    bounds = _held(post)
    if post.is_kept:
        raise ValidationError(_("This post stays as long as its body; give it another name instead."), code="kept")
    if post.holdings.since(clock.today()).exists():
        text = _("Somebody holds this post or soon will; end the term or withdraw the appointment first.")
        raise ValidationError(text, code="held")
    if post.body.duty_id == post.pk:
        raise ValidationError(_("This post answers for the body; name another one under “Correct” first."), code="duty")
    _check_change(bounds, -post.seats, reason)
    post.abolish(on=clock.today(), reason=reason, by=by)


def _held(post: Post) -> Bounds:
    """Lock the body and the post, and return what the rulebook says of their seats."""
    post.body.lock()
    post.lock()
    _check_stands(post.body)
    if post.abolished_on is not None:
        raise ValidationError(_("This post has been abolished already."), code="abolished")
    return bounds_of(post.body)


def _check_stands(body: Body) -> None:
    if body.ended_on is not None:
        raise ValidationError(_("This body has been dissolved already."), code="ended")


def _check_name(others: QuerySet[Post], name: str) -> None:
    if others.filter(name=name).exists():
        raise ValidationError(_("This body has a post of this name already."), code="name")


def _check_seats(bounds: Bounds, seats: int) -> None:
    """Refuse what is no number of seats, whatever the kind."""
    most = bounds.most.number if bounds.most else SEATS_MOST
    if not 1 <= seats <= SEATS_MOST:
        raise ValidationError(_("Write a number of seats from 1 to %(most)d.") % {"most": most}, code="seats")


def _check_change(bounds: Bounds, more: int, reason: str) -> None:
    """Refuse a change that leads out of what the rulebook allows, or further out; where it says anything, a reason is needed."""
    after = bounds.seats + more
    if bounds.most and more > 0 and after > bounds.most.number:
        text = _("%(source)s: at most %(number)d members. With this change there would be %(after)d seats.")
        raise ValidationError(text % bounds.said(bounds.most, after), code="many")
    if bounds.least and more < 0 and after < bounds.least.number:
        text = _("%(source)s: at least %(number)d members. With this change there would be %(after)d seats.")
        raise ValidationError(text % bounds.said(bounds.least, after), code="few")
    if bounds.is_fixed and not reason:
        raise ValidationError(_("Write why: the number of members of this body is fixed by rule."), code="reason")
