"""Lists at the desk: loaded, looked at, taken over or dropped; the register leaves masked."""

import io
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from people.town import STAGE, Town, enter, post

from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.lists import actions
from linli.ground.lists.models import StagedList
from linli.ground.people.models import Person as Resident
from lists.test_staging import HERE, ROWS, book


def at(name: str, *args: object) -> str:
    return reverse(f"lists:{name}", args=args)


def upload(content: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("list.xlsx", content)}


def test_a_list_is_loaded_looked_at_and_taken_over(browser: Client, worker: Person, town: Town) -> None:
    assert browser.get(at("load")).status_code == 200
    answer = browser.post(at("load"), upload(book(*ROWS)))
    staged = StagedList.objects.get()
    assert answer.url == at("preview", staged.reference)
    page = browser.get(answer.url).content.decode()
    assert ("王某某" in page, "王秀兰" in page, Resident.objects.count()) == (True, False, 0)
    assert browser.post(at("apply", staged.reference)).url == "/residents/"
    assert Resident.objects.count() == 3
    assert browser.get(at("preview", staged.reference)).status_code == 403
    again = browser.post(at("load"), upload(book(*ROWS)))
    assert "The register has all of it already" in browser.get(again.url).content.decode()


def test_a_list_may_be_dropped_or_overtaken(browser: Client, worker: Person, town: Town) -> None:
    for verb in ("drop", "apply"):
        browser.post(at("load"), upload(book(ROWS[1])))
        staged = StagedList.objects.latest("pk")
        if verb == "apply":
            enter(town.east, "李明", phone="13900000002")
        assert browser.post(at(verb, staged.reference)).url == at("load")
    assert Resident.objects.count() == 1


def test_a_faulty_list_is_answered_by_cell(browser: Client, worker: Person) -> None:
    answer = browser.post(at("load"), upload(book(["王", None, "139", None, None, HERE, "湖东社区", None])))
    assert (answer.status_code, "C2" in answer.content.decode()) == (422, True)
    for wrong in (b"x", b"", b"x" * 10_000_002):
        assert browser.post(at("load"), upload(wrong)).status_code == 422
    assert browser.post(at("load")).status_code == 422


def test_another_desks_list_is_not_found(browser: Client, worker: Person, town: Town) -> None:
    staged, _reading = actions.stage_list(book(ROWS[1]), area=town.town.path, by=SYSTEM)
    assert browser.get(at("preview", staged.reference)).status_code == 404
    STAGE["actor"] = Person(ref="people.account:1")
    assert browser.get(at("preview", staged.reference)).status_code == 404


def test_the_template_leaves_as_a_workbook(browser: Client, worker: Person) -> None:
    template = openpyxl.load_workbook(io.BytesIO(browser.get(at("template")).content)).active
    assert [cell.value for cell in template[1]][:3] == ["name of the person", "identity number", "mobile phone"]


def test_only_those_who_keep_the_register_load_a_list(browser: Client, town: Town) -> None:
    STAGE["actor"] = post(RoleCode.MEMBER, town.east.path[:9])
    assert [browser.get(at(name)).status_code for name in ("load", "template")] == [403] * 2
