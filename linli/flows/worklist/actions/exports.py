"""A file of cases: asked for at the desk, written by the worker with its progress on the record's row, removed after its days."""

import tempfile
import uuid
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from procrastinate.contrib.django import app

from linli.flows.worklist.models import Export, Format
from linli.flows.worklist.models.exports import FOLDER
from linli.flows.worklist.queries import Filter
from linli.flows.worklist.queries.rows import header, rows_of
from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.core.actions import record
from linli.ground.organisations.queries import actor_in_post
from linli.ground.rulebook.queries import rule
from linli.ground.ui.sheets import writer_of

KEPT = "retention.export.days"
STEP = 1000
"""Cases after which the page learns how far it is."""


@transaction.atomic
def ask(*, asked: Filter, format: str, by: Actor) -> Export:  # noqa: A002 (the word of the form)
    """Ask for a file of what a filter shows; the worker beside the web begins it at once."""
    area = by.post.place_path if by.post else ""
    export = Export.objects.create(owner=by.ref, post=by.post_ref, area=area, query=asked.query, format=format)
    record("worklist.export.ask", export, by=by, place_path=area, data={"format": format})
    app.configure_task("worklist.write_export").defer(export=export.pk)
    return export


def write(key: int) -> None:
    """Write the file as far as its asker may see the cases now; a post that has ended fails it. Again from the start after a crash."""
    export = Export.objects.filter(pk=key).first()
    if export is None or not export.is_under_way:
        return
    actor = actor_in_post(export.post)
    if actor is None or actor.ref != export.owner:
        export.fail(by=SYSTEM)
        return
    asked = Filter.of_query(export.query)
    rows = rows_of(actor, asked)
    export.begin(total=rows.total, by=actor)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"cases.{export.format}"
        written = 0
        with writer_of(path, is_csv=export.format == Format.CSV, header=header()) as append:
            for written, row in enumerate(rows, start=1):
                append(row)
                if written % STEP == 0:
                    Export.objects.filter(pk=key).update(rows=written)
        with path.open("rb") as made:
            stored = default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.{export.format}", File(made))
    days = rule(KEPT, place_path=export.area).number
    export.finish(rows=written, stored_as=stored, days=days, by=actor)


def give_up(key: int) -> None:
    """Say that the file cannot be written: the worker has failed at it again and again."""
    for export in Export.objects.filter(pk=key):
        if export.is_under_way:
            export.fail(by=SYSTEM)


def remove_old() -> None:
    """Remove the files whose days are over."""
    for export in Export.objects.old():
        export.remove(by=SYSTEM)
