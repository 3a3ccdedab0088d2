"""The clock and the to-dos of a matter, as its page, every step of it and lists ask."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Model, QuerySet, TextField, Value

from linli.commons.deadlines.models import Clock, Todo
from linli.commons.deadlines.models.todo import OVERDUE
from linli.ground.core import clock as city_clock
from linli.ground.core.registry import ref
from linli.ground.database.prepared import Prepared, PreparedRows

_CLOCK: Final = Prepared(lambda about: Clock.objects.filter(about=about).order_by("-pk")[:1], about="a matter")
_OWED: Final = Prepared(
    lambda about, body, verb: Todo.objects.open().filter(about=about, body=body, verb=verb).order_by("pk")[:1],
    about="a matter",
    body=-1001,
    verb="a verb",
)


def _times(about: list[str]) -> QuerySet[Any, Any]:
    """Return the clocks of matters and what is waited for on them, as rows of one kind."""
    clocks = Clock.objects.filter(about__among=about).order_by()
    todos = Todo.objects.open().filter(about__among=about).exclude(verb__endswith=OVERDUE).order_by()
    none = Value("", output_field=TextField()), Value(value=False)
    return clocks.values_list("pk", none[0], "about", "due_at", none[1]).union(
        todos.values_list("pk", "verb", "about", "due_at", "is_waiting"), all=True
    )


_TIMES: Final = PreparedRows(_times, about=["a matter"])


@dataclass(frozen=True)
class Standing:
    """Until when a matter's last clock runs, and which acts on the matter are overdue, whoever owes them."""

    due_at: datetime
    overdue: list[str] = field(default_factory=list)


def standings(matters: Sequence[Model]) -> dict[int, Standing]:
    """Return how each of the matters of one kind stands, by key; one query for any number. Each has a clock."""
    keys, now = {ref(one): one.pk for one in matters}, city_clock.now()
    found: dict[int, Standing] = {}
    rows = _TIMES(about=list(keys)) if keys else []
    for _pk, verb, about, due_at, stands in sorted(rows, key=lambda row: (bool(row[1]), row[0])):
        if not verb:
            found[keys[about]] = Standing(due_at)
        elif not stands and due_at < now:
            found[keys[about]].overdue.append(verb)
    return found


def clock_about(matter: Model) -> Clock:
    """Return the clock that was started last for a matter; raises Clock.DoesNotExist."""
    found = _CLOCK.first(about=ref(matter))
    if found is None:
        raise Clock.DoesNotExist
    return found


def owed_by(body: int, verb: str, *, about: Model | str) -> Todo | None:
    """Return the open to-do of a body for one act on a matter, None where it owes none."""
    return _OWED.first(about=about if isinstance(about, str) else ref(about), body=body, verb=verb)
