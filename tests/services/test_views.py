"""The pages of applications as residents and the desk use them, and the API beside them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from faults.papers import picture

from linli.commons.files.queries import files_of
from linli.flows.services import actions
from linli.flows.services.models import Application, ApplicationStatus, Outcome
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.organisations.models import Body

from .conftest import SPOT, URGENT, Desk

APPLY = f"/services/apply/{URGENT}/"
FORM = {"name": "张女士", "place": "150302006001", "sending": "one-form"}


def post(desk: Desk, who: str, one: Application, verb: str, **typed: object) -> int:
    client = desk.browser() if who == "resident" else desk.town.client(who)
    fresh = Application.objects.get(pk=one.pk)
    typed = {"version": fresh.version} | typed
    return client.post(f"/services/{one.reference}/{verb}/", typed).status_code


def test_a_resident_applies_without_what_sharing_brings(desk: Desk) -> None:
    client = desk.browser()
    page = client.get(APPLY).content.decode()
    assert "以下材料通过数据共享取得" in page
    assert ("material_1" in page, "material_2" in page, "material_3" in page) == (True, True, False)
    answer = client.post(APPLY, FORM | {"material_1": picture("申请表.jpg")})
    one = Application.objects.get()
    assert [paper.is_given for paper in one.papers.all()] == [True, False, False]
    (file,) = files_of(one.papers.get(position=1))
    shown = client.get(one.get_absolute_url()).content.decode()
    assert (file.get_absolute_url() in shown, "临时救助申请表，上传件 1" in shown) == (True, True)
    served = client.get(file.get_absolute_url())
    assert (served.status_code, served.getvalue()[:2]) == (200, b"\xff\xd8")
    for stranger in (desk.town.client("outsider"), Client()):
        assert stranger.get(file.get_absolute_url()).status_code == 404
    assert (answer["Location"], one.channel, one.applicant.person_id) == (
        one.get_absolute_url(),
        "web",
        desk.account.person_id,
    )
    assert "临时救助申请" in client.get("/services/mine/").content.decode()
    assert client.post(APPLY, FORM)["Location"] == one.get_absolute_url()


def test_a_visitor_signs_in_first_and_nobody_applies_for_what_has_ended(desk: Desk) -> None:
    assert "/people/sign-in/" in Client().get(APPLY)["Location"]
    assert Client().get("/services/mine/")["Location"] == "/people/sign-in/?next=/services/mine/"
    one = desk.receive()
    one.item.end(on=one.item.valid_from, by=SYSTEM)
    assert desk.browser().get(APPLY).status_code == 403


def test_an_application_where_nobody_answers_is_not_taken(desk: Desk) -> None:
    Body.objects.update(ended_on="2026-09-01")
    answer = desk.browser().post(APPLY, FORM)
    assert (answer.status_code, "请拨打 12345" in answer.content.decode()) == (422, True)


def test_the_whole_life_through_the_pages(desk: Desk) -> None:
    one = desk.receive()
    assert post(desk, "worker", one, "ask-papers") == 422
    assert post(desk, "worker", one, "ask-papers", gap_2="票据不清楚") == 302
    page = desk.browser().get(one.get_absolute_url()).content.decode()
    assert all(word in page for word in ("一次性告知，需要补正", "票据不清楚", "补交材料"))
    assert post(desk, "resident", one, "complete") == 422
    assert post(desk, "resident", one, "complete", text="已经交到窗口") == 302
    assert post(desk, "worker", one, "ask-papers", gap_2="还不清楚") == 409
    assert post(desk, "worker", one, "accept") == 302
    assert post(desk, "officer", one, "extend", text="需要核实") == 302
    assert post(desk, "worker", one, "decide", outcome="0") == 422
    assert post(desk, "worker", one, "decide", outcome="0", reason="不符合条件") == 302
    assert post(desk, "worker", one, "deliver") == 302
    assert post(desk, "resident", one, "rate", satisfied="fairly", remark="") == 302
    page = desk.browser().get(one.get_absolute_url()).content.decode()
    assert all(word in page for word in ("不予办理", "申请行政复议", "基本满意"))


def test_each_gap_is_filled_by_its_own_upload_or_by_a_word(desk: Desk) -> None:
    one = desk.receive()
    actions.ask_papers(one, gaps={1: "没有签名", 2: "票据不清楚"}, by=desk.worker)
    assert post(desk, "resident", one, "complete", material_1=picture("申请表.jpg")) == 422
    uploads = {f"material_{number}": picture(f"{number}.jpg") for number in (1, 2)}
    assert post(desk, "resident", one, "complete", **uploads) == 302
    assert [len(files_of(paper)) for paper in one.papers.all()] == [1, 1, 0]
    assert [paper.is_given for paper in one.papers.all()] == [True, True, False]


def test_what_is_only_half_brought_stays_half_missing(desk: Desk) -> None:
    one = desk.receive()
    actions.ask_papers(one, gaps={1: "没有签名", 2: "票据不清楚"}, by=desk.worker)
    actions.complete(one, files={2: []}, by=desk.resident)
    assert [paper.is_given for paper in one.papers.all()] == [False, True, False]


def test_the_desk_takes_paper_and_pictures(desk: Desk) -> None:
    client, url = desk.town.client("worker"), f"/services/register/{URGENT}/"
    assert 'name="given"' in client.get(url).content.decode()
    client.post(url, FORM | {"phone": "", "given": ["2"], "material_1": picture("1.jpg")})
    assert [paper.is_given for paper in Application.objects.get().papers.all()] == [True, True, False]


def test_the_desk_applies_for_somebody_and_does_it_on_the_spot(desk: Desk) -> None:
    client = desk.town.client("worker")
    url = f"/services/register/{SPOT}/"
    assert "湖东社区" in client.get(url).content.decode()
    answer = client.post(url, FORM | {"name": "刘奶奶", "phone": ""})
    one = Application.objects.get()
    assert (answer["Location"], one.applicant.phone, bool(one.helped_by)) == (one.get_absolute_url(), "", True)
    assert post(desk, "worker", one, "settle") == 302
    assert Application.objects.get().status == ApplicationStatus.DELIVERED
    elsewhere = client.post(url, FORM | {"name": "刘奶奶", "phone": "", "place": "150302007001"})
    assert elsewhere["Location"] == "/services/queue/"


def test_who_applied_is_masked_until_somebody_looks(desk: Desk) -> None:
    one, client = desk.receive(), desk.town.client("worker")
    page = client.get(one.get_absolute_url()).content.decode()
    assert ("139****0001" in page, "13904730001" in page) == (True, False)
    assert "13904730001" in client.post(f"/services/{one.reference}/unmask/").content.decode()


def test_what_was_typed_survives_a_conflict(desk: Desk) -> None:
    one = desk.receive()
    actions.accept(one, by=desk.worker)
    client = desk.town.client("worker")
    answer = client.post(f"/services/{one.reference}/ask-papers/", {"version": 1, "gap_2": "票据不清楚"})
    page = answer.content.decode()
    assert (answer.status_code, "票据不清楚" in page, "刚才有人改动了这件办件" in page) == (409, True, True)


@pytest.mark.parametrize("status", ["waiting", "", "received", "nonsense"])
def test_the_queue_costs_the_same_for_one_and_for_many(desk: Desk, status: str) -> None:
    client, counts = desk.town.client("worker"), []
    for more in (1, 6):
        for _each in range(more):
            desk.receive()
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/services/queue/", {"status": status}).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14


def test_an_empty_queue_says_so(desk: Desk) -> None:
    assert "没有等待办理的办件" in desk.town.client("worker").get("/services/queue/").content.decode()
    assert "没有这样的办件" in desk.town.client("reviewer").get("/services/queue/").content.decode()
    assert "您还没有申请过事项" in desk.browser().get("/services/mine/").content.decode()


def test_the_page_of_an_application_asks_a_bounded_number_of_questions(desk: Desk) -> None:
    one = desk.receive()
    client = desk.town.client("worker")
    client.get(one.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(one.get_absolute_url())
    assert len([one for one in asked if "database_change" not in one["sql"]]) <= 18


def test_a_program_in_a_post_works_through_the_api(desk: Desk) -> None:
    one = desk.receive()
    _token, secret = ApiToken.issue(post=desk.worker.post_ref, label="政务系统", by=SYSTEM)

    def call(verb: str, **said: Any) -> tuple[int, dict[str, Any]]:
        version = Application.objects.get(pk=one.pk).version
        answer = Client().post(
            f"/api/services/{one.reference}/{verb}",
            {"version": version} | said,
            content_type="application/json",
            headers={"authorization": f"Bearer {secret}"},
        )
        return answer.status_code, answer.json()

    assert call("ask_papers", gaps={"2": "不清楚"})[1]["papers"][1]["gap"] == "不清楚"
    assert call("complete", text="送来了")[0] == 403
    actions.complete(Application.objects.get(pk=one.pk), text="送来了", by=desk.resident)
    assert call("ask_papers", text="还缺")[0] == 409
    assert [call("accept")[0], call("accept")[0]] == [200, 409]
    assert call("decide", outcome=0)[0] == 422
    assert call("decide", outcome=Outcome.GRANTED)[1]["status"] == "decided"
    assert call("deliver")[1]["outcome"] == 1
    headers = {"authorization": f"Bearer {secret}"}
    listed = Client().get("/api/services/", {"status": "delivered"}, headers=headers).json()
    assert [each["reference"] for each in listed["items"]] == [one.reference]
    assert Client().get(f"/api/services/{one.reference}", headers=headers).json()["item"] == URGENT


def test_a_program_applies_for_somebody(desk: Desk) -> None:
    _token, secret = ApiToken.issue(post=desk.worker.post_ref, label="政务系统", by=SYSTEM)
    headers = {"authorization": f"Bearer {secret}", "idempotency-key": "7"}

    def call(**changed: object) -> tuple[int, dict[str, Any]]:
        said = {"place": "150302006001", "name": "刘奶奶", "phone": "139 0473 0055", "given": [1]} | changed
        url = f"/api/services/register/{URGENT}"
        answer = Client().post(url, said, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    (first, told), (again, same) = call(), call()
    one = Application.objects.get()
    assert (first, again, told["reference"], same["reference"]) == (201, 201, one.reference, one.reference)
    assert (one.channel, one.helped_by, one.applicant.phone) == ("api", desk.worker.post_ref, "13904730055")
    assert [paper["is_given"] for paper in told["papers"]] == [True, False, False]
    assert call(phone="")[0] == 201
    assert call(place="150302099001") == (422, {"detail": "place: unknown code"})
    assert call(phone="1390473")[1]["detail"].startswith("phone: ")
    assert desk.worker.post is not None
    Body.objects.exclude(pk=desk.worker.post.body).update(ended_on="2026-09-01")
    assert call(place=desk.town.west.path) == (422, {"detail": "place: nobody takes applications there yet"})


def test_an_application_is_taken_back_on_its_page(desk: Desk) -> None:
    one = desk.receive()
    assert post(desk, "resident", one, "withdraw", text="情况有变化，暂时不办了。") == 302
    one.refresh_from_db()
    assert one.status == ApplicationStatus.WITHDRAWN
