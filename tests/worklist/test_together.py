"""One step on many cases: looked at, taken row by row, told row by row; what cannot be done holds up no other."""

from collections.abc import Sequence

import pytest
from cases.conftest import Town
from django.test import Client

from linli.flows.cases import actions as cases
from linli.flows.cases.models import Case, Statement, Status
from linli.flows.dispatch import actions as dispatch
from linli.flows.worklist import actions
from linli.flows.worklist.actions import Outcome
from linli.flows.worklist.queries import Filter
from linli.flows.worklist.queries.listing import MOST
from linli.flows.worklist.queries.picked import all_of, picked_of, takers_for


def key(case: Case) -> str:
    return f"{case.reference}.{case.version}"


def picks(*chosen: Case) -> dict[str, list[str]]:
    return {"case": [key(one) for one in chosen]}


def outcomes(client: Client, verb: str, chosen: Sequence[str], **typed: str) -> dict[str, str]:
    answer = client.post(f"/cases/together/{verb}/", {"case": [*chosen], **typed})
    return {case.reference: outcome for case, outcome, _seen in answer.context["rows"]}


def test_several_cases_are_accepted_at_once(town: Town) -> None:
    chosen, worker = [town.receive() for _one in range(3)], town.client("worker")
    page = worker.get("/cases/together/accept/", picks(*chosen))
    assert (page.status_code, page.context["open"], page.context["stuck"]) == (200, 3, 0)
    told = outcomes(worker, "accept", [key(one) for one in chosen])
    assert told == {one.reference: Outcome.DONE for one in chosen}
    assert {one.status for one in Case.objects.all()} == {Status.ACCEPTED}


def test_each_row_says_why_it_was_not_done_and_the_others_are(town: Town) -> None:
    new, done, moved, theirs = (town.receive() for _one in range(4))
    cases.accept(done, by=town.actor("mate"))
    seen = [key(one) for one in (new, done, moved, theirs)]
    cases.note(Case.objects.get(pk=moved.pk), text="电话没有接通。", by=town.actor("mate"))
    committee = town.bodies["residents_committee", "150302006001"]
    dispatch.assign(Case.objects.get(pk=theirs.pk), body=committee, by=town.actor("officer"))
    told = outcomes(town.client("worker"), "accept", [*seen, "NOBODY22.1", "x"])
    assert told == {
        new.reference: Outcome.DONE,
        done.reference: Outcome.REFUSED,
        moved.reference: Outcome.CHANGED,
        theirs.reference: Outcome.FORBIDDEN,
    }


def test_the_preview_says_beforehand_what_cannot_be_done(town: Town) -> None:
    new, done, moved, theirs = (town.receive() for _one in range(4))
    cases.accept(done, by=town.actor("mate"))
    before = key(moved)
    cases.note(moved, text="电话没有接通。", by=town.actor("mate"))
    committee = town.bodies["residents_committee", "150302006001"]
    dispatch.assign(theirs, body=committee, by=town.actor("officer"))
    page = town.client("worker").get("/cases/together/accept/", {"case": [key(new), key(done), before, key(theirs)]})
    assert [one.is_open for one in page.context["picked"]] == [True, False, False, False]
    words = page.content.decode()
    assert [sentence in words for sentence in ("可以办理", "当前状态不能这样办", "期间已有变动", "不在您的权限内")] == [
        True
    ] * 4


def test_what_changed_meanwhile_can_be_looked_at_again_with_what_was_written(town: Town) -> None:
    moved = town.receive()
    seen = key(moved)
    cases.accept(moved, by=town.actor("mate"))
    answer = town.client("worker").post("/cases/together/note/", {"case": [seen], "text": "约了周三上门。"})
    assert (answer.context["done"], answer.context["again"], answer.context["said"]) == (
        0,
        [key(moved)],
        "约了周三上门。",
    )
    again = outcomes(town.client("worker"), "note", answer.context["again"], text="约了周三上门。")
    assert again == {moved.reference: Outcome.DONE}
    assert Statement.objects.get(kind="note").text == "约了周三上门。"


def test_the_dispatcher_gives_several_to_another_lead(town: Town) -> None:
    chosen, officer = [town.receive(), town.receive()], town.client("officer")
    page = officer.get("/cases/together/assign/", picks(*chosen))
    bodies = [value for value, _name in page.context["form"].fields["body"].choices]
    committee = town.bodies["residents_committee", "150302006001"]
    assert committee.reference in bodies
    refused = officer.post("/cases/together/assign/", picks(*chosen))
    assert (refused.status_code, len(refused.context["picked"])) == (422, 2)
    told = outcomes(officer, "assign", [key(one) for one in chosen], body=committee.reference)
    assert ({*told.values()}, {one.lead for one in Case.objects.all()}) == ({Outcome.DONE}, {committee})


def test_only_bodies_that_may_lead_all_of_them_are_offered(town: Town) -> None:
    east, west = town.receive(), town.receive(place=town.west)
    office = town.bodies["subdistrict_office", "150302006"]
    assert (takers_for([east, west]), office in takers_for([east])) == ([office], True)


def test_who_may_not_dispatch_may_not_assign(town: Town) -> None:
    case = town.receive()
    assert town.client("worker").get("/cases/together/assign/", picks(case)).status_code == 403
    results = actions.assign([(case, case.version)], body=case.lead, by=town.actor("worker"))
    assert [one.outcome for one in results] == [Outcome.FORBIDDEN]


def test_all_of_a_filter_are_taken_where_they_are_few_enough(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    lamp, _waste = town.receive(), town.receive(text="垃圾没有清运。")
    worker = town.client("worker")
    page = worker.get("/cases/together/accept/?all=1&q=路灯")
    assert [one.case for one in page.context["picked"]] == [lamp]
    assert [one.case for one in all_of(town.actor("worker"), "note", Filter(), 0)] == [_waste]
    for module in ("views.together",):
        monkeypatch.setattr(f"linli.flows.worklist.{module}.MOST", 1)
    answer = worker.get("/cases/together/accept/?all=1", follow=True)
    assert "一次最多 1 件" in answer.content.decode()


def test_too_many_and_none_are_sent_back_to_the_list_with_a_sentence(town: Town) -> None:
    worker = town.client("worker")
    for chosen, sentence in (
        ([f"NOBODY22.{number}" for number in range(MOST + 1)], f"一次最多 {MOST} 件"),
        ([], "请先选择"),
    ):
        answer = worker.post("/cases/together/note/", {"case": chosen, "status": "received"}, follow=True)
        assert answer.redirect_chain == [("/cases/?status=received", 302)]
        assert sentence in answer.content.decode()


def test_a_key_that_is_none_is_left_out(town: Town) -> None:
    case = town.receive()
    keys = [key(case), case.reference, f"{case.reference}.x", f"{case.reference}.{'9' * 20}", ".1"]
    assert [(one.case, one.version) for one in picked_of(town.actor("worker"), "note", keys[1:] + keys[:1])] == [
        (case, 1)
    ]
