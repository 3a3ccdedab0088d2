"""What a file changes: its rows beside those of the database, compared by set."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from django.db.backends.utils import CursorWrapper

from linli.ground.places.divisions import DIGITS, Level, parent_of, short_name
from linli.ground.places.models import Change

from .reading import Row, Statistics

Progress: TypeAlias = Callable[[str, int, int], None]
STEP: Final = 20_000  # rows between two signs of progress
DIFFERING: Final = (
    "FROM incoming i JOIN places_place p ON p.path = i.path AND p.ended_on IS NULL"
    " WHERE i.successor = '' AND (p.name, p.kind) <> (i.name, i.kind)"
)


@dataclass(frozen=True)
class Gone:
    """A place that the file no longer holds: the code it went over to, and how."""

    pk: int
    path: str
    name: str
    into: str = ""
    how: Change = Change.ENDED


def silent(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


def copy(cursor: CursorWrapper, rows: list[Row], progress: Progress) -> None:
    """Bring the rows into a table of this transaction and mark those that have no current place yet."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.incoming, pg_temp.gone")
    cursor.execute(
        'CREATE TEMP TABLE incoming (path text COLLATE "C", parent text COLLATE "C", name text, level text, kind text, successor text,'
        " is_fresh boolean DEFAULT false) ON COMMIT DROP"
    )
    with cursor.copy("COPY incoming (path, parent, name, level, kind, successor) FROM STDIN") as target:
        for number, row in enumerate(rows):
            target.write_row((row.path, parent_of(row.path), row.name, row.level.value, row.kind, row.successor))
            if number % STEP == 0:
                progress("read", number, len(rows))
    progress("read", len(rows), len(rows))
    cursor.execute(
        "UPDATE incoming SET is_fresh = true WHERE successor = ''"
        " AND NOT EXISTS (SELECT FROM places_place p WHERE p.path = incoming.path AND p.ended_on IS NULL)"
    )
    cursor.execute("CREATE INDEX ON incoming (path)")
    cursor.execute("ANALYZE incoming")


def fresh(cursor: CursorWrapper) -> int:
    """Return how many rows have no current place."""
    cursor.execute("SELECT count(*) FROM incoming WHERE is_fresh")
    number: int = cursor.fetchone()[0]
    return number


def rewritten(cursor: CursorWrapper) -> bool:
    """Say whether any current place has another name or kind in the file."""
    cursor.execute(f"SELECT EXISTS (SELECT {DIFFERING})")
    differs: bool = cursor.fetchone()[0]
    return differs


def restored(cursor: CursorWrapper) -> list[int]:
    """Return the keys of ended places that are back: same code, same name, gone nowhere else, and their parent is there."""
    cursor.execute(
        "SELECT DISTINCT ON (length(p.path), p.path) p.id, p.parent_id, p.name, i.name, above.id IS NULL OR above.ended_on IS NULL"
        " FROM incoming i JOIN places_place p USING (path) LEFT JOIN places_place above ON above.id = p.parent_id"
        " WHERE i.is_fresh AND p.ended_on IS NOT NULL AND p.successor_id IS NULL ORDER BY length(p.path), p.path, p.id DESC"
    )
    found: list[int] = []
    for pk, parent, old, new, under_current in cursor.fetchall():
        if short_name(old) == short_name(new) and (under_current or parent in found):
            found.append(pk)
    return found


