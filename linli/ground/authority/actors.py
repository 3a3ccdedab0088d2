"""Whoever asks: a visitor, a resident, or a person in a post; the city itself for what the clock does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from .powers import Power
from .roles import ROLES, Reach, RoleCode


@dataclass(frozen=True)
class PostHeld:
    """One post that a person holds today: in which body, over which place, with which role."""

    ref: str
    role: RoleCode
    body: int
    place_path: str
    title: str
    """As people say it: 滨河社区居民委员会 · 社区工作者."""


class Actor(Protocol):
    """Whoever asks, with the post in which they act now. Everything that decides who may takes one."""

    @property
    def ref(self) -> str:
        """The account's reference (`people.account:7`), `system`, or empty for a visitor."""
        ...

    @property
    def post_ref(self) -> str:
        """The reference of the post in which they act, or empty."""
        ...

    @property
    def post(self) -> PostHeld | None:
        """The post in which they act now."""
        ...

    @property
    def person(self) -> int | None:
        """The key of the person in the register, where known."""
        ...

    @property
    def contact(self) -> str:
        """The blind index of the phone that this visitor has proven by a code, or empty."""
        ...

    @property
    def name(self) -> str:
        """The name to greet them by."""
        ...

    def holds(self, power: Power, place_path: str) -> bool:
        """Say whether the post they act in gives the power over this place."""
        ...

    def holds_in(self, power: Power, body: int | None) -> bool:
        """Say whether the post they act in gives the power in this body."""
        ...

    def area(self, power: Power) -> str | None:
        """Return the path of the place over which they have the power; None for none (an empty path is the whole country)."""
        ...


@dataclass(frozen=True)
class Person:
    """A visitor, a resident or a person in a post."""

    ref: str = ""
    name: str = ""
    person: int | None = None
    contact: str = ""
    post: PostHeld | None = None

    @property
    def post_ref(self) -> str:
        """The reference of the post in which they act."""
        return self.post.ref if self.post else ""

    def area(self, power: Power) -> str | None:
        """Return the place of the post, if its role has the power and reaches over the place."""
        if self.post is None:
            return None
        role = ROLES[self.post.role]
        return self.post.place_path if power in role.powers and role.reach is Reach.PLACE else None

    def holds(self, power: Power, place_path: str) -> bool:
        """Say whether the place lies within the post's area for this power."""
        area = self.area(power)
        return area is not None and place_path.startswith(area)

    def holds_in(self, power: Power, body: int | None) -> bool:
        """Say whether the post is in this body and its role has the power."""
        return self.post is not None and self.post.body == body and power in ROLES[self.post.role].powers


@dataclass(frozen=True)
class System:
    """The city itself: what the clock, an import or the set-up does, in nobody's post."""

    ref: str = "system"
    post_ref: str = ""
    name: str = ""
    person: int | None = None
    contact: str = ""
    post: PostHeld | None = None

    def area(self, power: Power) -> str | None:  # noqa: ARG002 (the protocol's word)
        """Reach everywhere."""
        return ""

    def holds(self, power: Power, place_path: str) -> bool:  # noqa: ARG002
        """Hold every power."""
        return True

    def holds_in(self, power: Power, body: int | None) -> bool:  # noqa: ARG002
        """Hold every power."""
        return True


VISITOR = Person()
SYSTEM = System()
KEY: Final = 9_000_000_000_000_000
"""Above any key that the database gives out."""
Marks = tuple[tuple[str, str | int], ...]
MARKS: Final[dict[str, str | int]] = {
    "account": KEY + 1,
    "person": KEY + 2,
    "body": KEY + 3,
    "contact": "~phone",
    "post": "~post",
}


def marked(actor: Actor) -> tuple[Person | System, Marks, dict[str, str | int]]:
    """Return an actor of the same kind with marks for all that differs from one to the next; the marks; what stands there with this one.

    A scope worded for the marked one is everybody's of the kind, as long as it looks at nothing but which of these an actor has, at the
    role and at the length of the place's path. The city itself has no marks.
    """
    if actor.ref == SYSTEM.ref:
        return SYSTEM, (), {}
    label, _, key = actor.ref.partition(":")
    own: dict[str, str | int | None] = {"person": actor.person, "contact": actor.contact}
    if key.isdigit():
        own |= {"account": int(key), "ref": actor.ref}
    post, seat = actor.post, None
    if post is not None:
        own |= {"post": post.ref, "body": post.body, "place": post.place_path}
    values = {name: value for name, value in own.items() if value is not None and value != ""}
    known = {**MARKS, "ref": f"{label}:{MARKS['account']}", "place": "~" * len(post.place_path if post else "")}
    marks: dict[str, Any] = {name: known[name] for name in values}
    if post is not None:
        seat = PostHeld(marks.get("post", ""), post.role, marks["body"], marks.get("place", ""), title="")
    ref = marks.get("ref", actor.ref)
    someone = Person(ref=ref, person=marks.get("person"), contact=marks.get("contact", ""), post=seat)
    return someone, tuple(marks.items()), values


class Request(HttpRequest):
    """A request whose actor is known, or will be found as soon as somebody asks; for types only."""

    actor: "Actor | Later"


@dataclass(frozen=True)
class Later:
    """An actor who has not been asked for yet."""

    find: Callable[[], Actor]


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks."""
    asked = cast("Request", request)
    if isinstance(asked.actor, Later):
        asked.actor = asked.actor.find()
    return asked.actor


class ActorMiddleware:
    """Put the actor on the request, found only when somebody asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next door and the resolver that the settings name."""
        self.get_response = get_response
        self.resolve: Callable[[HttpRequest], Actor] = import_string(settings.ACTOR_RESOLVER)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with an actor at hand."""
        cast("Request", request).actor = Later(lambda: self.resolve(request))
        return self.get_response(request)
