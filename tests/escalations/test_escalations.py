"""A lead whistles for a higher body: that reports in in time or everybody sees that it does not; the lead stays the lead unless ruled."""

from datetime import timedelta

import pytest
from cases.conftest import MONDAY, PHONE, Town, visitor
from cases.test_queries import PAGE, read
from django.db import IntegrityError, transaction
from django.db.models import F

from linli.commons.deadlines.models import Todo
from linli.commons.notices.templates import of
from linli.flows.cases import actions as cases
from linli.flows.cases.models import Case, Helper, Statement, Status
from linli.flows.cases.queries import clock_of
from linli.flows.dispatch import actions as dispatch
from linli.flows.escalations import actions, queries, rules
from linli.flows.escalations.models import Answer, Escalation
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body

WHY = "社区两次联系养护单位都没有结果，需要主管部门协调。"
SAYS = "三天内派养护队到场。"


def owed(case: Case) -> dict[str, int]:
    return dict(Todo.objects.open().filter(about=ref(case)).values_list("verb", "body"))


def accepted(town: Town) -> Case:
    case = town.receive()
    cases.accept(case, by=town.actor("worker"))
    return case


def department(town: Town) -> Body:
    return town.bodies["department", "1503"]


def office(town: Town) -> Body:
    return town.bodies["subdistrict_office", "150302006"]


def whistled(town: Town, body: Body) -> Case:
    case = accepted(town)
    actions.whistle(case, body=body, text=WHY, by=town.actor("worker"))
    return case


def statuses(case: Case) -> list[str]:
    return list(Escalation.objects.filter(case=case).values_list("status", flat=True))


def test_the_body_called_for_owes_an_answer_and_the_lead_stays_the_lead(city: Town) -> None:
    before = clock_of(accepted(city)).due_at
    case = whistled(city, department(city))
    assert owed(case) == {"cases.answer": case.lead_id, "cases.report_in": department(city).pk}
    assert Todo.objects.get(about=ref(case), verb="cases.report_in").due_at == MONDAY.replace(day=15, hour=10, minute=0)
    assert clock_of(case).due_at == before, "the resident's time goes on"
    assert Case.objects.visible_to(city.actor("department")).filter(pk=case.pk).exists()
    with pytest.raises(Refused):
        actions.whistle(case, body=department(city), text=WHY, by=city.actor("worker"))
    with pytest.raises(Refused):
        actions.whistle(case, body=case.lead, text=WHY, by=city.actor("worker"))


def test_who_takes_part_is_a_co_handler_with_a_time_of_its_own(city: Town) -> None:
    case = whistled(city, department(city))
    actions.report_in(case, answer=Answer.TAKES_PART, text=SAYS, by=city.actor("department"))
    assert (statuses(case), Helper.objects.get(case=case).body) == (["takes_part"], department(city))
    assert owed(case) == {"cases.answer": case.lead_id, "cases.contribute": department(city).pk}
    with pytest.raises(Refused):
        actions.report_in(case, answer=Answer.TAKES_PART, text=SAYS, by=city.actor("department"))


def test_who_helps_already_is_not_asked_twice(city: Town) -> None:
    case = accepted(city)
    dispatch.ask_help(case, body=office(city), wanted="协调", by=city.actor("worker"))
    actions.whistle(case, body=office(city), text=WHY, by=city.actor("worker"))
    actions.report_in(case, answer=Answer.TAKES_PART, text=SAYS, by=city.actor("officer"))
    assert Helper.objects.filter(case=case).count() == 1


def test_who_says_why_not_owes_nothing_any_more(city: Town) -> None:
    case = whistled(city, department(city))
    actions.report_in(case, answer=Answer.DECLINES, text="属于电力部门职责。", by=city.actor("department"))
    assert (statuses(case), owed(case)) == (["declines"], {"cases.answer": case.lead_id})
    actions.whistle(case, body=department(city), text=WHY, by=city.actor("worker"))
    assert statuses(case) == ["declines", "waiting"], "it may be called for again"


@pytest.mark.parametrize("answer", [Answer.WAITING, Answer.LEADS, Answer.ENDED])
def test_an_answer_is_one_of_three(city: Town, answer: Answer) -> None:
    case = whistled(city, department(city))
    with pytest.raises(Refused):
        actions.report_in(case, answer=answer, text=SAYS, by=city.actor("department"))