def gone(cursor: CursorWrapper, statistics: Statistics) -> list[Gone]:
    """Return the places to end, from the top down: merged as the file says, missing beside listed siblings, or below one that is gone."""
    cursor.execute(
        "CREATE TEMP TABLE gone (id bigint PRIMARY KEY, path text, name text, successor text) ON COMMIT DROP"
    )
    cursor.execute(
        "INSERT INTO gone SELECT p.id, p.path, p.name, i.successor FROM incoming i"
        " JOIN places_place p ON p.path = i.path AND p.ended_on IS NULL WHERE i.successor <> ''"
    )
    for level in (Level.PREFECTURE, Level.COUNTY, Level.TOWN, Level.COMMUNITY, Level.GRID):
        listed = level in {
            Level.COUNTY,
            Level.TOWN,
            Level.COMMUNITY,
        }  # whole cities end only by name; grids are the city's own
        cursor.execute(
            "INSERT INTO gone SELECT p.id, p.path, p.name, '' FROM places_place p JOIN places_place above ON above.id = p.parent_id"
            " WHERE p.level = %(level)s AND p.ended_on IS NULL AND NOT EXISTS (SELECT FROM incoming i WHERE i.path = p.path)"
            " AND (above.id IN (SELECT id FROM gone) OR (%(listed)s AND p.path LIKE %(covers)s"
            " AND above.path IN (SELECT parent FROM incoming WHERE successor = '' AND level = %(level)s)))",
            {"level": level.value, "listed": listed, "covers": f"{statistics.covers}%"},
        )
    cursor.execute("SELECT id, path, name, successor FROM gone ORDER BY length(path), path")
    ended = [Gone(*row) for row in cursor.fetchall()]
    return _matched(ended, _newcomers(cursor)) if ended else []


def _newcomers(cursor: CursorWrapper) -> list[tuple[str, str]]:
    """Return code and name of the new places in the cities where something is gone, or went to."""
    cursor.execute(
        "SELECT path, name FROM incoming WHERE is_fresh"
        " AND left(path, 4) IN (SELECT left(path, 4) FROM gone UNION SELECT left(successor, 4) FROM gone)"
    )
    found: list[tuple[str, str]] = cursor.fetchall()
    return found


def _matched(ended: list[Gone], newcomers: list[tuple[str, str]]) -> list[Gone]:
    """Say where each place went, from the top down: grids with their community, others as the file says or their name shows."""
    found: dict[str, Gone] = {}
    for digits in sorted({len(one.path) for one in ended}):
        ones = [one for one in ended if len(one.path) == digits]
        if digits == DIGITS[Level.GRID]:
            found |= {one.path: _with_community(one, found.get(parent_of(one.path))) for one in ones}
        else:
            found |= _by_name(ones, [new for new in newcomers if len(new[0]) == digits], found)
    return list(found.values())


def _by_name(ones: list[Gone], newcomers: list[tuple[str, str]], above: dict[str, Gone]) -> dict[str, Gone]:
    """Match places of one level with the new ones in their county (wherever that went) that alone bear their name."""
    codes: dict[tuple[str, str], list[str]] = {}
    for path, name in newcomers:
        codes.setdefault((_county(path), short_name(name)), []).append(path)
    keys = {one.path: (_went(_county(one.path), above), short_name(one.name)) for one in ones}
    times = Counter(keys.values())
    found = {}
    for one in ones:
        key = keys[one.path]
        if one.into:
            found[one.path] = replace(one, how=Change.MERGED)
        elif times[key] == len(codes.get(key, ())) == 1:
            into = codes[key][0]
            stayed = parent_of(into) == _went(parent_of(one.path), above)
            found[one.path] = replace(one, into=into, how=Change.RECODED if stayed else Change.MOVED)
        else:
            found[one.path] = one
    return found


def _with_community(grid: Gone, community: Gone | None) -> Gone:
    """Let a grid follow its community to a new code; with one that merged or ended it ends."""
    if community is None or community.how not in {Change.RECODED, Change.MOVED}:
        return grid
    return replace(grid, into=community.into + grid.path[-3:], how=Change.RECODED)


def _went(path: str, above: dict[str, Gone]) -> str:
    """Return the code under which a place above goes on."""
    return above[path].into or path if path in above else path


def _county(path: str) -> str:
    """Return the place within which names tell places apart: the county, or for a county its city."""
    return path[:6] if len(path) > DIGITS[Level.COUNTY] else path[:4]
