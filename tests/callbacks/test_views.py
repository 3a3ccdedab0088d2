"""The pages of call-backs: the queue, the call with its three questions, the rates with what stands behind each number."""

from datetime import timedelta

import pytest
from cases.conftest import MONDAY, PHONE, Town
from cases.test_queries import _found, asked, read

from linli.flows.callbacks import actions
from linli.flows.callbacks.models import Exclusion, Reason
from linli.flows.cases import actions as cases
from linli.flows.cases.models import CallBack, Case, Missed, Status, Way
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.models import Event

from .conftest import ANGRY, CONTENT, answered

SAID = {"way": "phone", "contacted": "0", "solved": "no", "satisfied": "no", "remark": "昨晚又不亮了。"}


def test_somebody_of_the_office_calls_from_the_queue(town: Town) -> None:
    case, officer = answered(town), town.client("officer")
    page = officer.get("/cases/call_backs/").text
    assert (case.title in page, PHONE in page, "139****0001" in page) == (True, False, True)
    at = f"/cases/{case.reference}/call_back/"
    form = officer.get(at).text
    assert ("三盏路灯已经恢复。" in form, PHONE in form) == (True, False)
    shown = officer.post(f"{at}unmask/").text
    assert (PHONE in shown, "您的查看已留痕" in shown or "留痕" in shown) == (True, True)
    assert Event.objects.filter(verb="cases.case.unmask").count() == 1
    done = officer.post(at, SAID | {"version": case.version, "reopen": "on"}, follow=True)
    assert "已保存" in done.text
    case = Case.objects.get()
    assert (case.status, case.round, case.ratings[0].way) == (Status.RECEIVED, 2, Way.PHONE)
    assert "没有等待回访的事项" in officer.get("/cases/call_backs/").text
    assert town.client("worker").get(at).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"solved": ""}, "请选择"),
        ({"solved": "yes", "reopen": "on"}, "不需要重新办理"),
        ({"remark": "", "reopen": "on"}, "请写明还有什么没有解决"),
        ({"way": ""}, "请选择联系方式"),
    ],
)
def test_what_is_missing_comes_back_with_what_was_typed(town: Town, wrong: dict[str, str], words: str) -> None:
    case = answered(town)
    page = town.client("officer").post(f"/cases/{case.reference}/call_back/", SAID | {"version": case.version} | wrong)
    assert (page.status_code, words in page.text) == (422, True)
    assert wrong.get("remark") == "" or SAID["remark"] in page.text
    assert not CallBack.objects.exists()


def test_a_call_that_reached_nobody_stands_on_the_call_s_page_and_on_the_case(town: Town) -> None:
    case, officer = answered(town), town.client("officer")
    at = f"/cases/{case.reference}/"
    assert officer.post(f"{at}miss/", {"version": case.version, "way": "phone", "missed": ""}).status_code == 422
    done = officer.post(f"{at}miss/", {"version": case.version, "way": "phone", "missed": "off"}, follow=True)
    assert ("关机或者停机" in done.text, "已登记" in done.text) == (True, True)
    assert "关机或者停机" in officer.get(f"{at}call_back/").text
    assert "1 次，未接通" in officer.get("/cases/call_backs/").text


def test_once_it_can_no_longer_be_reopened_the_form_does_not_offer_it(town: Town) -> None:
    case = answered(town)
    at = f"/cases/{case.reference}/call_back/"
    assert "立即重新办理" in town.client("officer").get(at).text
    with clock.stopped_at(MONDAY + timedelta(days=40)):
        assert "立即重新办理" not in town.client("officer").get(at).text


def test_after_the_judgement_the_phone_is_not_shown_any_more(town: Town) -> None:
    case = answered(town)
    actions.rate(case, **CONTENT, by=town.resident)
    page = town.client("officer").post(f"/cases/{case.reference}/call_back/unmask/")
    assert page.status_code == 403


def test_who_left_no_phone_is_asked_at_the_desk(town: Town) -> None:
    case = answered(town, phone="", by=SYSTEM)
    page = town.client("officer").get(f"/cases/{case.reference}/call_back/").text
    assert "查看姓名和电话" not in page
    assert "没有留电话" in town.client("officer").get("/cases/call_backs/").text


def test_the_rates_show_fractions_percent_and_what_is_left_out(reviewed: Town) -> None:
    town = reviewed
    for said in (CONTENT, CONTENT, ANGRY):
        actions.rate(answered(town), **said, by=town.resident)
    out = answered(town)
    actions.miss(out, way=Way.PHONE, missed=Missed.WRONG, by=town.actor("officer"))
    reviewer = town.client("reviewer")
    page = reviewer.get("/cases/rates/").text
    assert [one in page for one in ("66.7%", "按时联系 2 ÷ 应联系 3", "已剔除 1 件", "海勃湾区")] == [True] * 4
    lead = out.lead.reference
    for query, words in (
        ("by=lead", "湖东社区工作站"),
        ("by=category", "其他环境和设施问题"),
        (f"lead={lead}&category=surroundings-other", "湖东社区工作站"),
        ("place=150302006", "湖东社区"),
        ("by=nonsense&place=%00", "海勃湾区"),
    ):
        assert words in reviewer.get(f"/cases/rates/?{query}").text, query
    behind = reviewer.get("/cases/rates/behind/?of=excluded").text
    assert [one in behind for one in (out.title, "联系不上居民", "滨河街道办事处")] == [True] * 3
    assert reviewer.get("/cases/rates/behind/?of=nothing").status_code == 404
    assert "数字背后没有事项" in reviewer.get("/cases/rates/behind/?first=2020-01-01&last=2020-01-31").text
    sheet = reviewer.get("/cases/rates/export.xlsx?by=lead")
    assert (sheet.status_code, sheet["Content-Type"].endswith("sheet")) == (200, True)