def test_an_offer_to_lead_waits_for_the_dispatcher(city: Town) -> None:
    case, first = whistled(city, department(city)), city.bodies["workstation", "150302006001"]
    actions.report_in(case, answer=Answer.OFFERS, text=SAYS, by=city.actor("department"))
    assert (case.lead, owed(case)) == (first, {"cases.answer": first.pk, "cases.hand_over": office(city).pk})
    actions.hand_over(case, is_granted=True, text="由主管部门牵头。", by=city.actor("officer"))
    assert (case.lead, case.lead_by, case.status) == (department(city), "ruling", Status.ACCEPTED)
    assert (statuses(case), owed(case)) == (["leads"], {"cases.answer": department(city).pk})
    assert Todo.objects.open().get(about=ref(case)).due_at == clock_of(case).due_at
    assert Case.objects.visible_to(city.actor("worker")).filter(pk=case.pk).exists()
    cases.answer(case, text="路灯已换新。", by=city.actor("department"))
    with pytest.raises(Refused):
        actions.hand_over(case, is_granted=True, text="再裁定。", by=city.actor("officer"))


def test_the_dispatcher_may_leave_the_lead_and_the_other_takes_part(city: Town) -> None:
    case = whistled(city, department(city))
    actions.report_in(case, answer=Answer.OFFERS, text=SAYS, by=city.actor("department"))
    before, event = case.lead, Event.objects.count()
    actions.hand_over(case, is_granted=False, text="仍由首接单位牵头。", by=city.actor("officer"))
    assert (case.lead, case.lead_by, statuses(case)) == (before, "nearest", ["takes_part"])
    assert owed(case) == {"cases.answer": before.pk, "cases.contribute": department(city).pk}
    assert Event.objects.count() > event


def test_a_dispatcher_that_was_called_for_takes_over_at_once_also_before_anybody_accepts(city: Town) -> None:
    case = city.receive()
    dispatch.ask_help(case, body=office(city), wanted="协调", by=city.actor("worker"))
    actions.whistle(case, body=office(city), text=WHY, by=city.actor("worker"))
    actions.report_in(case, answer=Answer.OFFERS, text=SAYS, by=city.actor("officer"))
    assert (case.lead, statuses(case)) == (office(city), ["leads"])
    assert (owed(case), Helper.objects.exists()) == ({"cases.accept": office(city).pk}, False)


