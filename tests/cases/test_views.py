"""The pages of cases as residents and workers use them."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from linli.flows.callbacks import actions as callbacks
from linli.flows.cases import actions, queries
from linli.flows.cases.models import Case, Satisfied, Solved
from linli.ground.core.lifecycle import Conflict
from linli.ground.ui.views import OvertakenMiddleware

from .conftest import PHONE, Town, visitor


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


def test_a_rated_answer_is_not_asked_for_again(town: Town) -> None:
    case, resident = town.receive(), visitor(PHONE)
    actions.accept(case, by=town.actor("worker"))
    actions.answer(case, text="已修好。", by=town.actor("worker"))
    addresses = (case.get_absolute_url(), "/cases/mine/")
    assert ["已答复，等您评价" in resident.get(address).text for address in addresses] == [True, True]
    assert "已答复，待居民评价" in town.client("worker").get(addresses[0]).text
    callbacks.rate(case, contacted=True, solved=Solved.YES, satisfied=Satisfied.YES, remark="", by=town.resident)
    assert ["等您评价" in resident.get(address).text for address in addresses] == [False, False]
    assert "待居民评价" not in town.client("worker").get(addresses[0]).text


def test_mine_shows_only_what_this_phone_reported(town: Town) -> None:
    mine, other = town.receive(), town.receive(phone="13904730009", text="另一个人的事，暖气不热。")
    page = visitor(PHONE).get("/cases/mine/").content.decode()
    assert mine.reference in page
    assert other.reference not in page
    assert Client().get("/cases/mine/").url == "/cases/follow/"


def test_a_part_that_comes_too_late_says_that_somebody_was_quicker(town: Town, rf: RequestFactory) -> None:
    request = rf.post("/cases/X/", headers={"HX-Request": "true"})
    late = OvertakenMiddleware(lambda _request: HttpResponse()).process_exception(request, Conflict())
    assert late is not None
    assert (late.status_code, "有人已经先办理" in late.content.decode()) == (409, True)


def test_who_acts_on_a_page_of_the_round_before_sees_the_page_as_it_is(town: Town) -> None:
    case, worker = town.receive(), town.actor("worker")
    seen = case.version
    actions.accept(case, by=worker)
    actions.answer(case, text="已修好。", by=worker)
    actions.reopen(case, text="又坏了。", by=town.resident)
    late = town.client("worker").post(f"/cases/{case.reference}/accept/", {"version": seen})
    case = Case.objects.get()
    assert (late.status_code, case.status, "重新办理：尚未解决" in late.content.decode()) == (409, "received", True)


def test_a_worker_goes_from_step_to_step_on_the_page(town: Town) -> None:
    case, worker = town.receive(), town.client("worker")
    shown = f"/cases/{case.reference}/"
    for step, facts, said in (
        ("accept", {}, "已受理"),
        ("answer", {"text": "已修好。"}, "已答复"),
        ("close", {"text": "居民满意。"}, "已办结"),
    ):
        version = str(Case.objects.get().version)
        page = worker.post(f"{shown}{step}/", {"version": version} | facts, follow=True)
        assert (page.redirect_chain, said in page.content.decode()) == ([(shown, 302)], True)
    assert [one.text for one in case.statements.order_by("pk")] == ["已修好。", "居民满意。"]


def test_a_step_without_words_that_comes_too_late_shows_no_empty_panel_of_what_was_typed(town: Town) -> None:
    case = town.receive()
    seen = case.version
    actions.accept(case, by=town.actor("mate"))
    late = town.client("worker").post(f"{case.get_absolute_url()}accept/", {"version": seen})
    assert (late.status_code, "刚才有人改动了这件诉求" in late.text, 'id="kept"' in late.text) == (409, True, False)
    actions.answer(case, text="已修好。", by=town.actor("mate"))
    told = town.client("worker").post(f"{case.get_absolute_url()}answer/", {"version": seen, "text": "已派人去看。"})
    assert (told.status_code, "已派人去看。" in told.text, "您填写的内容" in told.text) == (409, True, True)


def test_the_strip_of_days_says_that_it_was_answered(town: Town) -> None:
    case = town.receive()
    actions.accept(case, by=town.actor("worker"))
    actions.answer(case, text="已修好。", by=town.actor("worker"))
    marks = queries.facts_of(case, asked=False)["days"]
    assert [one.note for one in marks if one.kind == "done"] == ["答复"]
