"""One body's sheet: posts and holders, what stands under it, what happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.kinds.models import Rule, stand_of
from linli.ground.organisations.models import Body, Holding, Post

EVENTS_SHOWN: Final = 40
DONE: Final[dict[str, Promise]] = {
    "organisations.body.set_up": _("set up"),
    "organisations.body.rename": _("renamed"),
    "organisations.body.move": _("put under another body"),
    "organisations.body.correct": _("record corrected"),
    "organisations.body.close": _("dissolved"),
    "organisations.post.add": _("post added"),
    "organisations.post.rename": _("post renamed"),
    "organisations.post.resize": _("number of seats changed"),
    "organisations.post.send": _("department that sends named"),
    "organisations.post.abolish": _("post abolished"),
    "organisations.holding.appoint": _("appointment recorded"),
    "organisations.holding.withdraw": _("appointment withdrawn"),
    "organisations.holding.end": _("end of term recorded"),
}


@dataclass(frozen=True)
class PostSheet:
    """A post with those who hold it today and those who take it later."""

    post: Post
    holders: Sequence[Holding]
    coming: Sequence[Holding]

    @property
    def free(self) -> int:
        """How many seats are free."""
        return self.post.seats - len(self.holders)


@dataclass(frozen=True)
class Past:
    """One thing that happened to a body or in one of its posts."""

    at: datetime
    what: str
    done: Promise | str
    who: str = ""


@dataclass(frozen=True)
class BodySheet:
    """A body with its posts, who holds them, what stands under it and what happened."""

    body: Body
    posts: Sequence[PostSheet]
    children: Sequence[Body]
    history: Sequence[Past]

    @property
    def has_range(self) -> bool:
        """Whether a rule gives the fewest or most members: then a seat may stay empty, and only too few members are a gap."""
        return not {Rule.SIZE_MIN.value, Rule.SIZE_MAX.value}.isdisjoint(self.body.kind.rules)

    @property
    def source(self) -> str:
        """The law or custom by which the body stands."""
        return self.body.kind.source_at(stand_of(self.body.place))


def sheet_of(body: Body, on: date) -> BodySheet:
    """Return a body's sheet; at most four queries however many people sit in it."""
    every = list(Post.objects.filter(body=body).select_related("sent_by"))
    posts = [post for post in every if post.abolished_on is None]
    every_holding = Holding.recorded.filter(post__body=body).select_related("post", "person__personal")
    holdings = list(every_holding.order_by("begins_on", "pk"))
    return BodySheet(
        body,
        [sheet_of_post(post, holdings, on) for post in posts],
        list(body.children.current().select_related("kind").order_by("kind__position", "pk")),
        _history(body, every, holdings),
    )


def sheet_of_post(post: Post, holdings: Iterable[Holding], on: date) -> PostSheet:
    """Return a post with those of some holdings who hold it on a day or take it later."""
    own = [one for one in holdings if one.post_id == post.pk and one.withdrawn_on is None]
    return PostSheet(post, [one for one in own if one.is_on(on)], [one for one in own if one.begins_on > on])


def _history(body: Body, posts: Sequence[Post], holdings: Sequence[Holding]) -> list[Past]:
    """Return what the log tells last of a body and its posts, the oldest first."""
    named = {ref(body): (body.name, "")} | {ref(post): (post.name, "") for post in posts}
    named |= {ref(holding): (holding.post.name, holding.person.masked_name) for holding in holdings}
    events = Event.objects.filter(subject__in=list(named)).order_by("-pk")[:EVENTS_SHOWN]
    past = [
        Past(event.at, named[event.subject][0], DONE.get(event.verb, event.verb), named[event.subject][1])
        for event in events
    ]
    return past[::-1]
