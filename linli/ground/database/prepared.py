"""Queries that every request asks, worded once: Django spends three times as long on wording such a query as on running it.

    _of_person = Prepared(lambda person, on: in_office(on).filter(person=person), person=-1001, on=date(1, 2, 3))
    _of_person(person=7, on=today())    # the same rows, the same objects

The samples are values that stand nowhere else in the query: where the worded query holds them, each call puts its own. A list is one value
where it is compared by `among` (= ANY) instead of `in`. A value may be left out where `build` does without: each choice is worded once;
one that `may_miss` is given whether the query asks for it or not. What stands still during long work is read once, in `steady`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections, models
from django.db.models import Lookup, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from django.db.utils import DEFAULT_DB_ALIAS

from .standing import rows_of
from .statements import Rows, Statement

M = TypeVar("M", bound=Model)
T = TypeVar("T")
Value = str | int | date | Sequence[str] | Sequence[int] | Sequence[date]
Place = tuple[str, Any, Callable[[Any], Any] | None]
"""Which sample stands there, what the query holds otherwise, and how a value is put in: None for one that never changes."""
NOTHING = "SELECT WHERE FALSE"
Converter = tuple[int, list[Callable[..., Any]], Any]


_STEADY: ContextVar[tuple[frozenset[type[Model]], dict[Any, Rows]] | None] = ContextVar("steady", default=None)


@contextmanager
def steady(*kinds: type[Model]) -> Iterator[None]:
    """Read each row of these kinds once while nobody changes them; every call still makes objects of its own of it."""
    token = _STEADY.set((frozenset(kinds), {}))
    try:
        yield
    finally:
        _STEADY.reset(token)


class NotPrepared(Exception):
    """The query cannot be worded once: a sample does not stand in it as it was given, or it asks for more than rows of one kind."""


@models.ForeignKey.register_lookup
@models.Field.register_lookup
class Among(Lookup):
    """`path__among=[…]`: like `in`, but the list is one value, so that its length does not change the wording."""

    lookup_name = "among"

    def get_prep_lookup(self) -> Any:
        """Prepare each value as the field does; an array that the database works out stays as it is."""
        if hasattr(self.rhs, "resolve_expression"):
            return self.rhs
        return [self.lhs.output_field.get_prep_value(one) for one in self.rhs]

    def get_db_prep_lookup(self, value: Any, _connection: Any) -> tuple[str, Any]:
        """Hand the list over as one array."""
        return "%s", [value]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Compare by = ANY."""
        left, params = self.process_lhs(compiler, connection)
        right, values = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", [*params, *values]


@dataclass(frozen=True)
class _Wording(Generic[T]):
    """A worded query: its text, the places of its values, and what becomes of its rows."""

    model: type[Model]
    statement: Statement
    places: list[Place]
    read: Callable[[Rows], list[T]]


class _Prepared(ABC, Generic[T]):
    """One query with places for values. Its shape may not depend on them: no None, no `in`, no empty results, nothing prefetched."""

    kind: type[Any]

    def __init__(
        self, build: Callable[..., QuerySet[Any, T]], *, may_miss: Collection[str] = (), **samples: Value
    ) -> None:
        self.build, self.samples, self.may_miss = build, samples, may_miss
        self._worded: dict[frozenset[str], _Wording[T]] = {}

    def __call__(self, **values: Value) -> list[T]:
        """Return the rows for these values, one for each sample that this choice of the query has."""
        names = frozenset(values)
        worded = self._worded.get(names)
        if worded is None:
            worded = self._worded[names] = self._word(names)
        params = [given if put is None else put(values[name]) for name, given, put in worded.places]
        return worded.read(_rows(worded, params))

    def first(self, **values: Value) -> T | None:
        """Return the first of the rows, None where there is none."""
        return next(iter(self(**values)), None)

    def _word(self, names: frozenset[str]) -> _Wording[T]:
        samples = {name: self.samples[name] for name in names}
        rows: Any = self.build(**samples)
        if rows._iterable_class is not self.kind or rows._prefetch_related_lookups or rows._known_related_objects:
            raise NotPrepared(rows.model)
        compiler = rows.query.clone().get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:  # nobody of this kind sees anything, whatever is asked
            return _Wording(rows.model, Statement(NOTHING), [], lambda _rows: [])
        places = [_place(param, samples) for param in params]
        if missing := samples.keys() - {name for name, _param, _put in places} - set(self.may_miss):
            raise NotPrepared(sorted(missing))
        return _Wording(rows.model, Statement(sql), places, self._reader(compiler))

    @abstractmethod
    def _reader(self, compiler: SQLCompiler) -> Callable[[Rows], list[T]]:
        """Return what makes things of the rows."""


