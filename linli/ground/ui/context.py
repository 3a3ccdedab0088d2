"""What the shells need on every page, found only when a template asks for it."""

from functools import cached_property

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from linli.ground.authority.actors import VISITOR, Actor, PostHeld, actor_of

from .navigation import Area, Group, Line, Tallies, groups, lines, tallies
from .page_facts import PageFacts, facts

LARGE_COOKIE = "large"


class Shell:
    """The frame of one page. Each property is worked out at most once, and not at all on pages that do not show it."""

    def __init__(self, request: HttpRequest, stay: str = "") -> None:
        """Keep the request, and where print size and language lead back to if not to this page; ask nothing yet."""
        self.request = request
        self.stay = stay or request.get_full_path()

    @cached_property
    def large(self) -> bool:
        """Whether this browser reads in large print (长者模式)."""
        return self.request.COOKIES.get(LARGE_COOKIE) == "1"

    @cached_property
    def facts(self) -> PageFacts:
        """The city's name, and whether this is an invented city."""
        return facts()

    @cached_property
    def actor(self) -> Actor:
        """Whoever asks; a visitor where a request was refused before anybody looked who it is."""
        return actor_of(self.request) if hasattr(self.request, "actor") else VISITOR

    @property
    def reader(self) -> str:
        """A mark by which the script knows the same reader again, and nothing else about them; empty for a stranger."""
        who = self.actor.ref or self.actor.contact
        return salted_hmac("linli.ui.reader", who, algorithm="sha256").hexdigest()[:16] if who else ""

    @property
    def post(self) -> PostHeld | None:
        """The post in which they act."""
        return self.actor.post

    @cached_property
    def post_title(self) -> tuple[str, str]:
        """The body and the post of the actor, e.g. 滨河社区居民委员会 and 社区工作者."""
        body, _, post = (self.post.title if self.post else "").partition(" · ")
        return body, post

    @cached_property
    def nav(self) -> tuple[Line, ...]:
        """The masthead's navigation."""
        return self._lines(Area.PUBLIC)

    @cached_property
    def corner(self) -> tuple[Line, ...]:
        """What waits for whoever reads, in the corner of the public masthead."""
        return self._lines(Area.CORNER)

    @cached_property
    def side(self) -> tuple[Group, ...]:
        """The desk's navigation."""
        return groups(self.actor, self.request.path, self.tallies)

    @cached_property
    def tallies(self) -> Tallies:
        """What the badges count, all in one query."""
        return tallies(self.actor)

    @cached_property
    def account(self) -> tuple[Line, ...]:
        """Sign in, change the post, sign out."""
        return self._lines(Area.ACCOUNT)

    @cached_property
    def footer(self) -> tuple[Line, ...]:
        """Statements and help below every page."""
        return self._lines(Area.FOOTER)

    @cached_property
    def search(self) -> Line | None:
        """The address that the search box asks, with what may be typed; None while nothing can be searched."""
        return next(iter(self._lines(Area.SEARCH)), None)

    def _lines(self, area: Area) -> tuple[Line, ...]:
        return lines(area, self.actor, self.request.path, self.tallies)


def page(request: HttpRequest) -> dict[str, Shell]:
    """Put the shell into every template as `shell`."""
    return {"shell": Shell(request)}
