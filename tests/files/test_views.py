"""Files are served to those who see what they belong to, and nothing that is served can run."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.commons.files import actions
from linli.commons.files.models import File
from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.core import registry

from .conftest import Household, picture

PDF = b"%PDF-1.7\n%%EOF"


def test_a_picture_is_served_in_place_without_power(household: Household) -> None:
    file = actions.attach(about=household.entry, upload=picture(), by=SYSTEM)
    answer = household.owner.get(file.get_absolute_url())
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "image/jpeg",
        "nosniff",
    )
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert answer["Cache-Control"].startswith("private")
    assert len(b"".join(answer.streaming_content)) == file.size
    small = household.owner.get(file.thumbnail_url)
    assert (small.status_code, small["Content-Type"], small["Content-Disposition"]) == (
        200,
        "image/jpeg",
        'inline; filename="thumbnail.jpg"',
    )
    assert b"".join(small.streaming_content)


def test_a_document_is_a_download_and_has_no_small_picture(household: Household) -> None:
    file = actions.attach(about=household.entry, upload=SimpleUploadedFile("a.pdf", PDF), by=SYSTEM)
    answer = household.owner.get(file.get_absolute_url())
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="a.pdf"',
    )
    assert b"".join(answer.streaming_content) == PDF
    small = household.owner.get(f"{file.get_absolute_url()}thumbnail/")
    assert (file.thumbnail_url, small.status_code) == ("", 403)


def test_who_does_not_see_the_thing_does_not_see_its_files(household: Household) -> None:
    file = actions.attach(about=household.entry, upload=picture(), by=SYSTEM)
    for browser in (Client(), household.neighbour):
        assert [browser.get(url).status_code for url in (file.get_absolute_url(), file.thumbnail_url)] == [404, 404]


def test_a_draft_and_a_forged_reference_are_served_to_nobody(household: Household) -> None:
    draft = actions.draft(upload=picture(), keeper="k", by=VISITOR)
    assert [
        household.owner.get(f"/files/{reference}/").status_code for reference in (draft.reference, "AAAAAAAA", "x" * 50)
    ] == [404, 404, 404]
    assert household.owner.post(f"/files/{draft.reference}/").status_code == 405


def test_lost_bytes_are_a_page_that_is_not_there(household: Household) -> None:
    file = actions.attach(about=household.entry, upload=picture(), by=SYSTEM)
    file.erase_bytes()
    assert household.owner.get(file.get_absolute_url()).status_code == 404


def test_a_file_is_itself_a_thing_that_others_may_name(household: Household) -> None:
    file = actions.attach(about=household.entry, upload=picture(), by=SYSTEM)
    oneself = Person(ref="people.account:1", person=household.entry.pk)
    found = registry.resolve([f"files.file:{file.pk}"], oneself)
    assert [(one.title, one.url) for one in found.values()] == [("楼道夜间.jpg", file.get_absolute_url())]
    assert registry.resolve([f"files.file:{file.pk}"], VISITOR) == {}


@pytest.mark.parametrize(("who", "may_see"), [("visitor", 1), ("neighbour", 1), ("owner", 3)])
def test_list_and_detail_agree(household: Household, who: str, may_see: int) -> None:
    things = (household.entry, household.entry, household.entry.place, "nothing.at_all:1")
    for thing in things:
        actions.attach(about=thing, upload=picture(), by=SYSTEM)
    browser = {"visitor": Client(), "neighbour": household.neighbour, "owner": household.owner}[who]
    actor = Person(ref="people.account:1", person=household.entry.pk) if who == "owner" else VISITOR
    listed = set(File.objects.visible_to(actor))
    served = set()
    for file in File.objects.all():
        answer = browser.get(file.get_absolute_url())
        if answer.status_code == 200:
            assert b"".join(answer.streaming_content)
            served.add(file)
    assert (listed, len(served)) == (served, may_see)
