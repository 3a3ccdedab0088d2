"""Lists that are asked for all day: worded once for each kind of actor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, TypeVar

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db.models import CharField, DateTimeField, IntegerField, Model, QuerySet

from linli.ground.core.paging import SIZE, Page, beyond, flip, page_from, read_token
from linli.ground.database.prepared import Prepared

from .actors import Actor, Marks, Person, System, marked

M = TypeVar("M", bound=Model)
AFTER: Final = ((DateTimeField, datetime(1001, 1, 2, tzinfo=UTC)), (IntegerField, -1105), (CharField, "~after"))
"""What stands for the values of a token while a page is worded."""


def worded_page(
    build: Callable[..., QuerySet[M]],
    actor: Actor,
    *,
    keys: tuple[str, ...],
    token: str = "",
    size: int = SIZE,
    **chosen: str,
) -> Page[M]:
    """Return the page of `build(actor, **chosen)` that `page_of` would; worded once for each kind of actor, of choice, direction and size.

    What is `chosen` are values that the query compares with. Raises SuspiciousOperation for a token that this list did not give out.
    """
    backwards, texts = read_token(token, keys)
    kind, marks, values = marked(actor)
    wording = _wording(_Asked(build, kind, marks, tuple(sorted(chosen)), keys, backwards, bool(texts), size))
    try:
        after = {name: wording.read[name](text) for name, text in zip(wording.read, texts, strict=False)}
    except (ValidationError, ValueError, TypeError) as error:
        raise SuspiciousOperation("page token") from error
    taken = wording.rows(**values, **chosen, **after)
    return page_from(taken, keys, size, backwards=backwards, is_first=not texts)


@dataclass(frozen=True)
class _Asked:
    """What makes a wording another one."""

    build: Callable[..., QuerySet[Any]]
    kind: Person | System
    marks: Marks
    chosen: tuple[str, ...]
    keys: tuple[str, ...]
    backwards: bool
    is_later: bool
    size: int


@dataclass(frozen=True)
class _Wording:
    """A worded page: its rows, and how the values of a token are read."""

    rows: Prepared[Any]
    read: dict[str, Callable[[Any], Any]]


@cache
def _wording(asked: _Asked) -> _Wording:
    samples: dict[str, Any] = dict(asked.marks) | {name: f"~{name}" for name in asked.chosen}
    order = [flip(key) for key in asked.keys] if asked.backwards else list(asked.keys)
    rows = asked.build(asked.kind, **{name: samples[name] for name in asked.chosen}).order_by(*order)
    read = {}
    for number, key in enumerate(asked.keys if asked.is_later else ()):
        name = key.removeprefix("-")
        field: Any = rows.model._meta.pk if name == "pk" else rows.model._meta.get_field(name)
        samples[f"after{number}"] = next(mark for of, mark in AFTER if isinstance(field, of))
        read[f"after{number}"] = field.to_python
    if read:
        rows = rows.filter(beyond(order, [samples[name] for name in read]))
    return _Wording(Prepared(lambda **_marks: rows[: asked.size + 1], may_miss=dict(asked.marks), **samples), read)
