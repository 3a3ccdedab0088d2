"""Files belong to a thing, come in at most so many, and leave nothing behind when they go."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from linli.commons.files import actions, queries
from linli.commons.files.actions.storing import MAX_DRAFTS
from linli.commons.files.models import File
from linli.commons.files.tasks import clean
from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.places.models import Place

from .conftest import OWNER, Household, picture

pytestmark = pytest.mark.django_db
RESIDENT = Person(ref=OWNER)


def stored(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def test_a_file_belongs_to_its_thing_and_is_on_the_record(place: Place, own_storage: Path) -> None:
    file = actions.attach(about=place, upload=picture(), by=RESIDENT, place_path="15")
    assert list(queries.files_of(place)) == [file]
    assert queries.files_of_many([place]) == {f"places.place:{place.pk}": [file]}
    assert stored(own_storage) == sorted([file.stored_as, file.thumbnail_as])
    assert file.stored_as[:6] == f"{file.stored_as[6:8]}/{file.stored_as[8:10]}/"
    event = Event.objects.get(verb="files.file.attach")
    assert (event.actor, event.place_path, event.data["about"], "楼道" in str(event.data)) == (
        OWNER,
        "15",
        f"places.place:{place.pk}",
        False,
    )
    assert (str(file), file.is_picture, file.get_absolute_url()) == ("楼道夜间.jpg", True, f"/files/{file.reference}/")


def test_a_thing_has_at_most_so_many(place: Place) -> None:
    actions.attach(about=place, upload=picture(), by=RESIDENT, max_count=1)
    with pytest.raises(ValidationError, match="最多 1 个文件"):
        actions.attach(about=f"places.place:{place.pk}", upload=picture(), by=RESIDENT, max_count=1)


def test_a_discarded_file_is_gone_with_its_bytes_but_not_from_the_record(place: Place, own_storage: Path) -> None:
    file = actions.attach(about=place, upload=picture(), by=RESIDENT)
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.discard(file=file, by=RESIDENT)
    assert (File.objects.count(), stored(own_storage)) == (0, [])
    assert Event.objects.get(verb="files.file.discard").subject == f"files.file:{file.pk}"


def test_drafts_become_files_once(place: Place) -> None:
    drafts = [actions.draft(upload=picture(f"{n}.jpg"), keeper="k", by=VISITOR) for n in range(2)]
    assert queries.files_of(place) == []
    kept = actions.keep(files=drafts, about=place, by=RESIDENT)
    assert [(file.name, file.by, file.keeper) for file in queries.files_of(place)] == [
        ("0.jpg", OWNER, ""),
        ("1.jpg", OWNER, ""),
    ]
    assert kept == drafts
    assert actions.keep(files=drafts, about="places.place:999", by=RESIDENT) == []
    with pytest.raises(ValidationError):
        actions.keep(
            files=[actions.draft(upload=picture(), keeper="k", by=VISITOR)], about=place, by=RESIDENT, max_count=2
        )


def test_a_session_holds_so_many_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    file = actions.draft(upload=picture(), keeper="k", by=VISITOR)
    names = {field.attname: getattr(file, field.attname) for field in File._meta.concrete_fields if not field.unique}
    File.objects.bulk_create(File(**names, stored_as=f"{n}") for n in range(MAX_DRAFTS - 1))
    with pytest.raises(ValidationError, match="等待提交的文件过多"):
        actions.draft(upload=picture(), keeper="k", by=VISITOR)
    assert actions.draft(upload=picture(), keeper="other", by=VISITOR).pk


def test_drafts_go_after_seven_days_and_stray_bytes_after_one(place: Place, own_storage: Path) -> None:
    kept = actions.attach(about=place, upload=picture(), by=RESIDENT)
    actions.draft(upload=picture(), keeper="k", by=VISITOR)
    stray, fresh = own_storage / "aa" / "bb" / "stray.jpg", own_storage / "aa" / "bb" / "fresh.jpg"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    fresh.write_bytes(b"x")
    old = (clock.now() - timedelta(days=3)).timestamp()
    os.utime(stray, (old, old))
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert (actions.clean_drafts(), actions.clean_storage()) == (0, 1)
    with clock.stopped_at(clock.now() + timedelta(days=7, minutes=1)):
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert actions.clean_drafts() == 1
        clean(timestamp=0)
    assert stored(own_storage) == sorted([kept.stored_as, kept.thumbnail_as])


def test_an_empty_storage_is_clean() -> None:
    assert actions.clean_storage() == 0


@pytest.mark.parametrize(
    "nonsense",
    [
        {"about": ""},
        {"keeper": "k"},
        {"media": "text/html"},
        {"width": None},
        {"thumbnail_as": ""},
        {"media": "application/pdf"},
    ],
)
def test_the_database_refuses_a_file_that_makes_no_sense(place: Place, nonsense: dict[str, object]) -> None:
    actions.attach(about=place, upload=picture(), by=RESIDENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        File.objects.update(**nonsense)


def test_the_city_sees_every_file_of_a_thing(household: Household) -> None:
    file = actions.attach(about=household.entry, upload=picture(), by=SYSTEM)
    oneself = Person(ref=OWNER, person=household.entry.pk)
    seen = [list(File.objects.visible_to(actor)) for actor in (SYSTEM, oneself, VISITOR, RESIDENT)]
    assert seen == [[file], [file], [], []]
