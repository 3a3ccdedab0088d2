"""Lists page by key, never by offset, and counts stop at a cap: a city's list costs the same on page 1 and page 1,000."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, TypeVar

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
CAP = 500
SIZE = 30


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
    backwards, values = read_token(token, keys)
    order = [flip(key) for key in keys] if backwards else list(keys)
    rows = things.order_by(*order)
    if values:
        try:
            rows = rows.filter(beyond(order, values))
        except (ValidationError, ValueError, TypeError) as error:
            raise SuspiciousOperation("page token") from error
    return page_from(list(rows[: size + 1]), keys, size, backwards=backwards, is_first=not values)


def page_from(taken: list[M], keys: tuple[str, ...], size: int, *, backwards: bool, is_first: bool) -> Page[M]:
    """Return the page of rows that were taken, one more than it shows where the list goes on."""
    more, items = len(taken) > size, taken[:size][:: -1 if backwards else 1]
    has_next, has_previous = (not is_first, more) if backwards else (more, not is_first)
    return Page(
        items,
        _token("n", items[-1], keys) if has_next and items else None,
        _token("p", items[0], keys) if has_previous and items else None,
    )


def flip(key: str) -> str:
    """Return the key that orders the other way round."""
    return key[1:] if key.startswith("-") else f"-{key}"


def beyond(order: list[str], values: Sequence[object]) -> Q:
    """Return the condition "comes after these values in this order", as an OR of prefixes."""
    after, same = Q(pk__in=[]), Q()
    for key, value in zip(order, values, strict=True):
        name, comparison = (key[1:], "lt") if key.startswith("-") else (key, "gt")
        after |= same & Q(**{f"{name}__{comparison}": value})
        same &= Q(**{name: value})
    return after


def _token(direction: str, thing: Model, keys: tuple[str, ...]) -> str:
    values = [attrgetter(key.removeprefix("-").replace("__", "."))(thing) for key in keys]
    text = json.dumps([direction, *values], cls=_Exact, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_token(token: str, keys: tuple[str, ...]) -> tuple[bool, list[str]]:
    """Return whether a token leads back, and its values, one for each key; none without a token. Raises SuspiciousOperation."""
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