def test_days_in_the_wrong_order_come_back_with_a_sentence(reviewed: Town) -> None:
    page = reviewed.client("reviewer").get("/cases/rates/?first=2026-09-30&last=2026-09-01")
    assert (page.status_code, "结束日期早于开始日期" in page.text, 'value="2026-09-30"' in page.text) == (
        422,
        True,
        True,
    )
    for wrong in ("first=x&last=2026-09-01", "first=2026-09-01", "first=0001-01-01&last=9999-12-31"):
        assert reviewed.client("reviewer").get(f"/cases/rates/?{wrong}").status_code == 422


def test_where_nothing_was_judged_no_rate_is_shown(town: Town) -> None:
    page = town.client("officer").get("/cases/rates/").text
    assert ("还没有人评价" in page, "%</a>" in page) == (True, False)


def test_four_months_are_drawn(town: Town) -> None:
    for months in range(5):
        with clock.stopped_at(MONDAY - timedelta(days=30 * months)):
            CallBack.objects.create(
                case=town.receive(), round=1, way=Way.SELF, lead=town.bodies["workstation", "150302006001"],
                at=clock.now(), **CONTENT,
            )  # fmt: skip
    page = town.client("officer").get("/cases/rates/").text
    assert ("逐月变化" in page, page.count("<polyline")) == (True, 3)


@pytest.mark.parametrize("address", ["/cases/call_backs/", "/cases/rates/?by=lead", "/cases/rates/behind/"])
def test_a_page_costs_the_same_for_one_case_and_for_thirty(town: Town, address: str) -> None:
    one = answered(town)
    actions.miss(one, way=Way.PHONE, missed=Missed.WRONG, by=town.actor("officer"))
    waiting = answered(town)
    client = town.client("officer")
    first = read(client, address)
    for _number in range(10):
        case = answered(town)
        actions.miss(case, way=Way.PHONE, missed=Missed.WRONG, by=town.actor("officer"))
        answered(town)
    many = asked(lambda: _found(client, address))
    assert len(many) == len(first), "\n".join(many)
    assert len(many) <= 12, "\n".join(many)
    assert waiting.status == Status.ANSWERED


def test_the_reviewing_office_leaves_out_and_counts_again_on_the_page(reviewed: Town) -> None:
    case, reviewer = answered(reviewed), reviewed.client("reviewer")
    at = f"/cases/{case.reference}/"
    assert f"{at}exclude/" in reviewer.get(at).text
    assert (
        reviewer.post(f"{at}exclude/", {"version": case.version, "round": "1", "reason": "", "text": ""}).status_code
        == 422
    )
    said = {"version": case.version, "round": "1", "reason": "outside", "text": "属于市政养护职责。"}
    assert "已从三率中剔除" in reviewer.post(f"{at}exclude/", said, follow=True).text
    assert Exclusion.objects.standing().get().reason == Reason.OUTSIDE
    back = {"version": case.version, "round": "1", "text": "经复核，应当计入。"}
    assert "已恢复计入三率" in reviewer.post(f"{at}include/", back, follow=True).text
    assert not Exclusion.objects.standing().exists()


def test_programs_call_back_and_read_the_rates(reviewed: Town) -> None:
    town, officer, reviewer = reviewed, reviewed.client("officer"), reviewed.client("reviewer")
    case = answered(town)
    [row] = officer.get("/api/callbacks/").json()["items"]
    assert (row["reference"], row["tries"]) == (case.reference, 0)
    sent = {"content_type": "application/json"}
    at = f"/api/callbacks/{case.reference}"
    heard = {
        "version": case.version,
        "way": "phone",
        "contacted": True,
        "solved": "no",
        "satisfied": "no",
        "remark": "",
    }
    assert officer.post(f"{at}/call_back", heard | {"reopen": True}, **sent).status_code == 422
    missed = {"version": case.version, "way": "phone", "missed": "no_answer"}
    version = officer.post(f"{at}/miss", missed, **sent).json()["version"]
    said = heard | {"version": version, "remark": "还是不亮。", "reopen": True}
    assert officer.post(f"{at}/call_back", said, **sent).json()["round"] == 2
    span = "place=1503&first=2026-09-01&last=2026-09-30"
    [line] = reviewer.get(f"/api/callbacks/rates?{span}").json()
    assert (line["key"], line["response"], line["solution"], line["due"]) == ("150302", "100.0%", "0.0%", 1)
    out = {"version": Case.objects.get().version, "round": 1, "reason": "repeated", "text": "反复反映同一件事。"}
    assert reviewer.post(f"{at}/exclude", out, **sent).status_code == 200
    [behind] = reviewer.get(f"/api/callbacks/behind?of=excluded&{span}").json()["items"]
    assert (behind["reference"], behind["round"]) == (case.reference, 1)
    again = {"version": Case.objects.get().version, "round": 1, "text": "经复核应当计入。"}
    assert reviewer.post(f"{at}/include", again, **sent).status_code == 200
    wide = "place=1503&first=0001-01-01&last=9999-12-31"
    assert reviewer.get(f"/api/callbacks/rates?{wide}").status_code == 422


def test_a_resident_rates_by_program_and_reads_what_is_overdue(town: Town) -> None:
    case = town.receive()
    cases.accept(case, by=town.actor("worker"))
    with clock.stopped_at(MONDAY + timedelta(days=20)):
        worker = town.client("worker")
        one = worker.get(f"/api/cases/{case.reference}").json()
        [listed] = worker.get("/api/cases/").json()["items"]
    assert one["standing"] == listed["standing"]
    assert (one["standing"]["due_at"][:10], one["standing"]["overdue"]) == ("2026-09-20", ["cases.answer"])
