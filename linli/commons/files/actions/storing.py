"""Storing uploads: as drafts of a session, then as files of a thing; and what cleans up after them."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from linli.commons.files.models import File, Media
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.registry import ref

from .reading import Reading, read

MOST: Final = 6
MAX_DRAFTS: Final = 24
DRAFTS_LAST: Final = timedelta(7)
GRACE: Final = timedelta(1)
BATCH: Final = 500
ENDINGS: Final = {Media.JPEG: "jpg", Media.PNG: "png", Media.WEBP: "webp", Media.PDF: "pdf"}


@transaction.atomic
def attach(
    *, about: Model | str, upload: "UploadedFile[bytes]", by: Actor, max_count: int = MOST, place_path: str = ""
) -> File:
    """Take a file in for a thing; raises ValidationError, which names the file, for one that cannot be taken or is one too many."""
    reading = read(upload)
    matter = about if isinstance(about, str) else ref(about)
    _must_have_room(matter, 1, max_count)
    file = _stored(reading, by=by, about=matter)
    _record("attach", file, by=by, place_path=place_path)
    return file


def draft(*, upload: "UploadedFile[bytes]", keeper: str, by: Actor) -> File:
    """Take a file in for a session whose form is not complete yet; it waits seven days. Raises ValidationError."""
    reading = read(upload)
    if File.objects.drafts(keeper).count() >= MAX_DRAFTS:
        raise ValidationError(_("Too many files wait for this form: please remove some and send it."), code="drafts")
    return _stored(reading, by=by, keeper=keeper)


@transaction.atomic
def keep(
    *, files: Iterable[File], about: Model | str, by: Actor, max_count: int = MOST, place_path: str = ""
) -> list[File]:
    """Make drafts the files of a thing, once; raises ValidationError where the thing would have too many."""
    matter = about if isinstance(about, str) else ref(about)
    waiting = File.objects.select_for_update().filter(pk__in=[file.pk for file in files], about="")
    kept = list(waiting.order_by("pk"))
    _must_have_room(matter, len(kept), max_count)
    for file in kept:
        file.about, file.keeper, file.by = matter, "", by.ref
        file.save(update_fields=["about", "keeper", "by"])
        _record("attach", file, by=by, place_path=place_path)
    return kept


@transaction.atomic
def discard(*, file: File, by: Actor, place_path: str = "") -> None:
    """Remove a file: the row at once, the bytes when that is certain."""
    _record("discard", file, by=by, place_path=place_path)
    transaction.on_commit(file.erase_bytes)
    File.objects.filter(pk=file.pk).delete()


def clean_drafts() -> int:
    """Remove the drafts that nobody came back for; return how many."""
    count = 0
    while removed := _clean_some():
        count += removed
    return count


@transaction.atomic
def _clean_some() -> int:
    """Remove a batch of expired drafts; one that is being kept at this moment is locked and left alone."""
    batch = list(File.expired(clock.now() - DRAFTS_LAST).select_for_update(skip_locked=True)[:BATCH])
    File.objects.filter(pk__in=[file.pk for file in batch]).delete()
    for file in batch:
        transaction.on_commit(file.erase_bytes)
    return len(batch)


def clean_storage() -> int:
    """Remove bytes older than a day that no row names (a crash between the two); return how many."""
    count, before = 0, clock.now() - GRACE
    for folder in _folders():
        names = {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]}
        known = set(File.objects.filter(stored_as__in=names).values_list("stored_as", flat=True))
        known |= set(File.objects.filter(thumbnail_as__in=names).values_list("thumbnail_as", flat=True))
        for name in names - known:
            if default_storage.get_modified_time(name) < before:
                default_storage.delete(name)
                count += 1
    return count


def _folders() -> Iterator[str]:
    """Yield the folders aa/bb of the storage."""
    if default_storage.exists("."):
        for upper in default_storage.listdir(".")[0]:
            for lower in default_storage.listdir(upper)[0]:
                yield f"{upper}/{lower}"


def _must_have_room(matter: str, more: int, max_count: int) -> None:
    if File.objects.about(matter).count() + more > max_count:
        raise ValidationError(
            _("At most %(most)s files: please leave some out."), code="count", params={"most": max_count}
        )


def _stored(reading: Reading, *, by: Actor, about: str = "", keeper: str = "") -> File:
    """Write the bytes, then the row; bytes without a row are cleaned away by the clock."""
    stored_as = _write(reading.data, ENDINGS[reading.media])
    return File.objects.create(
        about=about,
        keeper=keeper,
        name=reading.name,
        media=reading.media,
        size=len(reading.data),
        sha256=reading.sha256,
        width=reading.width,
        height=reading.height,
        stored_as=stored_as,
        thumbnail_as=_write(reading.thumbnail, "jpg") if reading.thumbnail else "",
        uploaded_at=clock.now(),
        by=by.ref,
    )


def _write(data: bytes, ending: str) -> str:
    name = uuid.uuid4().hex
    return default_storage.save(f"{name[:2]}/{name[2:4]}/{name}.{ending}", ContentFile(data))


def _record(verb: str, file: File, *, by: Actor, place_path: str) -> None:
    data = {"about": file.about, "media": str(file.media), "size": file.size, "sha256": file.sha256}
    record(f"files.file.{verb}", file, by=by, place_path=place_path, data=data)
