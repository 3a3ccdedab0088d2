"""A case that is overdue is urged by who watches over the place: with words, a new day, and a message to the lead."""

from datetime import timedelta

import pytest

from linli.commons.deadlines.actions import chase
from linli.commons.deadlines.models import Todo
from linli.commons.notices import queries as notices
from linli.faces.desk import queries as desk
from linli.flows.cases import actions, queries, rules
from linli.flows.cases.models import Case, Statement, Word
from linli.flows.worklist.queries import Filter, listed
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.organisations.models import Body

from .conftest import MONDAY, PHONE, Town, visitor

LATE = MONDAY + timedelta(days=8)  # Tuesday 22nd; to be accepted by the 15th, to be answered by the 20th
WORDS = "请今天联系居民，周四前把灯修好。"


def chased(town: Town) -> Case:
    """A case that nobody has accepted, of which the office above its workstation has heard by now."""
    case = town.receive()
    Body.objects.filter(pk=case.lead_id).update(parent=town.bodies["subdistrict_office", "150302006"])
    for days in range(9):
        with clock.stopped_at(MONDAY + timedelta(days=days)):
            chase(by=SYSTEM)
    return case


def lines(town: Town, name: str) -> list[tuple[str, str, str]]:
    """What a desk says of the case: its group, how long it is overdue, the button."""
    home = desk.home(town.actor(name))
    return [(group.urgency.value, line.left.text, str(line.button)) for group in home.groups for line in group.lines]


def test_a_case_is_as_overdue_at_every_desk_as_on_its_page_and_in_the_list(town: Town) -> None:
    case = chased(town)
    with clock.stopped_at(LATE):
        assert lines(town, "worker") == [("overdue", "逾期 6 个工作日", "受理")]
        assert lines(town, "officer") == [("overdue", "逾期 6 个工作日", "督办")]
        [(_case, left)] = listed(town.actor("officer"), Filter()).cases
        assert left is not None
        assert left.text == "逾期 6 个工作日"
        page = town.client("officer").get(case.get_absolute_url()).text
        assert "应于 9月15日（周二）18:00 前受理，现逾期 6 个工作日。" in page
        english = town.client("officer").get(case.get_absolute_url(), headers={"accept-language": "en"}).text
        assert f"To be accepted by {case.lead.name}; the limit was " in english
        assert ", now overdue by 6 working days." in english
        assert [len(desk.overdue(town.actor(name))) for name in ("worker", "officer")] == [1, 1]


def test_the_officer_urges_on_the_page_and_the_lead_is_told(town: Town) -> None:
    case = chased(town)
    with clock.stopped_at(LATE):
        officer, address = town.client("officer"), case.get_absolute_url()
        assert "督办后" in officer.get(address).text
        empty = officer.post(f"{address}urge/", {"version": case.version, "text": ""})
        assert (empty.status_code, "请写明要求" in empty.text) == (422, True)
        done = officer.post(f"{address}urge/", {"version": case.version, "text": WORDS}, follow=True)
        assert ("已督办" in done.text, WORDS in done.text) == (True, True)
        assert lines(town, "officer") == []
        assert lines(town, "worker") == [("overdue", "逾期 6 个工作日", "受理")]
        event = Event.objects.get(verb="deadlines.todo.urge")
        assert {one.account for one in notices.who_must_act(event)} == {
            town.people[name][0].pk for name in ("worker", "mate")
        }
        told = queries.facts_of(case, asked=True)["timeline"]
        assert [(str(one.words), one.text, one.who) for one in told[1:]] == [
            ("逾期督办", WORDS, "滨河街道办事处 · 工作人员")
        ]
        assert WORDS in visitor(PHONE).get(address).text


def test_a_lead_that_stays_silent_is_brought_before_the_officer_again(town: Town) -> None:
    case = chased(town)
    for days in (8, 12):
        with clock.stopped_at(MONDAY + timedelta(days=days)):
            actions.urge(Case.objects.get(), text=WORDS, by=town.actor("officer"))
    with clock.stopped_at(MONDAY + timedelta(days=9)):
        assert chase(by=SYSTEM)[1] == 0
    for days in range(14, 20):
        with clock.stopped_at(MONDAY + timedelta(days=days)):
            chase(by=SYSTEM)
    assert Statement.objects.filter(case=case, kind=Word.URGING).count() == 2
    with clock.stopped_at(MONDAY + timedelta(days=20)):
        assert [one[2] for one in lines(town, "officer")] == ["督办"]
        actions.accept(Case.objects.get(), by=town.actor("worker"))
        assert lines(town, "officer") == []


@pytest.mark.parametrize("days", [0, 8])
def test_nothing_is_urged_that_is_not_overdue_or_is_closed(town: Town, days: int) -> None:
    case = town.receive()
    if days:
        actions.accept(case, by=town.actor("worker"))
        actions.answer(case, text="已修好。", by=town.actor("worker"))
        actions.close(case, text="已回访。", by=town.actor("worker"))
    with clock.stopped_at(MONDAY + timedelta(days=days)), pytest.raises(Refused):
        actions.urge(case, text=WORDS, by=town.actor("officer"))


def test_who_leads_or_watches_over_another_place_urges_nobody(town: Town) -> None:
    case = town.receive()
    may = {name: rules.may_urge(town.actor(name), case) for name in ("worker", "mate", "officer", "outsider")}
    assert may == {"worker": False, "mate": False, "officer": True, "outsider": False}


def test_a_program_urges_with_the_version_that_it_saw(town: Town) -> None:
    case = chased(town)
    with clock.stopped_at(LATE):
        sent = {"version": case.version, "text": WORDS}
        officer = town.client("officer")
        answer = officer.post(f"/api/cases/{case.reference}/urge", sent, content_type="application/json")
        assert (answer.status_code, Todo.objects.open().count()) == (200, 1)


def test_the_call_back_that_is_due_or_overdue_stands_on_the_page(town: Town) -> None:
    case, worker = town.receive(), town.actor("worker")
    actions.accept(case, by=worker)
    actions.answer(case, text="已修好。", by=worker)
    address, client = case.get_absolute_url(), town.client("worker")
    assert "前回访。" in client.get(address).text
    with clock.stopped_at(MONDAY.replace(month=12)):
        client = town.client("worker")
        page = client.get(address).text
    assert "前回访，现逾期" in page
