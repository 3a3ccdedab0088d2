"""Statements that the server keeps planned: worded once, planned once per connection, afterwards only run with other values.

The settings say so (`plan_cache_mode`): left to itself the server plans some of them each time, for longer than they run. So a statement
has to be worded in such a way that one plan serves whatever its values are.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import count
from typing import Any, Final

from django.db import connections
from django.db.utils import DEFAULT_DB_ALIAS
from psycopg import RawCursor
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format

PLACES: Final = re.compile("%(s|%)")
Rows = list[tuple[Any, ...]]


class _Kept(RawCursor[tuple[Any, ...]]):
    """A cursor that lets the server keep its statements; Django's own put the values into the text, which is planned each time.

    What comes back is binary, read by the driver's own C: as text each moment would be parsed by Python.
    """

    def execute(self, query: Any, params: Any = None, **_how: Any) -> "_Kept":
        return super().execute(query, params, prepare=True, binary=True)


class _JsonText(Loader):
    """JSON as its text, which Django's fields read themselves, also where it comes binary: behind the byte of its version."""

    format = Format.BINARY

    def load(self, data: Buffer) -> str:
        return bytes(data[1:]).decode()


def _kept(connection: Any) -> _Kept:
    """Return such a cursor; the first on a connection tells the driver how JSON is read."""
    if not hasattr(connection, "reads_json"):
        connection.adapters.register_loader("jsonb", _JsonText)
        connection.reads_json = True
    return _Kept(connection)


def plan_anew() -> None:
    """Let the server plan each statement of this transaction anew: one that fills empty tables would keep its plans for empty ones."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")


def plan_again() -> None:
    """Let the server forget its plans and keep new ones; whoever fills tables says so again as they grow."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("DISCARD PLANS")
        cursor.execute("SET LOCAL plan_cache_mode TO DEFAULT")


class Statement:
    """One statement, worded as Django words it (`%s` for each value)."""

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def run(self, params: Sequence[Any]) -> Rows:
        """Run it with these values and return its rows; Django wraps, counts and judges it like any other.

        Where somebody reads along (`queries_logged`) it goes Django's way, so that the values stand in the text.
        """
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.queries_logged:
            with connection.cursor() as cursor:
                cursor.execute(self.sql, params)
                return cursor.fetchall() if cursor.description else []
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        with connection._prepare_cursor(  # type: ignore[attr-defined]
            _kept(connection.connection)
        ) as cursor:
            cursor.execute(self._numbered, params)
            # `cursor.description` would describe each column first.
            return cursor.fetchall() if cursor.pgresult.nfields else []

    @cached_property
    def _numbered(self) -> str:
        """The text with numbered places ($1), as the server itself takes it."""
        number = count(1)
        return PLACES.sub(lambda found: "%" if found[1] == "%" else f"${next(number)}", self.sql)
