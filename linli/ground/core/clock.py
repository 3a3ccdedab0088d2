"""What time it is in the city: one "now" for a whole request, and a clock that tests and the demo year can stop."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """Return the moment that counts for everything done in this request or job (aware, UTC)."""
    return _stopped.get() or timezone.now()


def today() -> date:
    """Return the calendar day in the city's own time zone."""
    return timezone.localdate(now())


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Stop the clock at an aware moment: used once per request, by tests and by the demo year."""
    token = _stopped.set(moment)
    try:
        yield
    finally:
        _stopped.reset(token)


class ClockMiddleware:
    """Give each request one moment, so that a deadline, its event and its page agree."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside a stopped moment; one that is stopped already stays."""
        with stopped_at(now()):
            return self.get_response(request)
