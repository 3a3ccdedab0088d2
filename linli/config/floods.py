"""Floods: the open doors (`/api/`, `/open311/`) take so many calls a minute from one token, or from one address that shows no good one.

Each worker process counts for itself, in its own memory: of N processes a city takes up to N times what is set. A minute is one of the
clock, so that at its turn twice as much may come within a moment; what two threads count in the same instant may count once. That keeps a
program that has run wild from the others without a statement to the database. Whoever means harm is for the proxy in front.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.faces.standards import georeport
from linli.ground.authority.tokens import actor_by, bearer_of, opener_of
from linli.ground.core import clock
from linli.ground.people.sessions import address_of

from . import api

SECONDS: Final = 60
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Door:
    """An open door: which token a call shows there, and how it is told that there are too many."""

    token_of: Callable[[HttpRequest], str]
    refuse: Callable[[HttpRequest, str], HttpResponse]


@dataclass
class Minute:
    """What came in one minute of the clock, by who calls and whether they read or bring. The next minute knows nothing of it."""

    number: int = 0
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)


DOORS: Final = {
    "/api/": Door(bearer_of, api.too_many),
    "/open311/": Door(georeport.key_of, georeport.too_many),
}
_minute = Minute()


class FloodMiddleware:
    """Refuse what is too much at an open door (429), and say in how many seconds the next call is taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next door."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count a call at an open door; every other page goes on at once."""
        door = next((door for beginning, door in DOORS.items() if request.path.startswith(beginning)), None)
        if door is None or not _is_flood(request, door.token_of(request)):
            return self.get_response(request)
        wait = SECONDS - int(clock.now().timestamp()) % SECONDS
        answer = door.refuse(request, _("Too many calls. Try again in %(count)s s.") % {"count": wait})
        answer["Retry-After"] = str(wait)
        return answer


def _is_flood(request: HttpRequest, token: str) -> bool:
    """Count a call by its token, or by its address where the token is none that ever opened a door here.

    One that this process has not met yet does not suffer for its neighbours: it is looked up once their address has had its share.
    """
    way = "read" if request.method in READING else "bring"
    if opener := token and opener_of(token):
        return _is_too_many("token", opener, way)
    if not _is_too_many("address", address_of(request), way):
        return False
    return not (token and actor_by(token)) or _is_too_many("token", opener_of(token), way)


def _is_too_many(kind: str, who: str, way: str) -> bool:
    global _minute  # noqa: PLW0603 - replaced whole, so that threads need no lock
    number = int(clock.now().timestamp()) // SECONDS
    if _minute.number != number:
        _minute = Minute(number)
    calls, most = _minute.calls, int(settings.CALLS[kind, way])
    calls[who, way] += 1
    return calls[who, way] > most
