"""What pages say about the city and about posts. The apps that know it register a provider; ui itself knows no place and no body."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from linli.ground.authority.actors import Actor, PostHeld
from linli.ground.authority.roles import RoleCode


@dataclass(frozen=True)
class PageFacts:
    """The city's name, e.g. 乌海市, and whether all people, cases and sums shown are invented."""

    city: str
    demo: bool


@dataclass(frozen=True)
class PostFacts:
    """What a page says to somebody in the wrong post: those they hold, who fills the one needed (title, address), the ways on."""

    held: Sequence[PostHeld] = ()
    keepers: Sequence[tuple[str, str]] = ()
    choose_url: str = ""
    desk_url: str = ""


PostProvider = Callable[[Actor, Sequence[RoleCode]], PostFacts]
_post_providers: list[PostProvider] = []
_providers: list[Callable[[], PageFacts]] = []


def register(provider: Callable[[], PageFacts]) -> None:
    """Let a page ask this provider; called in `ready()`. Asked once per page, and only by pages that show the shell."""
    _providers[:] = [provider]


def facts() -> PageFacts:
    """Return what the provider knows; a city without a name where no app provides one."""
    return _providers[0]() if _providers else PageFacts(city="", demo=False)


def register_posts(provider: PostProvider) -> None:
    """Let the page that refuses somebody ask this provider; called in `ready()`."""
    _post_providers[:] = [provider]


def post_facts(actor: Actor, roles: Sequence[RoleCode]) -> PostFacts:
    """Return what the provider knows of somebody's posts and of who fills those of the roles; nothing where no app provides it."""
    return _post_providers[0](actor, roles) if _post_providers else PostFacts()
