"""What stands still is read once by each process, and again once anybody has changed any of it.

A trigger notes each transaction that changes a table of that kind (`models.STANDS_STILL`). A request asks once what has been noted, and
gets from memory what was read while exactly that had been noted. What somebody else changes meanwhile is seen from the next request on,
what the request itself changes at once. Outside of requests everything is read as ever.

The first that a request reads, by whom it is made, brings along what has been noted (`with_notes`, `take_note`); else it is asked for.
"""

import re
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeVar

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.models import BigIntegerField, Model, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse

from .statements import Rows, Statement

MOST: Final = 5000
"""Answers that a process keeps; with more it begins anew."""
_NAMED: Final = re.compile(r'(?:FROM|JOIN) "(\w+)"')
_NOTES: Final = (
    "SELECT ARRAY[count(*), coalesce(sum(transaction), 0)::bigint, coalesce(max(transaction), 0), "
    "count(*) FILTER (WHERE transaction = pg_current_xact_id_if_assigned()::text::bigint)] FROM database_change"
)
"""How many transactions have been noted, which ones, and whether this very one is among them."""
_NOTED: Final = Statement(_NOTES)
_FORGET: Final = "DELETE FROM database_change WHERE transaction <> pg_current_xact_id()::text::bigint"
M = TypeVar("M", bound=Model)
Answers = dict[tuple[Statement, str], Rows]


@dataclass
class _Memory:
    """The rows that were read while what had been noted was this."""

    noted: tuple[Any, ...] = ()
    answers: Answers = field(default_factory=dict)


@dataclass
class _Request:
    """What one request knows: the answers it may use, None before it has asked; and whether it changes what stands still itself."""

    answers: Answers | None = None
    changes: bool = False


_memory = _Memory()
_request: ContextVar[_Request | None] = ContextVar("request", default=None)


class StandingMiddleware:
    """Let a request be answered from memory where what it asks stands still."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next door."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, looking out for what the request changes itself."""
        token = _request.set(_Request())
        try:
            with connection.execute_wrapper(_look_out):
                return self.get_response(request)
        finally:
            _request.reset(token)


def rows_of(statement: Statement, params: Sequence[Any]) -> Rows:
    """Run a statement, or give the rows from memory."""
    request = _request.get()
    if request is None or not _is_about_what_stands(statement.sql) or (answers := _answers(request)) is None:
        return statement.run(params)
    key = statement, repr(params)
    if key not in answers:
        answers[key] = statement.run(params)
    return answers[key]


def with_notes(rows: QuerySet[M]) -> QuerySet[Any, M]:
    """Ask for rows together with what has been noted, to be taken from any of them (`take_note`)."""
    noted = RawSQL(f"({_NOTES})", (), output_field=ArrayField(BigIntegerField()))  # noqa: S611 (nobody's words)
    return rows.annotate(noted=noted)


def take_note(thing: Any) -> None:
    """Take what had been noted when a thing was read by `with_notes`; where the request knows already, nothing."""
    request = _request.get()
    if request is not None and request.answers is None and not request.changes:
        _learn(request, thing.noted)


@transaction.atomic
def begin_anew() -> None:
    """Let the notes be few again: this transaction's own takes the place of all before it, so that no two states are noted alike."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO database_change (transaction) VALUES (pg_current_xact_id()::text::bigint)")
        cursor.execute(_FORGET)


def _answers(request: _Request) -> Answers | None:
    """Return the answers that hold as things stand; None for a request, or a transaction, that changes them."""
    if request.answers is None and not request.changes:
        _learn(request, _NOTED.run([])[0][0])
    return None if request.changes else request.answers


def _learn(request: _Request, noted: Sequence[int]) -> None:
    """Give a request the answers of what has been noted; with anything else the process begins anew."""
    global _memory  # noqa: PLW0603 - replaced whole, so that threads need no lock
    *which, own = noted
    request.changes = bool(own)
    if request.changes:
        return
    stands = connection.settings_dict["NAME"], *which
    if _memory.noted != stands or len(_memory.answers) > MOST:
        _memory = _Memory(stands)
    request.answers = _memory.answers


def _look_out(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's own
    """Notice a statement that changes what stands still."""
    text = str(sql)
    if not text.startswith(("SELECT", "(SELECT")) and any(table in text for table in _standing()):
        request = _request.get()
        assert request is not None
        request.changes = True
    return execute(sql, params, many, context)


@cache
def _standing() -> frozenset[str]:
    """Return the tables that stand still."""
    from .models import STANDS_STILL  # there are no models yet when the first statements are worded

    return frozenset(
        one._meta.db_table for one in apps.get_models() if STANDS_STILL in getattr(one._meta, "triggers", [])
    )


@cache
def _is_about_what_stands(sql: str) -> bool:
    named = {*_NAMED.findall(sql)}
    return bool(named) and named <= _standing() and "FOR UPDATE" not in sql
