"""Somebody else is quicker: what happens between two statements of one act."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def just_before(words: str, act: Callable[[], object]) -> Iterator[None]:
    """Do something once, right before the first statement that holds these words."""
    waiting = [act]

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if words in sql and waiting:
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield
    assert waiting == [], f"no statement holds {words!r}"
