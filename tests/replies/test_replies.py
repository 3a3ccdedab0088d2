"""A workstation and the reviewing office keep templates; whoever answers a case picks one, sees it filled, edits and sends it."""

from datetime import date
from pathlib import Path

import pytest
from cases.conftest import Town, _staff, about
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from linli.flows.cases import actions as cases
from linli.flows.cases.models import Case, Statement
from linli.flows.replies import actions, queries, rules
from linli.flows.replies.models import Reply, ReplyStatus
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.core.registry import ref, resolve
from linli.ground.organisations.actions import BodyPlan, set_up_bodies
from tests.factories.people import sign_in

TEXT = "{称呼}：您反映的“{事项}”（{编号}）已于{ 办结日期 }办结。{承办单位}"
FORM = {"verb": "answer", "name": "已办结", "category": "", "scope": "own", "text": TEXT}


def kept(town: Town, **changed: object) -> Reply:
    """A template of the workstation."""
    post = town.actor("worker").post
    assert post is not None
    facts = {"place_path": post.place_path, "body_id": post.body, "verb": "answer", "name": "已办结", "text": TEXT}
    return actions.add(reply=Reply(**(facts | changed)), by=town.actor("worker"))


def accepted(town: Town, **changed: object) -> Case:
    case = town.receive(**changed)
    cases.accept(case, by=town.actor("worker"))
    return case


def test_the_worker_picks_a_template_sees_it_filled_edits_and_sends_it(town: Town) -> None:
    case, reply, worker = accepted(town), kept(town), town.client("worker")
    page = worker.get(f"/cases/{case.reference}/").content.decode()
    assert f'href="/cases/{case.reference}/fill/answer/"' in page
    first = worker.get(f"/cases/{case.reference}/fill/answer/")
    assert (first.context["chosen"], first.context["form"]["text"].value()) == (None, "")
    shown = worker.get(f"/cases/{case.reference}/fill/answer/?use={reply.pk}").context["form"]
    filled = f"张女士：您反映的“东门外人行道路灯连续四晚不亮”（{case.reference}）已于2026年9月14日办结。湖东社区工作站"
    assert shown["text"].value() == filled
    worker.post(shown.action, {"version": shown["version"].value(), "text": filled + "谢谢。"})
    assert Statement.objects.get(kind="answer").text == filled + "谢谢。"


def test_what_the_case_has_nothing_for_is_said_before_anything_is_sent(town: Town) -> None:
    case = accepted(town)
    reply = kept(town, text="电话{单位电话}，受理{受理日期}。")
    answer = town.client("worker").get(f"/cases/{case.reference}/fill/answer/?use={reply.pk}")
    assert (answer.context["chosen"].gaps, answer.context["chosen"].text) == (
        ["单位电话"],
        "电话{单位电话}，受理2026年9月14日。",
    )
    assert "本件没有“单位电话”" in answer.content.decode()


def test_a_step_that_cannot_be_taken_leads_back_to_the_case(town: Town) -> None:
    case, worker = town.receive(), town.client("worker")
    assert worker.get(f"/cases/{case.reference}/fill/answer/").url == f"/cases/{case.reference}/"
    assert worker.get(f"/cases/{case.reference}/fill/note/").status_code == 404


def test_templates_about_a_category_are_offered_for_it_alone(town: Town) -> None:
    lamp = kept(town, name="路灯", category=about("street-light"))
    rest = kept(town)
    worker = town.actor("worker")
    assert [one.reply for one in queries.filled_for(town.receive(category="street-light"), worker, "answer")] == [
        rest,
        lamp,
    ]
    assert [one.reply for one in queries.filled_for(town.receive(), worker, "answer")] == [rest]
    assert [one.reply for one in queries.filled_for(town.receive(), worker, "inform")] == []


