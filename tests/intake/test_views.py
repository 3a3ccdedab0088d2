"""A need comes in: from a resident on the web, from a resident who has signed in, or at the desk."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cases.conftest import NEED, PHONE, STRANGER, TEXT, Town, visitor
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.commons.files.queries import files_of
from linli.flows.cases.models import Case
from linli.flows.reporters.queries import copy_for
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.organisations.models import Body
from linli.ground.people.models import Account, Person, PersonalData
from linli.ground.people.queries import contact_of, last_code
from tests.factories.people import sign_in


def signed_in(town: Town) -> tuple[Client, Account]:
    """A resident of the east community who has signed in with her phone."""
    person = Person.objects.create(place=town.east, residence="registered", source="self")
    personal = PersonalData(person=person)
    personal.take(name="张桂兰", phone=PHONE, id_number="")
    personal.save()
    account = Account.objects.create(contact=contact_of(PHONE), person=person)
    return sign_in(Client(), account, strong=False), account


def test_a_proven_phone_reports_without_a_second_code(town: Town) -> None:
    answer = visitor(PHONE).post("/cases/report/", NEED)
    case = Case.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/cases/{case.reference}/receipt/")
    assert case.reporter.name == "张女士"


def test_a_form_that_is_sent_twice_brings_one_case(town: Town) -> None:
    resident = visitor(PHONE)
    shown = resident.get("/cases/report/").context["form"]
    sent = NEED | {"sending": shown["sending"].value()}
    first = resident.post("/cases/report/", sent)
    assert resident.get("/cases/report/").context["form"]["sending"].value() == sent["sending"], "gone back to"
    again = resident.post("/cases/report/", sent)
    other_words = resident.post("/cases/report/", sent | {"text": "另一件事：井盖松了。"})
    with clock.stopped_at(clock.now() + timedelta(minutes=16)):
        assert resident.get("/cases/report/").context["form"]["sending"].value() != sent["sending"], "another day"
    neighbour = visitor(STRANGER).post("/cases/report/", sent | {"phone": STRANGER})
    assert (first.url, first.url != other_words.url != neighbour.url) == (again.url, True)
    assert (Case.objects.count(), Event.objects.filter(verb="cases.case.receive").count()) == (3, 3)


def test_what_was_typed_comes_back_with_the_reason(town: Town) -> None:
    answer = visitor(PHONE).post("/cases/report/", NEED | {"phone": "1390473000"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert TEXT in text
    assert "手机号少了 1 位，应为 11 位" in text


def test_where_no_body_stands_the_resident_is_told_whom_to_call(town: Town) -> None:
    Body.objects.update(ended_on=date(2026, 9, 1))
    answer = visitor(PHONE).post("/cases/report/", NEED)
    assert answer.status_code == 422
    assert "还没有开通网上受理，请打 12345" in answer.content.decode()


def test_the_desk_takes_down_a_need_without_a_phone(town: Town) -> None:
    answer = town.client("worker").post("/cases/register/", NEED | {"phone": ""})
    case = Case.objects.get()
    assert answer.url == f"/cases/{case.reference}/receipt/"
    assert (case.channel, case.reporter.contact) == ("desk", "")


def test_the_desk_offers_its_own_community_first_and_is_told_who_leads_elsewhere(town: Town) -> None:
    worker = town.client("worker")
    assert f'value="{town.east.path}" selected' in worker.get("/cases/register/").content.decode()
    answer = worker.post("/cases/register/", NEED | {"place": town.west.path}, follow=True)
    case = Case.objects.get()
    text = answer.content.decode()
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, "/cases/register/")
    assert (case.reference in text, f"由{case.lead.name}牵头办理" in text) == (True, True)


def test_follow_leads_to_the_case_of_a_proven_phone(town: Town) -> None:
    case = town.receive()
    typed = {"reference": f"{case.reference[:4].lower()}-{case.reference[4:]}", "phone": PHONE}
    assert visitor(PHONE).post("/cases/follow/", typed).url == f"/cases/{case.reference}/"


def test_who_has_signed_in_finds_name_place_and_phone_filled_in(town: Town) -> None:
    client, _account = signed_in(town)
    page = client.get("/cases/report/?field=health")
    known = {"name": "张桂兰", "place": town.east, "field": "health"}
    assert {name: page.context["form"].initial[name] for name in known} == known
    text = page.content.decode()
    assert ("139****0001" in text, PHONE in text, "换一个号码" in text) == (True, False, True)


def test_who_has_signed_in_reports_without_typing_the_phone_and_without_a_code(town: Town) -> None:
    client, account = signed_in(town)
    answer = client.post("/cases/report/", NEED | {"phone": "", "name": "张桂兰"})
    case = Case.objects.get()
    assert answer.url == f"/cases/{case.reference}/receipt/"
    assert (case.reporter.phone, case.reporter.person) == (PHONE, account.person)
    assert account.person is not None
    assert [row["编号"] for row in copy_for(account.person)] == [case.reference]


def test_another_phone_is_proven_first_and_the_matter_stays_ones_own(town: Town) -> None:
    client, _account = signed_in(town)
    asked = client.post("/cases/report/", NEED | {"phone": "13904730008"}, follow=True)
    assert ("139****0008" in asked.content.decode(), Case.objects.exists()) == (True, False)
    done = client.post("/cases/report/confirm/", {"code": last_code("13904730008") or ""})
    case = Case.objects.get()
    assert (done.url, case.reporter.phone) == (f"/cases/{case.reference}/receipt/", "13904730008")
    assert client.get(done.url).status_code == 200


def test_a_signed_in_resident_whose_phone_is_another_one_types_it(town: Town) -> None:
    client, account = signed_in(town)
    Account.objects.filter(pk=account.pk).update(contact=contact_of("13904730007"))
    text = client.get("/cases/report/").content.decode()
    assert ("139****" in text, "张桂兰" in text) == (False, True)
    assert client.post("/cases/report/", NEED | {"phone": ""}).status_code == 422


@pytest.mark.parametrize("address", ["/cases/report/", "/cases/follow/"])
def test_an_empty_form_says_what_is_missing(town: Town, address: str) -> None:
    answer = Client().post(address, {})
    assert (answer.status_code, "处需要修改" in answer.content.decode()) == (422, True)


def test_the_pictures_of_a_need_are_kept_with_it(town: Town, tmp_path: Path, settings: Any) -> None:
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": disk}
    body = io.BytesIO()
    Image.new("RGB", (60, 40), "blue").save(body, "JPEG")
    picture = SimpleUploadedFile("东门.jpg", body.getvalue())
    browser = visitor(PHONE)
    receipt = browser.post("/cases/report/", NEED | {"pictures": [picture]})
    case = Case.objects.get()
    assert receipt.url == f"/cases/{case.reference}/receipt/"
    assert [one.name for one in files_of(case)] == ["东门.jpg"]
    assert "现场照片 1" in browser.get(f"/cases/{case.reference}/").content.decode()


def test_the_contents_of_the_form_say_what_is_filled_in_and_what_is_at_fault(town: Town) -> None:
    fresh = Client().get("/cases/report/", {"field": "health"}).context["form"]
    assert [one.state for one in fresh.parts()] == ["open", "open", "optional", "open"]
    wrong = Client().post("/cases/report/", NEED | {"phone": "1390", "name": ""}).context["form"]
    assert [(one.state, one.faults) for one in wrong.parts()] == [
        *(("done", 0), ("done", 0), ("optional", 0), ("fault", 2)),
    ]
