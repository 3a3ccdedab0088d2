"""A phone is proven by its code: what was typed waits on the server meanwhile, and going back or asking twice loses nothing."""

from datetime import timedelta
from typing import Any

import pytest
from cases.conftest import MONDAY, NEED, PHONE, STRANGER, TEXT, Town, visitor
from django.test import Client

from linli.flows.cases.models import Case
from linli.ground.core import clock
from linli.ground.people.actions import send_code
from linli.ground.people.models import PhoneCode, Purpose
from linli.ground.people.queries import last_code

CONFIRM, FOLLOWED = "/cases/report/confirm/", "/cases/follow/confirm/"


def code() -> dict[str, str]:
    return {"code": last_code(PHONE) or ""}


def at(minutes: float) -> Any:
    return clock.stopped_at(MONDAY + timedelta(minutes=minutes))


def test_an_unknown_phone_is_asked_for_its_code_and_nothing_is_taken_in_yet(town: Town) -> None:
    browser = Client()
    assert browser.post("/cases/report/", NEED).url == CONFIRM
    page = browser.get(CONFIRM).text
    assert ("139****0001" in page, "10:12" in page, "10:17 前有效" in page) == (True, True, True)
    assert not Case.objects.exists()
    done = browser.post(CONFIRM, code())
    case = Case.objects.get()
    assert (done.url, case.text, case.reporter.name) == (f"/cases/{case.reference}/receipt/", TEXT, "张女士")


def test_a_wrong_code_is_said_at_its_field_and_a_right_one_still_counts(town: Town) -> None:
    browser = Client()
    browser.post("/cases/report/", NEED)
    wrong = browser.post(CONFIRM, {"code": "000000"}, follow=True)
    assert (wrong.redirect_chain, wrong.status_code) == ([(CONFIRM, 302)], 422)
    assert wrong.context["proof"].errors["code"] == ["验证码不对，还可以试 4 次。"]
    assert browser.get(CONFIRM).status_code == 200, "said once"
    assert browser.post(CONFIRM, {}, follow=True).context["proof"].errors["code"] == ["请输入短信里的 6 位数字"]
    assert browser.post(CONFIRM, code()).status_code == 302


def test_who_goes_back_and_asks_again_is_told_of_the_code_that_is_still_good(town: Town) -> None:
    browser = Client()
    browser.post("/cases/report/", NEED)
    with at(0.5):
        assert browser.post("/cases/report/", NEED | {"where": "西门"}).url == CONFIRM
        page = browser.get(CONFIRM).text
    assert (PhoneCode.objects.count(), "验证码已于 10:12 发送" in page, "is-invalid" in page) == (1, True, False)
    browser.post(CONFIRM, code())
    assert Case.objects.get().where == "西门"


def test_another_code_is_sent_after_a_minute_and_before_it_is_said_when(town: Town) -> None:
    browser = Client()
    browser.post("/cases/report/", NEED)
    with at(0.5):
        early = browser.post(CONFIRM, {"resend": "1"}, follow=True)
        assert (early.redirect_chain, "30 秒" in early.text) == ([(CONFIRM, 302)], True)
    with at(2):
        again = browser.post(CONFIRM, {"resend": "1"}, follow=True)
        assert (PhoneCode.objects.count(), "验证码已于 10:14 发送" in again.text) == (2, True)
    with at(8):
        assert "已失效或已超过五分钟" in browser.get(CONFIRM).text


def test_where_no_code_may_be_sent_the_form_says_so_and_keeps_what_was_typed(town: Town) -> None:
    for minutes in range(10):
        with at(minutes * 2):
            send_code(phone=PHONE, purpose=Purpose.CONTACT)
    with at(60):
        for address, typed in (("/cases/report/", NEED), ("/cases/follow/", {"reference": "ABCD2345", "phone": PHONE})):
            answer = Client().post(address, typed)
            assert (answer.status_code, "12345" in answer.text, PHONE in answer.text) == (422, True, True)


def test_back_to_the_form_shows_what_was_typed_and_sends_what_is_typed_then(town: Town) -> None:
    browser = Client()
    browser.post("/cases/report/", NEED)
    again = browser.get("/cases/report/?edit=1")
    assert (again.status_code, TEXT in again.text, "东门" in again.text) == (200, True, True)
    browser.post("/cases/report/?edit=1", NEED | {"text": "路灯又亮了，不过一闪一闪。"})
    browser.post(CONFIRM, code())
    assert Case.objects.get().text == "路灯又亮了，不过一闪一闪。"
    assert TEXT not in browser.get("/cases/report/?edit=1").text


def test_going_back_after_the_receipt_leads_to_ones_matters_and_brings_no_second_case(town: Town) -> None:
    browser = Client()
    assert browser.get(CONFIRM).url == "/cases/report/", "nothing was typed"
    browser.post("/cases/report/", NEED)
    typed = code()
    browser.post(CONFIRM, typed)
    assert (browser.get(CONFIRM).url, browser.post(CONFIRM, typed).url) == ("/cases/mine/", "/cases/mine/")
    assert Case.objects.count() == 1


def test_what_was_typed_is_kept_for_half_an_hour_and_is_nobody_elses(town: Town) -> None:
    browser = Client()
    browser.post("/cases/report/", NEED)
    assert TEXT not in str(dict(browser.session.items())), "encrypted"
    assert TEXT not in Client().get("/cases/report/?edit=1").text
    with at(31):
        assert browser.get(CONFIRM).url == "/cases/report/"


def test_what_no_longer_holds_goes_back_to_the_form(town: Town) -> None:
    browser = Client()
    browser.post("/cases/report/", NEED)
    town.bodies.clear()
    type(town.east).objects.filter(pk=town.east.pk).update(ended_on=MONDAY.date())
    assert browser.get(CONFIRM).url == "/cases/report/?edit=1"


def test_follow_asks_a_phone_that_is_not_proven_for_its_code(town: Town) -> None:
    case, browser = town.receive(), Client()
    assert browser.get(FOLLOWED).url == "/cases/follow/"
    assert browser.post("/cases/follow/", {"reference": case.reference, "phone": PHONE}).url == FOLLOWED
    asked = browser.get(FOLLOWED)
    assert (asked.status_code, TEXT[:5] in asked.text, "139****0001" in asked.text) == (200, False, True)
    assert case.reference in browser.get("/cases/follow/?edit=1").text
    assert browser.post(FOLLOWED, {"code": "000000"}, follow=True).status_code == 422
    assert browser.post(FOLLOWED, code()).url == f"/cases/{case.reference}/"


@pytest.mark.parametrize("known", [False, True])
def test_a_wrong_reference_after_a_right_code_is_answered_the_same_whether_it_exists(town: Town, known: bool) -> None:
    others = town.receive(phone=STRANGER).reference
    said = []
    for reference in (others, "NPSVCH22"):
        typed = {"reference": reference, "phone": PHONE}
        browser = visitor(PHONE) if known else Client()
        answer = browser.post("/cases/follow/", typed)
        if not known:
            with at(0.1):
                answer = browser.post(FOLLOWED, code())
        assert (answer.status_code, reference in answer.text, PHONE in answer.text) == (422, True, True)
        assert ('href="/cases/mine/"' in answer.text, "请对照回执核对编号" in answer.text) == (True, True)
        said.append(answer.context["form"].errors)
        PhoneCode.objects.all().delete()
    assert said[0] == said[1]
