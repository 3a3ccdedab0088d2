"""Lists page by key, never by offset, and counts stop at a cap: a city's list costs the same on page 1 and page 1,000."""

import base64
import binascii
import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import CharField, DateTimeField, IntegerField, Model, Q, QuerySet

from linli.ground.database.prepared import Prepared

M = TypeVar("M", bound=Model)
Marks = tuple[tuple[str, str | int], ...]
CAP = 500
SIZE = 30
AFTER: Final = ((DateTimeField, datetime(1001, 1, 2, tzinfo=UTC)), (IntegerField, -1105), (CharField, "~after"))
"""What stands for the values of a token while a page is worded."""


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of a list with the tokens of its neighbours; None where the list ends."""

    items: list[M]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Count:
    """A count that people read: exact up to the cap, `500+` beyond it."""

    number: int
    capped: bool

    def __str__(self) -> str:
        return f"{self.number}+" if self.capped else str(self.number)


def capped_count(things: QuerySet[M], cap: int = CAP) -> Count:
    """Count at most `cap` rows, however many there are."""
    number = things.order_by()[: cap + 1].count()
    return Count(min(number, cap), number > cap)


def page_of(things: QuerySet[M], *, keys: tuple[str, ...], token: str = "", size: int = SIZE) -> Page[M]:
    """Return the page that a token names, ordered by `keys` (fields that are never null; `-` descends; the last is unique).

    Raises SuspiciousOperation (400) for a token that this list did not give out.
    """
    backwards, values = _read(token, keys)
    order = [_flip(key) for key in keys] if backwards else list(keys)
    rows = things.order_by(*order)
    if values:
        try:
            rows = rows.filter(_beyond(order, values))
        except (ValidationError, ValueError, TypeError) as error:
            raise SuspiciousOperation("page token") from error
    return _page(list(rows[: size + 1]), keys, size, backwards=backwards, is_first=not values)


def worded_page(
    build: Callable[..., QuerySet[M]],
    who: tuple[Hashable, Marks, Mapping[str, str | int]],
    *,
    keys: tuple[str, ...],
    token: str = "",
    size: int = SIZE,
    **chosen: str,
) -> Page[M]:
    """Return the page of `build(actor, **chosen)` that `page_of` would; worded once for each kind of actor, of choice, direction and size.

    `who` is the kind of actor, its marks, and what stands there now (`authority.actors.marked`); what is `chosen` are values that the
    query compares with. For lists that are asked for all day.
    """
    backwards, texts = _read(token, keys)
    kind, marks, values = who
    wording = _wording(build, kind, marks, tuple(sorted(chosen)), keys, backwards, bool(texts), size)
    try:
        after = {name: wording.read[name](text) for name, text in zip(wording.read, texts, strict=False)}
    except (ValidationError, ValueError, TypeError) as error:
        raise SuspiciousOperation("page token") from error
    taken = wording.rows(**values, **chosen, **after)
    return _page(taken, keys, size, backwards=backwards, is_first=not texts)


@dataclass(frozen=True)
class _Wording(Generic[M]):
    """A worded page: its rows, and how the values of a token are read."""

    rows: Prepared[M]
    read: dict[str, Callable[[Any], Any]]


@cache
def _wording(
    build: Callable[..., QuerySet[M]],
    kind: Hashable,
    marks: Marks,
    chosen: tuple[str, ...],
    keys: tuple[str, ...],
    backwards: bool,  # noqa: FBT001 (kept by its arguments)
    is_later: bool,  # noqa: FBT001
    size: int,
) -> _Wording[M]:
    samples: dict[str, Any] = dict(marks) | {name: f"~{name}" for name in chosen}
    order, read = [_flip(key) for key in keys] if backwards else list(keys), {}
    rows = build(kind, **{name: samples[name] for name in chosen}).order_by(*order)
    if is_later:
        meta = rows.model._meta
        for number, key in enumerate(keys):
            name = key.removeprefix("-")
            field = meta.pk if name == "pk" else meta.get_field(name)
            samples[f"after{number}"] = next(mark for kind, mark in AFTER if isinstance(field, kind))
            read[f"after{number}"] = field.to_python
        rows = rows.filter(_beyond(order, [samples[name] for name in read]))
    return _Wording(Prepared(lambda **_marks: rows[: size + 1], may_miss=dict(marks), **samples), read)


def _page(taken: list[M], keys: tuple[str, ...], size: int, *, backwards: bool, is_first: bool) -> Page[M]:
    more, items = len(taken) > size, taken[:size]
    if backwards:
        items.reverse()
    has_next, has_previous = (not is_first, more) if backwards else (more, not is_first)
    return Page(
        items,
        _token("n", items[-1], keys) if has_next and items else None,
        _token("p", items[0], keys) if has_previous and items else None,
    )


def _flip(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _beyond(order: list[str], values: Sequence[object]) -> Q:
    """Return the condition "comes after these values in this order", as an OR of prefixes."""
    after, same = Q(pk__in=[]), Q()
    for key, value in zip(order, values, strict=True):
        name, comparison = (key[1:], "lt") if key.startswith("-") else (key, "gt")
        after |= same & Q(**{f"{name}__{comparison}": value})
        same &= Q(**{name: value})
    return after


def _value(thing: Model, key: str) -> object:
    value: object = thing
    for part in key.removeprefix("-").split("__"):
        value = getattr(value, part)
    return value


def _token(direction: str, thing: Model, keys: tuple[str, ...]) -> str:
    values = [_value(thing, key) for key in keys]
    text = json.dumps([direction, *values], cls=_Exact, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(token: str, keys: tuple[str, ...]) -> tuple[bool, list[str]]:
    if not token:
        return False, []
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
        direction, *values = json.loads(text)
    except (ValueError, binascii.Error, TypeError) as error:
        raise SuspiciousOperation("page token") from error
    plain = all(isinstance(value, str | int) for value in values)
    if direction not in {"n", "p"} or len(values) != len(keys) or not plain:
        raise SuspiciousOperation("page token")
    return direction == "p", values


class _Exact(DjangoJSONEncoder):
    """Django's encoder cuts microseconds, which would repeat or skip rows."""

    def default(self, o: object) -> object:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)
