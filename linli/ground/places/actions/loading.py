"""Loading an edition of the statistics: one transaction, one COPY, differences by set. What is gone ends and keeps its history."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.places.divisions import DIGITS, Level
from linli.ground.places.models import Change, City, Edition, PlaceChange

from . import differences
from .differences import Gone, Progress, silent
from .reading import BadFile, Fault, read

VERBS: Final = {
    Change.RENAMED: "rename",
    Change.RECODED: "recode",
    Change.MOVED: "move",
    Change.MERGED: "merge",
    Change.ENDED: "end",
    Change.RESTORED: "restore",
    Change.KIND_CORRECTED: "correct_kind",
}


class StaleEdition(Exception):
    """The file shows an older state than the one that is loaded."""


@dataclass(frozen=True)
class Loaded:
    """What a loading did: the edition (None where nothing changed), the rows read, how many places were added or changed."""

    edition: Edition | None
    rows: int
    added: int = 0
    changed: dict[str, int] = field(default_factory=dict)


def load_places(*, file: Path, by: Actor, edition: date | None = None, progress: Progress = silent) -> Loaded:
    """Bring the places to the state of a file, as of a day (default: today): all of it or nothing.

    A file ends only what it covers: places below the smallest place that holds all its rows, whose siblings it lists.
    Raises BadFile (by line) and StaleEdition. Writes one event for the loading and one for each place that changed.
    """
    statistics = read(file)
    day = edition or clock.today()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE places_place IN SHARE ROW EXCLUSIVE MODE")
        differences.copy(cursor, statistics.rows, progress)
        gone = differences.gone(cursor, statistics)
        restored = differences.restored(cursor)
        added = differences.fresh(cursor) - len(restored)
        if not (gone or restored or added or differences.rewritten(cursor)):
            return Loaded(None, len(statistics.rows))
        _guard(cursor, day, gone)
        made = Edition.objects.create(
            day=day,
            covers=statistics.covers,
            rows=len(statistics.rows),
            digest=statistics.digest,
            loaded_at=clock.now(),
        )
        _rewrite(cursor, made)
        _restore(cursor, made, restored)
        _add(cursor, day, progress)
        _carry_grids(cursor, day, gone)
        _end(cursor, made, gone)
        return Loaded(made, len(statistics.rows), added, _log(made, added, by))


def _guard(cursor: CursorWrapper, day: date, gone: list[Gone]) -> None:
    """Refuse a file that knows less than the database, and one that would end the city that is open."""
    city = City.objects.select_related("place").first()
    if city is not None and city.path in {one.path for one in gone}:
        raise BadFile([Fault(0, _("the file ends %(city)s, which this installation serves") % {"city": city})])
    cursor.execute(
        f"WITH touched AS (SELECT p.id, p.begun_on {differences.DIFFERING}"  # noqa: S608 (no input in it)
        " UNION SELECT id, begun_on FROM places_place WHERE id = ANY(%s) AND level <> 'grid')"
        ' SELECT max(known) FROM (SELECT begun_on AS known FROM touched UNION ALL SELECT c."on" FROM places_placechange c'
        " JOIN touched ON touched.id = c.place_id) days",
        [[one.pk for one in gone]],
    )
    newest: date | None = cursor.fetchone()[0]
    if newest is not None and newest > day:
        raise StaleEdition(
            _("the file shows the state of %(day)s, but what it changes is known as of %(newest)s")
            % {"day": day, "newest": newest}
        )


def _rewrite(cursor: CursorWrapper, made: Edition) -> None:
    """Take over new names and corrected kinds."""
    for kind, column in ((Change.RENAMED, "name"), (Change.KIND_CORRECTED, "kind")):
        cursor.execute(
            'INSERT INTO places_placechange (place_id, kind, old_name, new_name, "on", edition_id)'
            f" SELECT p.id, %s, p.name, i.name, %s, %s {differences.DIFFERING} AND p.{column} <> i.{column} ORDER BY p.path",
            [kind.value, made.day, made.pk],
        )
    cursor.execute(
        "UPDATE places_place p SET name = i.name, kind = i.kind, version = p.version + 1 FROM incoming i"
        " WHERE p.path = i.path AND p.ended_on IS NULL AND i.successor = '' AND (p.name, p.kind) <> (i.name, i.kind)"
    )


def _restore(cursor: CursorWrapper, made: Edition, restored: list[int]) -> None:
    """Bring back places that an earlier edition had lost."""
    cursor.execute(
        'INSERT INTO places_placechange (place_id, kind, old_name, new_name, "on", edition_id)'
        " SELECT p.id, %s, p.name, i.name, %s, %s FROM places_place p JOIN incoming i USING (path) WHERE p.id = ANY(%s) ORDER BY p.path",
        [Change.RESTORED.value, made.day, made.pk, restored],
    )
    cursor.execute(
        "UPDATE places_place p SET ended_on = NULL, name = i.name, kind = i.kind, version = p.version + 1"
        " FROM incoming i WHERE i.path = p.path AND p.id = ANY(%s)",
        [restored],
    )
    cursor.execute(
        "UPDATE incoming SET is_fresh = false WHERE path IN (SELECT path FROM places_place WHERE id = ANY(%s))",
        [restored],
    )


def _add(cursor: CursorWrapper, day: date, progress: Progress) -> None:
    """Add the new places from the top down, communities region by region."""
    total, done = differences.fresh(cursor), 0
    if not total:
        return
    for level in (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY, Level.TOWN, Level.COMMUNITY):
        parts = [""]
        if level == Level.COMMUNITY:
            cursor.execute("SELECT DISTINCT left(path, 1) FROM incoming WHERE is_fresh ORDER BY 1")
            parts = [part for (part,) in cursor.fetchall()]
        for part in parts:
            cursor.execute(
                "INSERT INTO places_place (path, name, level, kind, parent_id, begun_on, version)"
                " SELECT i.path, i.name, i.level, i.kind, above.id, %s, 1 FROM incoming i"
                " LEFT JOIN places_place above ON above.path = i.parent AND above.ended_on IS NULL"
                " WHERE i.is_fresh AND i.level = %s AND i.path LIKE %s ORDER BY i.path",
                [day, level.value, f"{part}%"],
            )
            done += cursor.rowcount
            progress("add", done, total)


def _carry_grids(cursor: CursorWrapper, day: date, gone: list[Gone]) -> None:
    """Draw the grids of a community with a new code again under that code."""
    grids = [one for one in gone if one.into and len(one.path) == DIGITS[Level.GRID]]
    cursor.execute(
        "INSERT INTO places_place (path, name, level, kind, parent_id, begun_on, version)"
        " SELECT g.target, p.name, p.level, '', above.id, %s, 1 FROM unnest(%s::bigint[], %s::text[]) AS g (id, target)"
        " JOIN places_place p ON p.id = g.id JOIN places_place above ON above.path = left(g.target, 12) AND above.ended_on IS NULL",
        [day, [one.pk for one in grids], [one.into for one in grids]],
    )


def _end(cursor: CursorWrapper, made: Edition, gone: list[Gone]) -> None:
    """End what is gone and write down what became of it."""
    ids, targets, hows = [one.pk for one in gone], [one.into for one in gone], [one.how.value for one in gone]
    cursor.execute(
        'INSERT INTO places_placechange (place_id, kind, old_name, new_name, successor_id, "on", edition_id)'
        " SELECT p.id, g.how, p.name, '', s.id, %s, %s FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS g (id, target, how)"
        " JOIN places_place p ON p.id = g.id LEFT JOIN places_place s ON s.path = g.target AND s.ended_on IS NULL ORDER BY p.path",
        [made.day, made.pk, ids, targets, hows],
    )
    cursor.execute(
        "UPDATE places_place p SET ended_on = c.on, successor_id = c.successor_id, version = p.version + 1"
        " FROM places_placechange c WHERE c.place_id = p.id AND c.edition_id = %s AND p.id = ANY(%s)",
        [made.pk, ids],
    )


def _log(made: Edition, added: int, by: Actor) -> dict[str, int]:
    """Record the loading and each changed place; return the changes counted by kind."""
    changes = list(PlaceChange.objects.filter(edition=made).select_related("place").order_by("pk"))
    counts = dict(sorted(Counter(change.kind for change in changes).items()))
    record(
        "places.edition.load",
        made,
        by=by,
        place_path=made.covers,
        data={"day": made.day, "rows": made.rows, "added": added, **counts},
    )
    for change in changes:
        record(
            f"places.place.{VERBS[Change(change.kind)]}",
            change.place,
            by=by,
            place_path=change.place.path,
            data={"edition": made.pk},
        )
    return counts
