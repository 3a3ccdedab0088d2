"""Rows written without ceremony: the same columns and values as `Model.save`, by statements worded once per model.

    insert(case)                        # INSERT … RETURNING id
    update(case, ["status", "version"]) # UPDATE … WHERE id, for a row that is locked

    with together(Case, Clock):         # keys for one case and one clock are taken from the sequences, with the first row that is locked
        insert(case)
        insert(Event(subject=ref(case)), later=True)    # its own key is known to nobody
        …                               # everything goes over in one statement, when the block ends or somebody asks about it

Constraints judge as ever: IntegrityError comes from the statement that writes, thus from the end of the block. There are no signals and no
values that the database works out (F(), db_default): `Model.save` is for those.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, TypeVar, cast

from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import BigIntegerField, Field, JSONField, Model, QuerySet
from django.db.models.expressions import RawSQL
from django.db.transaction import Atomic, TransactionManagementError
from django.db.utils import DEFAULT_DB_ALIAS

from .prepared import Prepared
from .statements import Statement

M = TypeVar("M", bound=Model)
Columns = tuple["Field[Any, Any]", ...]


class NotPlain(TypeError):
    """A row that only `Model.save` can write: of a model with parents, or with a value that the database is to work out."""


@dataclass(frozen=True)
class _Rows:
    """Rows of one table that wait to be written: inserted, or (one row) updated where its key is `where`."""

    model: type[Model]
    columns: Columns
    values: list[list[Any]]
    where: Any = None
    skips: bool = False

    @property
    def shape(self) -> "_Shape":
        return self.model, self.columns, len(self.values), self.where is not None, self.skips

    @property
    def params(self) -> list[Any]:
        flat = [value for row in self.values for value in row]
        return flat if self.where is None else [*flat, self.where]


_Shape = tuple[type[Model], Columns, int, bool, bool]


@dataclass
class _Batch:
    """What is written together: keys set aside for each model, the rows that wait, and the things whose rows are locked."""

    keys: dict[type[Model], deque[int]] = field(default_factory=dict)
    wanted: list[type[Model]] = field(default_factory=list)
    waiting: list[_Rows] = field(default_factory=list)
    ours: dict[tuple[type[Model], Any], Model] = field(default_factory=dict)

    def key_for(self, model: type[Model]) -> int | None:
        """Return a key that is set aside for a row of a model; None where there is none left."""
        if self.wanted:
            names = _sequences(self.wanted)
            self.set_aside(_keys(len(self.wanted)).run(names)[0])
        left = self.keys.get(model)
        return left.popleft() if left else None

    def set_aside(self, keys: Sequence[int]) -> None:
        """Keep the keys that were taken from the sequences of the models that want one."""
        wanted, self.wanted = self.wanted, []
        for model, key in zip(wanted, keys, strict=True):
            self.keys.setdefault(model, deque()).append(key)

    def add(self, rows: _Rows) -> None:
        """Let rows wait; what the statement would do twice to one table in two ways goes over first."""
        for at, one in enumerate(self.waiting):
            if one.model is rows.model:
                if one.shape[1:4:2] == rows.shape[1:4:2] and one.where is None:
                    self.waiting[at] = _Rows(one.model, one.columns, [*one.values, *rows.values])
                    return
                self.send()
                break
        self.waiting.append(rows)

    def send(self, *last: _Rows) -> Any:
        """Write what waits and the last rows in one statement; return the last ones' key."""
        if any(one.model is rows.model for one in self.waiting for rows in last):
            self.send()
        parts, self.waiting = [*self.waiting, *last], []
        return _run(parts, returning=bool(last)) if parts else None

    def before(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        """Write what waits before another statement of this connection, unless that only reads other tables; a rollback takes it back."""
        text = str(sql)
        if text.startswith("ROLLBACK"):
            self.waiting.clear()
            self.ours.clear()
        elif self.waiting and not self._reads_elsewhere(text):
            self.send()
        return execute(sql, params, many, context)

    def _reads_elsewhere(self, sql: str) -> bool:
        return sql.startswith("SELECT") and not any(one.model._meta.db_table in sql for one in self.waiting)


_batch: ContextVar[_Batch | None] = ContextVar("batch", default=None)


@contextmanager
def together(*keyed: type[Model]) -> Iterator[None]:
    """Write what the block inserts and updates in as few statements as can be, with keys set aside for one row of each model named.

    The keys come along with the first row that is locked, else they are asked for with the first insert that wants one.

    Whatever else is asked of these tables meanwhile comes after what was written before it. Once a step has locked a row, the thing that
    it was called on says how the row stands, and further steps of the same thing need not read it again. One block inside another is part
    of it. Needs a transaction.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("what is written together is written in a transaction")
    if (outer := _batch.get()) is not None:
        outer.wanted += keyed
        yield
        return
    batch = _Batch(wanted=[*keyed])
    token = _batch.set(batch)
    try:
        with connection.execute_wrapper(batch.before):
            yield
            batch.send()
    finally:
        _batch.reset(token)


def insert(thing: Model, *, later: bool = False, skip_conflict: bool = False) -> bool:
    """Insert a new row and give the thing its key; False where `skip_conflict` is said and a unique index has the row already.

    Within `together` it waits if its key was set aside, and so it does `later`: for a row whose key nobody needs. Raises IntegrityError,
    and NotPlain for a row that only `Model.save` can write.
    """
    thing._prepare_related_fields_for_save("insert")  # type: ignore[attr-defined]
    model, batch, own = type(thing), _batch.get(), thing._meta.pk
    if batch and thing.pk is None:
        thing.pk = batch.key_for(model)
    later = later or thing.pk is not None
    columns = _columns(model, with_key=thing.pk is not None)
    rows = _Rows(model, columns, [_values(thing, columns, fresh=True)], skips=skip_conflict and thing.pk is None)
    if batch and later:
        batch.add(rows)
    else:
        key = (batch or _Batch()).send(rows)
        if key is None:
            return False
        setattr(thing, own.attname, key)
    thing._state.adding, thing._state.db = False, connection.alias
    return True


def update(thing: Model, names: Collection[str]) -> None:
    """Write some columns, by attribute name, of a row that this transaction has locked; raises DatabaseError where it is gone.

    Lists and JSON always go with them, since they may have changed in place.
    """
    model = type(thing)
    columns = tuple(
        one for one in model._meta.concrete_fields if one.attname in names or isinstance(one, (JSONField, ArrayField))
    )
    key = thing._meta.pk.get_db_prep_save(thing.pk, connection)
    rows = _Rows(model, columns, [_values(thing, columns, fresh=False)], where=key)
    if (batch := _batch.get()) is not None:
        batch.add(rows)
    elif _Batch().send(rows) is None:
        raise DatabaseError(f"no row of {model._meta.label} to update")


def locked(thing: M) -> M:
    """Lock the row of a thing until the transaction ends and return it as it stands now; raises DoesNotExist."""
    batch = _batch.get()
    wanted = tuple(batch.wanted) if batch else ()
    found: Any = _row_of(type(thing), wanted).first(pk=thing.pk)
    if found is None:
        raise type(thing).DoesNotExist  # type: ignore[attr-defined]
    if batch and wanted:
        batch.set_aside(found.__dict__.pop("set_aside"))
    return cast("M", found)


def is_ours(thing: Model) -> bool:
    """Say whether this block has locked the row of this very thing, so that the thing says how the row stands."""
    batch = _batch.get()
    return batch is not None and batch.ours.get((type(thing), thing.pk)) is thing


def keep_ours(things: Iterable[Model]) -> None:
    """Say that the rows of these things were read under a lock and that they stand for them until the block ends; nothing outside one."""
    if (batch := _batch.get()) is not None:
        batch.ours |= {(type(one), one.pk): one for one in things}


def part_of_transaction() -> Atomic:
    """Be part of the transaction that runs, or one of its own: what fails in it fails the whole, unless somebody wraps it in `atomic`.

    It costs no savepoint, except right inside a test's own transaction, which stands for none (as Django's `durable` has it).
    """
    blocks = connection.atomic_blocks
    return transaction.atomic(savepoint=bool(blocks) and blocks[-1]._from_testcase)  # type: ignore[attr-defined]


@cache
def _row_of(model: type[M], wanted: tuple[type[Model], ...]) -> Prepared[M]:
    """Return how a row is locked, and how keys for these models come along with it."""

    def build(pk: int) -> QuerySet[Any, M]:
        row = model._base_manager.select_for_update(of=("self",)).filter(pk=pk)
        if not wanted:
            return row
        words, names = f"ARRAY[{_nextvals(len(wanted))}]", _sequences(wanted)
        keys = RawSQL(words, names, output_field=ArrayField(BigIntegerField()))  # noqa: S611 (names of models alone)
        return row.annotate(set_aside=keys)

    return Prepared(build, pk=-1001)


@cache
def _columns(model: type[Model], *, with_key: bool) -> Columns:
    """Return the fields of a model that are written, its key among them where it is given."""
    if model._meta.parents:
        raise NotPlain(model._meta.label)
    return tuple(one for one in model._meta.concrete_fields if not one.generated and (with_key or not one.primary_key))


def _values(thing: Model, columns: Columns, *, fresh: bool) -> list[Any]:
    """Return the values as the fields themselves hand them to the database; raises NotPlain for one that is worked out there."""
    own, values = connections[DEFAULT_DB_ALIAS], [one.pre_save(thing, fresh) for one in columns]
    if any(hasattr(value, "resolve_expression") for value in values):
        raise NotPlain(thing._meta.label)
    return [one.get_db_prep_save(value, own) for one, value in zip(columns, values, strict=True)]


def _run(parts: list[_Rows], *, returning: bool) -> Any:
    """Run one statement for all parts; return the key that the last one wrote, None where it wrote none."""
    statement = _statement(tuple(one.shape for one in parts), returning=returning)
    rows = statement.run([value for one in parts for value in one.params])
    return rows[0][0] if rows else None


@lru_cache(maxsize=500)
def _statement(shapes: tuple[_Shape, ...], *, returning: bool) -> Statement:
    """Word one statement for rows of these shapes: all but the last as parts of it (WITH)."""
    *first, last = [_words(*shape) for shape in shapes]
    named = ", ".join(f"w{number} AS ({words})" for number, words in enumerate(first))
    own = f' RETURNING "{shapes[-1][0]._meta.pk.column}"' if returning else ""
    return Statement(f"WITH {named} {last}{own}" if named else f"{last}{own}")


def _words(model: type[Model], columns: Columns, count: int, is_update: bool, skips: bool) -> str:  # noqa: FBT001
    """Word one insert or update."""
    quote: Callable[[Any], str] = connection.ops.quote_name
    table, names = quote(model._meta.db_table), [quote(one.column) for one in columns]
    places = [
        one.get_placeholder(None, None, connection) if hasattr(one, "get_placeholder") else "%s" for one in columns
    ]
    if is_update:
        pairs = ", ".join(f"{name} = {place}" for name, place in zip(names, places, strict=True))
        return f"UPDATE {table} SET {pairs} WHERE {quote(model._meta.pk.column)} = %s"  # noqa: S608 (names of models alone)
    row = f"({', '.join(places)})"
    skip = " ON CONFLICT DO NOTHING" if skips else ""
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([row] * count)}{skip}"  # noqa: S608


@cache
def _keys(count: int) -> Statement:
    return Statement(f"SELECT {_nextvals(count)}")


def _nextvals(count: int) -> str:
    return ", ".join(["nextval(pg_get_serial_sequence(%s, %s))"] * count)


def _sequences(models: Iterable[type[Model]]) -> list[str]:
    """Return by which table and column each of the models' sequences is found."""
    return [part for one in models for part in (f'"{one._meta.db_table}"', str(one._meta.pk.column))]
