"""The clock and the to-do of one matter, as its page and every step of it ask."""

from typing import Final

from django.db.models import Model

from linli.commons.deadlines.models import Clock, Todo
from linli.ground.core.registry import ref
from linli.ground.database.prepared import Prepared

_CLOCK: Final = Prepared(lambda about: Clock.objects.filter(about=about).order_by("-pk")[:1], about="a matter")
_OWED: Final = Prepared(
    lambda about, body, verb: Todo.objects.open().filter(about=about, body=body, verb=verb).order_by("pk")[:1],
    about="a matter",
    body=-1001,
    verb="a verb",
)


def clock_about(matter: Model) -> Clock:
    """Return the clock that was started last for a matter; raises Clock.DoesNotExist."""
    found = _CLOCK.first(about=ref(matter))
    if found is None:
        raise Clock.DoesNotExist
    return found


def owed_by(body: int, verb: str, *, about: Model | str) -> Todo | None:
    """Return the open to-do of a body for one act on a matter, None where it owes none."""
    return _OWED.first(about=about if isinstance(about, str) else ref(about), body=body, verb=verb)