def _rows(worded: _Wording[Any], params: list[Any]) -> Rows:
    """Return the rows, from memory where their kind stands still and they were read before."""
    kinds, known = _STEADY.get() or ((), {})
    if worded.model not in kinds:
        return rows_of(worded.statement, params)
    key = worded.statement, repr(params)
    if key not in known:
        known[key] = rows_of(worded.statement, params)
    return known[key]


class Prepared(_Prepared[M]):
    """A query for objects of one model, with what it selects beside them."""

    kind = ModelIterable

    def _reader(self, compiler: SQLCompiler) -> Callable[[Rows], list[M]]:
        """Make objects as Django's ModelIterable does, with what follows from the wording alone found beforehand."""
        select, info = compiler.select, compiler.klass_info
        assert info is not None
        model, columns = info["model"], slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        names = [one[0].target.attname for one in select[columns]]
        related = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # stubs of Django 6
        make = _maker(model)
        extra = dict(compiler.annotation_col_map or {})
        converters = _converters(compiler)

        def read(rows: Rows) -> list[M]:
            found: list[M] = []
            seen: dict[tuple[int, Any], Any] = {}
            for row in _converted(rows, converters):
                one = make(names, row[columns])
                for populator in related:
                    _relate(one, populator, row, seen)
                for name, at in extra.items():
                    setattr(one, name, row[at])
                found.append(one)
            return found

        return read


class PreparedRows(_Prepared[Sequence[Any]]):
    """A query by `values_list` for rows of values."""

    kind = ValuesListIterable

    def _reader(self, compiler: SQLCompiler) -> Callable[[Rows], list[Sequence[Any]]]:
        converters = _converters(compiler)
        return lambda rows: list(_converted(rows, converters))


@cache
def _maker(model: type[M]) -> Callable[[Sequence[str], Sequence[Any]], M]:
    """Return what makes an object of a row: its values are put down at once, where the model has no way of its own of being made.

    Nobody is told: the house has no signals, and no package of it listens to these (`tests/database`).
    """
    if model.__init__ is not Model.__init__ or model.from_db.__func__ is not Model.from_db.__func__:  # type: ignore[attr-defined]
        return partial(model.from_db, DEFAULT_DB_ALIAS)

    def make(names: Sequence[str], values: Sequence[Any]) -> M:
        one = model.__new__(model)
        one._state = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        one.__dict__.update(zip(names, values, strict=True))
        return one

    return make


def _relate(thing: Any, populator: Any, row: Sequence[Any], seen: dict[tuple[int, Any], Any]) -> None:
    """Set what is selected beside a thing, as `RelatedPopulator` does; what stands beside many of them is made once and theirs together."""
    data = (
        populator.reorder_for_init(row)
        if populator.reorder_for_init
        else row[populator.cols_start : populator.cols_end]
    )
    key = id(populator), data[populator.pk_idx]
    if key not in seen:
        make = _maker(populator.model_cls)
        other = seen[key] = make(populator.init_list, data) if key[1] is not None else None
        if other is not None:
            for inner in populator.related_populators:
                _relate(other, inner, row, seen)
    populator.local_setter(thing, seen[key])
    if seen[key] is not None:
        populator.remote_setter(seen[key], thing)


def worded(sql: str, params: Sequence[Any], samples: dict[str, Value]) -> Callable[[dict[str, Value]], Rows]:
    """Return what runs a worded question of no model with other values; raises NotPrepared for a moment in it that is no sample."""
    statement, places = Statement(sql), [_place(param, samples) for param in params]
    if any(put is None and isinstance(given, date) for _name, given, put in places):
        raise NotPrepared(sql)
    return lambda values: statement.run([given if put is None else put(values[name]) for name, given, put in places])


def _converters(compiler: SQLCompiler) -> list[Converter]:
    """Return which columns of a row the fields themselves read, and how."""
    return [(at, *how) for at, how in compiler.get_converters([one[0] for one in compiler.select]).items()]


def _converted(rows: Rows, converters: list[Converter]) -> Sequence[Sequence[Any]]:
    if not converters:
        return rows
    own = connections[DEFAULT_DB_ALIAS]
    converted = [list(row) for row in rows]
    for row in converted:
        for at, converts, expression in converters:
            for convert in converts:
                row[at] = convert(row[at], expression, own)
    return converted


def _place(param: object, samples: dict[str, Value]) -> Place:
    """Return which sample a value of the query is, as it stands or as `startswith` puts it."""
    for name, sample in samples.items():
        for put in (_plain, _beginning):
            if param == put(sample):
                return name, param, put
    return "", param, None


def _plain(value: Any) -> Any:
    return value


def _beginning(value: Any) -> str:
    """Return the pattern of what begins so."""
    return f"{connection.ops.prep_for_like_query(value)}%"