def test_a_template_is_kept_previewed_revised_and_ended_by_its_body(town: Town) -> None:
    worker = town.client("worker")
    looked = worker.post("/cases/replies/add/", FORM | {"preview": "1"})
    assert (looked.status_code, Reply.objects.count()) == (200, 0)
    assert "王女士：您反映的“东门外路灯四晚不亮”（7K3M9QXB）" in looked.content.decode()
    assert worker.post("/cases/replies/add/", FORM).url == "/cases/replies/"
    old = Reply.objects.get()
    assert worker.get(old.get_absolute_url()).context["form"]["text"].value() == TEXT
    worker.post(old.get_absolute_url(), FORM | {"text": "已办结。", "category": "street-light"})
    new = Reply.objects.active().get()
    assert (new.text, new.category, Reply.objects.get(pk=old.pk).status) == (
        "已办结。",
        about("street-light"),
        ReplyStatus.ENDED,
    )
    assert worker.get(new.get_absolute_url()).context["form"]["category"].value() == "street-light"
    worker.post(f"/cases/replies/{new.pk}/end/")
    assert not Reply.objects.active().exists()
    assert "还没有模板" in worker.get("/cases/replies/").content.decode()
    verbs = Event.objects.filter(verb__startswith="replies.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [f"replies.reply.{one}" for one in ("add", "end", "add", "end")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [("{称乎}：您好", "“{称乎}”不是可用的占位符"), ("{称呼：您好", "有一个花括号没有成对"), ("｛编号｝", "")],
)
def test_a_broken_placeholder_is_named_with_a_way_out(town: Town, text: str, fault: str) -> None:
    answer = town.client("worker").post("/cases/replies/add/", FORM | {"text": text})
    assert answer.status_code == (422 if fault else 302)
    assert fault in answer.content.decode()
    if fault:
        assert text in answer.content.decode(), "what was typed is still there"
        with pytest.raises(ValidationError):
            kept(town, text=text)


def test_a_name_stands_once_in_a_body(town: Town) -> None:
    kept(town)
    answer = town.client("worker").post("/cases/replies/add/", FORM)
    assert answer.context["form"].errors["name"] == ["已经有同名的模板。"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(
            **{one: getattr(Reply.objects.get(), one) for one in ("place_path", "body", "verb", "name", "text")}
        )


def test_others_neither_see_nor_keep_what_is_a_bodys_own(town: Town) -> None:
    reply = kept(town)
    assert town.client("outsider").get(reply.get_absolute_url()).status_code == 404
    assert Reply.objects.visible_to(town.resident).count() == 0
    assert [rules.may_revise(town.actor(one), reply) for one in ("worker", "mate", "officer", "outsider")] == [
        True,
        True,
        False,
        False,
    ]


def test_what_is_the_citys_is_offered_to_all_and_kept_by_none_of_them(town: Town) -> None:
    assert (actions.load_replies(place_path="1503", by=SYSTEM), actions.load_replies(place_path="1503", by=SYSTEM)) == (
        8,
        0,
    )
    worker, case = town.actor("worker"), accepted(town, category="street-light")
    assert len(queries.filled_for(case, worker, "answer")) == 4
    assert not any(rules.may_revise(worker, one) for one in Reply.objects.all())
    page = town.client("worker").get("/cases/replies/").content.decode()
    assert ("路灯已修复" in page, "/revise/" in page) == (True, False)


def test_the_reviewing_office_keeps_what_everybody_in_the_city_is_offered(town: Town) -> None:
    office = set_up_bodies([BodyPlan("reviewing_office", town.places["1503"], date(2020, 1, 1))], by=SYSTEM)[0]
    reviewer = sign_in(Client(), _staff("reviewer", office, "officer")[0])
    reviewer.post("/cases/replies/add/", FORM | {"scope": "place"})
    reply = Reply.objects.get()
    assert (reply.place_path, reply.body, town.client("worker").get("/cases/replies/").context["groups"][0][1]) == (
        "1503",
        None,
        [(reply, False)],
    )
    assert reviewer.get(reply.get_absolute_url()).context["form"]["scope"].value() == "place"
    assert reviewer.post(reply.get_absolute_url(), FORM | {"scope": "place", "name": "办结"}).status_code == 302
    assert reviewer.post("/cases/replies/add/", FORM).context["form"].errors.keys() == {"scope"}


def test_a_program_reads_what_its_post_is_offered(town: Town) -> None:
    reply = kept(town)
    _token, secret = ApiToken.issue(post=town.actor("worker").post_ref, label="12345", by=SYSTEM)
    answer = Client().get("/api/replies/?verb=answer", headers={"authorization": f"Bearer {secret}"})
    assert answer.json() == [{"id": reply.pk, "verb": "answer", "name": "已办结", "category": None, "text": TEXT}]


def test_a_pack_without_templates_is_no_pack(town: Town, tmp_path: Path) -> None:
    empty = tmp_path / "replies.toml"
    empty.write_text("", encoding="utf-8")
    with pytest.raises(KeyError):
        actions.load_replies(place_path="1503", by=SYSTEM, file=empty)


def test_what_has_ended_is_not_revised(town: Town) -> None:
    reply = kept(town)
    reply.end(by=town.actor("worker"))
    with pytest.raises(Refused):
        actions.revise(reply, into=Reply(), by=town.actor("worker"))


def test_a_template_is_referred_to_by_its_name(town: Town) -> None:
    reply = kept(town)
    found = resolve([ref(reply)], town.actor("worker"))[ref(reply)]
    assert (found.title, found.url) == ("已办结", f"/cases/replies/{reply.pk}/revise/")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("张女士", "张女士"),
        ("欧阳建国先生", "欧阳先生"),
        ("张建国", "居民朋友"),
        ("女士", "居民朋友"),
        ("", "居民朋友"),
    ],
)
def test_nobody_is_addressed_by_a_name_that_is_masked(name: str, address: str) -> None:
    assert queries.address_of(name) == address


@given(some.text(alphabet="{}｛｝称呼编号 好", max_size=30))
def test_a_text_without_faults_is_filled_to_the_end(text: str) -> None:
    filled, gaps = queries.fill(text, queries.SAMPLE)
    if not queries.faults_in(text):
        assert (set(filled) & set("{}｛｝"), gaps) == (set(), [])
