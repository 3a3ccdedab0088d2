"""Rows by the million: written as sets, into tables whose indexes and foreign keys are taken off first and built again afterwards.

All in one transaction of the owner's: what is not whole is not there. Checks judge each row; uniqueness and foreign keys are judged when
they are built again, triggers are those of `Model.save`'s doing and stay still.
"""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import Connection, sql
from psycopg.types.json import Jsonb

CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('u', 'f') ORDER BY contype DESC, oid
"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid::regclass::text = ANY(%s) AND NOT indisprimary
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) ORDER BY indexrelid
"""
SETTINGS = ("maintenance_work_mem = '1GB'", "work_mem = '256MB'", "synchronous_commit = off")


class NotGiven(Exception):
    """A column that needs a value has none: the model has grown since its rows were made here."""


def said(what: str, began: float) -> None:
    """Tell how long something took."""
    print(f"  {time.monotonic() - began:7.1f} s  {what}", file=sys.stderr, flush=True)


@contextmanager
def unhindered(owner: Connection[Any], models: Sequence[type[Model]]) -> Iterator[None]:
    """Take indexes, foreign keys and triggers off the tables of the models, and put them on again when their rows are there."""
    tables = [one._meta.db_table for one in models]
    constraints = owner.execute(CONSTRAINTS, [tables]).fetchall()
    indexes = owner.execute(INDEXES, [tables]).fetchall()
    for one in SETTINGS:
        owner.execute(sql.SQL("SET LOCAL " + one))  # type: ignore[arg-type]
    for table in tables:
        owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
    for table, name, _words in constraints:
        owner.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name)))
    for name, _words in indexes:
        owner.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    began = time.monotonic()
    for _name, words in indexes:
        owner.execute(words)
    for table, name, words in constraints:
        head = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} ").format(sql.Identifier(table), sql.Identifier(name))
        owner.execute(head + sql.SQL(words))
    for table in tables:
        owner.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
    said("indexes and foreign keys", began)


def fill(owner: Connection[Any], model: type[Model], given: Mapping[str, str], source: str) -> int:
    """Insert `SELECT … FROM source` into a model's table: the columns as given, in SQL, all others at their field's default.

    The key is the sequence's where it is not given; where it is, the sequence goes on behind it. Raises NotGiven.
    """
    began, names, words, values = time.monotonic(), [], [], []
    for field in model._meta.concrete_fields:
        if field.attname in given:
            words.append(given[field.attname].replace("%", "%%"))
        elif field.primary_key:
            continue
        else:
            value = field.get_db_prep_save(field.get_default(), connection)
            if value is None and not field.null:
                raise NotGiven(f"{model._meta.label}.{field.attname}")
            words.append("%s")
            values.append(value)
        names.append(sql.Identifier(field.column).as_string())
    table = sql.Identifier(model._meta.db_table).as_string()
    text = f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(words)} FROM {source.replace('%', '%%')}"
    count = owner.execute(text, values).rowcount  # type: ignore[arg-type]
    key = model._meta.pk
    if key is not None and key.attname in given and not key.remote_field:
        owner.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{key.column}'), max({key.column})) FROM {table}"  # type: ignore[arg-type]
        )
    said(f"{count:>10,} {model._meta.label}", began)
    return count


def keep(owner: Connection[Any], name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> None:
    """Make a temporary table of what Python alone can work out."""
    kinds = sql.SQL(", ").join(sql.SQL("{} " + kind).format(sql.Identifier(one)) for one, kind in columns.items())  # type: ignore[arg-type]
    owner.execute(sql.SQL("CREATE TEMP TABLE {} ({}) ON COMMIT DROP").format(sql.Identifier(name), kinds))
    with owner.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
        for row in rows:
            copy.write_row([Jsonb(one) if isinstance(one, dict) else one for one in row])
    owner.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(name)))
