"""Queries that every request asks, compiled once: Django spends three times as long on wording such a query as on running it.

    _of_person = Prepared(lambda person, on: in_office(on).filter(person=person), person=-1001, on=date(1, 2, 3))
    _of_person(person=7, on=today())    # the same rows, the same objects

The samples are values that stand nowhere else in the query: where the compiled query holds them, each call puts its own.
"""

import copy
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
Value = str | int | date


class NotPrepared(Exception):
    """A sample does not stand in the compiled query as it was given: this query cannot be asked with other values."""


class Prepared(Generic[M]):
    """One query with places for values. Its shape may not depend on them: no None, no lists, no empty results."""

    def __init__(self, build: Callable[..., QuerySet[M]], **samples: Value) -> None:
        self.build, self.samples = build, samples

    def __call__(self, **values: Value) -> list[M]:
        """Return the rows for these values, one for each sample."""
        rows, compiler, sql, places = self._compiled
        own = copy.copy(compiler)
        own.connection = connection  # a compiler is of one thread, its wording is of all
        worded: tuple[str, tuple[Any, ...]] = sql, tuple(values[name] if name else given for name, given in places)
        own.as_sql = lambda *_asked, **_how: worded  # type: ignore[method-assign]
        asked = rows.all()
        asked.query.get_compiler = lambda *_where, **_how: own  # type: ignore[method-assign]
        return list(asked)

    @cached_property
    def _compiled(self) -> tuple[QuerySet[M], SQLCompiler, str, list[tuple[str, Any]]]:
        rows = self.build(**self.samples)
        compiler = rows.query.clone().get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        places = [(self._name_of(param), param) for param in params]
        if missing := self.samples.keys() - {name for name, _param in places}:
            raise NotPrepared(sorted(missing))
        return rows, compiler, sql, places

    def _name_of(self, param: object) -> str:
        """Return the sample that a value of the query is; empty for one that never changes."""
        return next((name for name, sample in self.samples.items() if param == sample), "")
