"""Lists that are asked for all day: worded once for each kind of actor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, TypeVar

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db.models import CharField, DateTimeField, IntegerField, Model, Q, QuerySet

from linli.ground.core.paging import SIZE, Page, beyond, flip, page_from, read_token
from linli.ground.database.prepared import Prepared

from .actors import Actor, Marks, Person, System, marked

M = TypeVar("M", bound=Model)
AFTER: Final = ((DateTimeField, datetime(1001, 1, 2, tzinfo=UTC)), (IntegerField, -1105), (CharField, "~after"))
"""What stands for the values of a token while a page is worded."""
First = Callable[[Any], Any]
"""Leaves of any list the rows that come first on the page, in its order."""


def worded_page(
    build: Callable[..., QuerySet[M]],
    actor: Actor,
    *,
    keys: tuple[str, ...],
    token: str = "",
    size: int = SIZE,
    **chosen: str | list[str],
) -> Page[M]:
    """Return the page of `build(actor, first, **chosen)` that `page_of` would; worded once for each kind of actor, choice, direction, size.

    What is `chosen` are values that the query compares with. `first` is for a list that is put together from parts: no row is on the page
    that is not among the `first` of its part. Raises SuspiciousOperation for a token that this list did not give out.
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
    kinds = asked.build(asked.kind, lambda rows: rows, **{name: samples[name] for name in asked.chosen}).model
    read = {}
    for number, key in enumerate(asked.keys if asked.is_later else ()):
        name = key.removeprefix("-")
        field: Any = kinds._meta.pk if name == "pk" else kinds._meta.get_field(name)
        samples[f"after{number}"] = next(mark for of, mark in AFTER if isinstance(field, of))
        read[f"after{number}"] = field.to_python
    after = beyond(order, [samples[name] for name in read]) if read else Q()

    def first(rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(after).order_by(*order)[: asked.size + 1]

    def page(**_marks: Any) -> QuerySet[Any]:
        return first(asked.build(asked.kind, first, **{name: samples[name] for name in asked.chosen}))

    return _Wording(Prepared(page, may_miss=dict(asked.marks), **samples), read)
