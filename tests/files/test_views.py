"""Files are served to those who see what they belong to, and nothing that is served can run."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.commons.files import actions
from linli.commons.files.models import File
from linli.ground.authority import actors
from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.core import registry
from linli.ground.places.models import Place

from .conftest import OWNER, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_places")]
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def as_actor(monkeypatch: pytest.MonkeyPatch, client: Client) -> Callable[[Person], Client]:
    def act(actor: Person) -> Client:
        monkeypatch.setattr(actors.ActorMiddleware, "__call__", lambda self, request: _with(self, request, actor))
        return Client()

    return act


def _with(middleware: actors.ActorMiddleware, request: object, actor: Person) -> object:
    request.actor = actor  # type: ignore[attr-defined]
    return middleware.get_response(request)  # type: ignore[arg-type]


def test_a_picture_is_served_in_place_without_power(place: Place, as_actor: Callable[[Person], Client]) -> None:
    file = actions.attach(about=place, upload=picture(), by=SYSTEM)
    answer = as_actor(Person(ref=OWNER)).get(file.get_absolute_url())
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "image/jpeg",
        "nosniff",
    )
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert answer["Cache-Control"].startswith("private")
    assert len(b"".join(answer.streaming_content)) == file.size
    small = as_actor(Person(ref=OWNER)).get(file.thumbnail_url)
    assert (small.status_code, small["Content-Type"], small["Content-Disposition"]) == (
        200,
        "image/jpeg",
        'inline; filename="thumbnail.jpg"',
    )
    assert b"".join(small.streaming_content)


def test_a_document_is_a_download_and_has_no_small_picture(place: Place, as_actor: Callable[[Person], Client]) -> None:
    file = actions.attach(about=place, upload=SimpleUploadedFile("a.pdf", PDF), by=SYSTEM)
    client = as_actor(Person(ref=OWNER))
    answer = client.get(file.get_absolute_url())
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="a.pdf"',
    )
    assert b"".join(answer.streaming_content) == PDF
    assert (file.thumbnail_url, client.get(f"{file.get_absolute_url()}thumbnail/").status_code) == ("", 403)


def test_who_does_not_see_the_thing_does_not_see_its_files(place: Place, as_actor: Callable[[Person], Client]) -> None:
    file = actions.attach(about=place, upload=picture(), by=SYSTEM)
    for actor in (VISITOR, Person(ref="people.account:2")):
        client = as_actor(actor)
        assert [client.get(url).status_code for url in (file.get_absolute_url(), file.thumbnail_url)] == [404, 404]


def test_a_draft_and_a_forged_reference_are_served_to_nobody(
    place: Place, as_actor: Callable[[Person], Client]
) -> None:
    draft = actions.draft(upload=picture(), keeper="k", by=VISITOR)
    client = as_actor(Person(ref=OWNER))
    assert [
        client.get(f"/files/{reference}/").status_code for reference in (draft.reference, "AAAAAAAA", "x" * 50)
    ] == [404, 404, 404]
    assert client.post(f"/files/{draft.reference}/").status_code == 405


def test_lost_bytes_are_a_page_that_is_not_there(place: Place, as_actor: Callable[[Person], Client]) -> None:
    file = actions.attach(about=place, upload=picture(), by=SYSTEM)
    file.erase_bytes()
    assert as_actor(Person(ref=OWNER)).get(file.get_absolute_url()).status_code == 404


def test_a_file_is_itself_a_thing_that_others_may_name(place: Place) -> None:
    file = actions.attach(about=place, upload=picture(), by=SYSTEM)
    found = registry.resolve([f"files.file:{file.pk}"], Person(ref=OWNER))
    assert [(one.title, one.url) for one in found.values()] == [("楼道夜间.jpg", file.get_absolute_url())]
    assert registry.resolve([f"files.file:{file.pk}"], VISITOR) == {}


@pytest.mark.parametrize("actor", [VISITOR, Person(ref="people.account:2"), Person(ref=OWNER)])
def test_list_and_detail_agree(place: Place, actor: Person, as_actor: Callable[[Person], Client]) -> None:
    for number in range(3):
        actions.attach(about=place if number else "nothing.at_all:1", upload=picture(), by=SYSTEM)
    client = as_actor(actor)
    listed = set(File.objects.visible_to(actor))
    served = set()
    for file in File.objects.all():
        answer = client.get(file.get_absolute_url())
        if answer.status_code == 200:
            assert b"".join(answer.streaming_content)
            served.add(file)
    assert listed == served