def test_one_offer_at_a_time_waits_for_the_ruling(city: Town) -> None:
    case = whistled(city, department(city))
    reviewing = city.bodies["reviewing_office", "1503"]
    actions.report_in(case, answer=Answer.OFFERS, text=SAYS, by=city.actor("department"))
    Escalation.objects.create(case=case, body=reviewing, lead=case.lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.filter(body=reviewing).update(status=Answer.OFFERS, reported_at=clock.now())
    outsider = city.bodies["workstation", "150302007001"]
    Escalation.objects.filter(body=reviewing).update(body=outsider)
    case.ask(outsider)
    with pytest.raises(Refused):
        actions.report_in(case, answer=Answer.OFFERS, text=SAYS, by=city.actor("outsider"))


@pytest.mark.parametrize("how", ["answer", "refuse"])
def test_with_the_answer_nobody_has_to_report_in_any_more(city: Town, how: str) -> None:
    case = whistled(city, department(city))
    if how == "answer":
        cases.answer(case, text="路灯已恢复。", by=city.actor("worker"))
    else:
        cases.refuse(case, ground="court", text="已在法院审理。", by=city.actor("worker"))
    assert (statuses(case), "cases.report_in" in owed(case)) == (["ended"], False)
    with pytest.raises(Refused):
        actions.whistle(case, body=department(city), text=WHY, by=city.actor("worker"))
    assert not rules.may_report_in(city.actor("department"), case)


def test_an_overdue_whistle_is_seen_by_all_who_see_the_case(city: Town) -> None:
    case = whistled(city, department(city))
    at = case.get_absolute_url()
    with clock.stopped_at(MONDAY + timedelta(days=3)):
        for page in (
            visitor(PHONE).get(at),
            *(city.client(name).get(at) for name in ("worker", "officer", "department")),
        ):
            assert "前报到，现逾期" in page.text
            assert str(department(city).name) in page.text
        one = city.client("worker").get(f"/api/cases/{case.reference}").json()
    assert one["standing"]["overdue"] == ["cases.report_in"]


def test_the_body_and_the_lead_are_told(city: Town) -> None:
    case = whistled(city, department(city))
    actions.report_in(case, answer=Answer.DECLINES, text="属于电力部门职责。", by=city.actor("department"))
    for verb, names in (("whistle", {"department"}), ("report_in", {"worker", "mate"})):
        event = Event.objects.get(subject=ref(case), verb=f"cases.case.{verb}")
        assert WHY not in str(event.data)
        [template] = of(event.verb)
        assert {one.account for one in template.audience(event)} == {city.people[name][0].pk for name in names}
    event.subject = "cases.case:0"
    assert queries.who_whistled(event) == []


def test_bodies_above_and_departments_may_be_called_for_once_at_a_time(city: Town) -> None:
    case = accepted(city)
    assert queries.higher_than(case) == [office(city), department(city)]
    actions.whistle(case, body=office(city), text=WHY, by=city.actor("worker"))
    assert queries.higher_than(case) == [department(city)]


def test_who_may(city: Town) -> None:
    case = whistled(city, department(city))
    names = ("worker", "officer", "department", "reviewer", "outsider")
    table = {
        rule.__name__: [name for name in names if rule(city.actor(name), case)]
        for rule in (rules.may_whistle, rules.may_report_in, rules.may_hand_over)
    }
    assert table == {
        "may_whistle": ["worker"],
        "may_report_in": ["department"],
        "may_hand_over": ["officer", "reviewer"],
    }
    assert list(Escalation.objects.of_actor(city.resident)) == []


def test_it_is_done_on_the_pages(city: Town) -> None:
    case = accepted(city)
    at = case.get_absolute_url()
    worker, officer, other = (city.client(name) for name in ("worker", "officer", "department"))
    assert f"{at}whistle/" in worker.get(at).text
    said = {"version": case.version, "body": department(city).reference, "text": WHY}
    empty = worker.post(f"{at}whistle/", said | {"text": ""})
    assert (empty.status_code, "请写明需要做什么" in empty.text) == (422, True)
    assert "已吹哨" in worker.post(f"{at}whistle/", said, follow=True).text
    page = other.get(at)
    assert (f"{at}report_in/" in page.text, WHY in page.text) == (True, True)
    assert other.post(f"{at}report_in/", {"version": case.version, "answer": "", "text": ""}).status_code == 422
    answer = {"version": Case.objects.get().version, "answer": "offers", "text": SAYS}
    assert "已报到" in other.post(f"{at}report_in/", answer, follow=True).text
    page = officer.get(f"{at}hand_over/").text
    assert f"由{department(city).name}接手牵头" in page
    ruled = {"version": Case.objects.get().version, "is_granted": "1", "text": "由主管部门牵头。"}
    assert officer.post(f"{at}hand_over/", ruled | {"is_granted": ""}).status_code == 422
    assert "已裁定" in officer.post(f"{at}hand_over/", ruled, follow=True).text
    assert Case.objects.get().lead == department(city)
    resident = visitor(PHONE).get(at).text
    assert ("向上吹哨" in resident, "由主管部门牵头。" in resident) == (True, True)
    assert [one.kind for one in Statement.objects.order_by("pk")] == ["whistle", "report_in", "hand_over"]


def test_programs_do_the_same(city: Town) -> None:
    case = accepted(city)
    at, sent = f"/api/escalations/{case.reference}", {"content_type": "application/json"}
    worker, officer, other = (city.client(name) for name in ("worker", "officer", "department"))
    said = {"version": case.version, "text": WHY, "body": "NOBODY22"}
    assert worker.post(f"{at}/whistle", said, **sent).status_code == 422
    version = worker.post(f"{at}/whistle", said | {"body": department(city).reference}, **sent).json()["version"]
    version = other.post(f"{at}/report_in", {"version": version, "text": SAYS, "answer": "offers"}, **sent).json()[
        "version"
    ]
    ruled = officer.post(
        f"{at}/hand_over", {"version": version, "text": "由主管部门牵头。", "is_granted": True}, **sent
    )
    assert ruled.json()["lead"] == department(city).name
    [one] = worker.get(at).json()
    assert (one["body"], one["status"]) == (department(city).name, "leads")


def test_the_page_with_help_and_a_whistle_costs_one_more_for_who_helps_and_who_spoke(city: Town) -> None:
    case = whistled(city, department(city))
    dispatch.ask_help(case, body=office(city), wanted="协调", by=city.actor("worker"))
    for client in (city.client("worker"), visitor(PHONE)):
        queries_ = read(client, case.get_absolute_url())
        assert len(queries_) <= PAGE + 1, "\n".join(queries_)


@pytest.mark.parametrize(
    "wrong", [{"status": "offers"}, {"status": "declines"}, {"reported_at": MONDAY}, {"body": F("lead")}]
)
def test_the_database_refuses_an_answer_without_its_time(city: Town, wrong: dict[str, object]) -> None:
    whistled(city, department(city))
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.update(**wrong)
    one = Escalation.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.create(case=one.case, body=one.body, lead=one.lead)
