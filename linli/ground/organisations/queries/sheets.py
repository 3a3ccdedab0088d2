"""One body's sheet: posts and holders, what stands under it, what happened; and which kinds may be set up at a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body, BodyKind, Holding, Post, stand_of

EVENTS_SHOWN: Final = 40
DONE: Final[dict[str, Promise]] = {
    "organisations.body.set_up": _("set up"),
    "organisations.body.rename": _("renamed"),
    "organisations.body.move": _("put under another body"),
    "organisations.body.close": _("dissolved"),
    "organisations.holding.appoint": _("took up the post"),
    "organisations.holding.end": _("end of term recorded"),
}


@dataclass(frozen=True)
class PostSheet:
    """A post with those who hold it today."""

    post: Post
    holders: Sequence[Holding]

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
    def source(self) -> str:
        """The law or custom by which the body stands."""
        return self.body.kind.source_at(stand_of(self.body.place))


def sheet_of(body: Body, on: date) -> BodySheet:
    """Return a body's sheet; at most four queries however many people sit in it."""
    posts = list(Post.objects.filter(body=body).select_related("sent_by"))
    holdings = list(
        Holding.objects.filter(post__body=body).select_related("post", "person__personal").order_by("begins_on", "pk")
    )
    return BodySheet(
        body,
        [PostSheet(post, [one for one in holdings if one.post_id == post.pk and one.is_on(on)]) for post in posts],
        list(body.children.current().select_related("kind").order_by("kind__position", "pk")),
        _history(body, holdings),
    )


def _history(body: Body, holdings: Sequence[Holding]) -> list[Past]:
    """Return what the log tells last of a body and its posts, the oldest first."""
    people = {ref(holding): holding for holding in holdings}
    of_body, of_posts = Q(subject=ref(body)), Q(subject__in=list(people))
    past = []
    for event in Event.objects.filter(of_body | of_posts).order_by("-pk")[:EVENTS_SHOWN]:
        holding = people.get(event.subject)
        done = DONE.get(event.verb, event.verb)
        past.append(
            Past(event.at, holding.post.name, done, holding.person.masked_name)
            if holding
            else Past(event.at, body.name, done)
        )
    return past[::-1]


def kind_at(code: str, stand: str) -> BodyKind | None:
    """Return the kind that can be set up at a kind of place, None where it has no business there."""
    kind = BodyKind.objects.filter(code=code).first()
    return kind if kind and kind.need_at(stand) else None
