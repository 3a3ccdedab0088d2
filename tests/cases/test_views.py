"""The pages of cases as residents and workers use them."""

from datetime import date

import pytest
from django.test import Client

from linli.flows.cases.models import Case
from linli.ground.organisations.models import Body

from .conftest import PHONE, TEXT, Town, visitor

NEED = {
    "text": TEXT,
    "field": "surroundings",
    "place": "150302006001",
    "where": "东门",
    "name": "张女士",
    "phone": PHONE,
}


def test_a_proven_phone_reports_without_a_second_code(town: Town) -> None:
    answer = visitor(PHONE).post("/cases/report/", NEED)
    case = Case.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/cases/{case.reference}/receipt/")
    assert case.reporter.name == "张女士"


def test_an_unknown_phone_is_asked_for_its_code_and_nothing_is_taken_in_yet(town: Town) -> None:
    answer = Client().post("/cases/report/", NEED)
    assert answer.status_code == 200
    assert "139****0001" in answer.content.decode()
    assert not Case.objects.exists()


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


def test_the_worker_sees_a_masked_name_until_they_ask(town: Town) -> None:
    case = town.receive()
    worker = town.client("worker")
    page = worker.get(f"/cases/{case.reference}/").content.decode()
    assert PHONE not in page
    assert "139****0001" in page
    assert PHONE in worker.post(f"/cases/{case.reference}/unmask/").content.decode()


@pytest.mark.parametrize("reference", ["", "NOSUCH22"])
def test_a_strangers_case_is_not_there(town: Town, reference: str) -> None:
    case = town.receive()
    stranger = visitor("13904730009")
    assert stranger.get(f"/cases/{reference or case.reference}/").status_code == 404


def test_follow_leads_to_the_case_of_a_proven_phone(town: Town) -> None:
    case = town.receive()
    typed = {"reference": f"{case.reference[:4].lower()}-{case.reference[4:]}", "phone": PHONE}
    assert visitor(PHONE).post("/cases/follow/", typed).url == f"/cases/{case.reference}/"


def test_mine_shows_only_what_this_phone_reported(town: Town) -> None:
    mine, other = town.receive(), town.receive(phone="13904730009", text="另一个人的事，暖气不热。")
    page = visitor(PHONE).get("/cases/mine/").content.decode()
    assert mine.reference in page
    assert other.reference not in page
    assert Client().get("/cases/mine/").url == "/cases/follow/"
