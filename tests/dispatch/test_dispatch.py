"""A case finds its lead: sent back with the reason, ruled on by the dispatcher, for good where it is final; others help."""

from datetime import timedelta

import pytest
from cases.conftest import MONDAY, PHONE, Town, set_locally, visitor
from django.db import IntegrityError, transaction
from django.db.models import F

from linli.commons.deadlines.models import Todo
from linli.flows.cases import actions as cases
from linli.flows.cases.models import Case, Helper, LeadBy, Status
from linli.flows.cases.queries import clock_of
from linli.flows.dispatch import actions
from linli.flows.dispatch.queries import dispatcher_of, takers_of
from linli.ground.core import clock
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body

WHY = "路灯由市政养护，不在社区职责清单内。"


def owed(case: Case) -> list[tuple[str, int]]:
    return sorted(Todo.objects.open().filter(about=ref(case)).values_list("verb", "body"))


def office(town: Town) -> Body:
    return town.bodies["subdistrict_office", "150302006"]


def committee(town: Town) -> Body:
    return town.bodies["residents_committee", "150302006001"]


def returned(town: Town) -> Case:
    case = town.receive()
    actions.send_back(case, text=WHY, by=town.actor("worker"))
    return case


def test_what_is_not_the_lead_s_goes_to_the_office_above_for_a_ruling(town: Town) -> None:
    case = returned(town)
    assert (case.status, case.returns) == (Status.RETURNED, 1)
    assert owed(case) == [("cases.designate", office(town).pk)]
    assert clock_of(case).stopped_at is None, "the resident's time goes on"


def test_the_dispatcher_rules_and_a_final_designation_cannot_be_sent_back(town: Town) -> None:
    case = returned(town)
    actions.designate(case, body=case.lead, is_final=True, text="按养护分工由社区先行处置。", by=town.actor("officer"))
    assert (case.status, case.lead_by, case.is_final) == (Status.RECEIVED, LeadBy.RULING, True)
    assert owed(case) == [("cases.accept", case.lead_id)]
    with pytest.raises(Refused):
        actions.send_back(case, text=WHY, by=town.actor("worker"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(status=Status.RETURNED)


def test_a_ruling_may_name_another_lead_who_may_send_it_back_again(town: Town) -> None:
    case = returned(town)
    actions.designate(case, body=committee(town), is_final=False, text="居委会先协调。", by=town.actor("officer"))
    assert case.lead == committee(town)
    assert owed(case) == [("cases.accept", committee(town).pk)]
    assert not Case.objects.visible_to(town.actor("outsider")).filter(pk=case.pk).exists()


def test_after_its_time_it_cannot_be_sent_back(town: Town) -> None:
    case = town.receive()
    with clock.stopped_at(MONDAY + timedelta(days=2)), pytest.raises(Refused):
        actions.send_back(case, text=WHY, by=town.actor("worker"))


def test_another_lead_is_given_before_anybody_accepts(town: Town) -> None:
    case = town.receive()
    before = clock_of(case).due_at
    actions.assign(case, body=committee(town), by=town.actor("officer"))
    assert (case.lead, case.lead_by, owed(case)) == (
        committee(town),
        LeadBy.RULING,
        [("cases.accept", committee(town).pk)],
    )
    assert clock_of(case).due_at == before
    with pytest.raises(Refused):
        actions.assign(case, body=committee(town), by=town.actor("officer"))


def test_two_dispatchers_at_once_rule_once(town: Town) -> None:
    case = returned(town)
    first, second = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    actions.designate(
        first.as_seen(case.version), body=case.lead, is_final=False, text="仍由你站。", by=town.actor("officer")
    )
    with pytest.raises(Conflict):
        actions.designate(
            second.as_seen(case.version), body=committee(town), is_final=False, text="改", by=town.actor("officer")
        )


def test_a_co_handler_has_a_share_of_the_time_and_reports_to_the_lead_who_stays_it(town: Town) -> None:
    case = town.receive()
    cases.accept(case, by=town.actor("worker"))
    actions.ask_help(case, body=office(town), wanted="协调市政养护", by=town.actor("worker"))
    todo = Todo.objects.open().get(about=ref(case), verb="cases.contribute")
    assert (todo.body_id, todo.due_at < clock_of(case).due_at) == (office(town).pk, True)
    with pytest.raises(Refused):
        actions.ask_help(case, body=office(town), wanted="再催", by=town.actor("worker"))
    actions.contribute(case, text="养护单位明天到场。", by=town.actor("officer"))
    assert (case.lead.kind.code, owed(case)) == ("workstation", [("cases.answer", case.lead_id)])
    with pytest.raises(Refused):
        actions.contribute(case, text="又一次", by=town.actor("officer"))
    actions.ask_help(case, body=office(town), wanted="复核", by=town.actor("worker"))
    cases.answer(case, text="路灯已恢复照明。", by=town.actor("worker"))
    assert list(Helper.objects.filter(case=case).values_list("text", flat=True)) == ["养护单位明天到场。"]


def test_the_lead_does_not_help_itself_and_nobody_helps_what_has_ended(town: Town) -> None:
    case = town.receive()
    with pytest.raises(Refused):
        actions.ask_help(case, body=case.lead, wanted="帮忙", by=town.actor("worker"))
    cases.refuse(case, ground="court", text="已在法院审理。", by=town.actor("worker"))
    with pytest.raises(Refused):
        actions.ask_help(case, body=office(town), wanted="帮忙", by=town.actor("worker"))


def test_who_helps_sees_the_case_and_nobody_else_does(town: Town) -> None:
    case = town.receive()
    outsider = town.actor("outsider")
    assert not Case.objects.visible_to(outsider).exists()
    actions.ask_help(case, body=town.bodies["workstation", "150302007001"], wanted="提供监控", by=town.actor("worker"))
    assert list(Case.objects.visible_to(outsider)) == [case]
    page = town.client("outsider").get(f"/cases/{case.reference}/")
    assert ("向牵头单位反馈" in page.text, "受理这件事项" in page.text) == (True, False)


def test_the_page_offers_each_step_to_whom_it_belongs(town: Town) -> None:
    case = town.receive()
    at = f"/cases/{case.reference}/"
    sent = {"text": WHY, "version": str(case.version)}
    assert f"{at}send_back/" in town.client("worker").get(at).text
    assert f"{at}send_back/" not in town.client("officer").get(at).text
    assert town.client("worker").post(f"{at}send_back/", {"text": "", "version": "1"}).status_code == 422
    assert town.client("worker").post(f"{at}send_back/", sent).status_code == 302
    resident = visitor(PHONE).get(at).text
    assert ("退回" in resident, WHY in resident) == (True, False), "that it was sent back is public, the reason is not"
    page = town.client("officer").get(at)
    assert (WHY in page.text, f"{at}designate/" in page.text) == (True, True)
    ruling = {"body": committee(town).reference, "text": "由居委会牵头。", "version": "2"}
    assert town.client("officer").post(f"{at}designate/", ruling | {"body": "NOBODY"}).status_code == 422
    assert town.client("officer").post(f"{at}designate/", ruling).status_code == 302
    assert Case.objects.get().lead == committee(town)
    late = town.client("officer").post(f"{at}designate/", ruling)
    assert (late.status_code, "由居委会牵头。" in late.text) == (422, True), "a lead is not offered itself"


def test_the_dispatcher_is_the_office_above_and_takers_stand_near(town: Town) -> None:
    case = town.receive(place=town.west)
    assert case.lead == office(town)
    assert dispatcher_of(case) == case.lead, "where nothing stands above, it stays"
    assert [one.pk for one in takers_of(town.receive())] == [committee(town).pk, office(town).pk]


def test_the_database_refuses_a_report_without_words(town: Town) -> None:
    case = town.receive()
    actions.ask_help(case, body=office(town), wanted="", by=town.actor("worker"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Helper.objects.update(reported_at=F("asked_at"))


def test_who_holds_no_post_helps_with_nothing(town: Town) -> None:
    actions.ask_help(town.receive(), body=office(town), wanted="协调", by=town.actor("worker"))
    assert list(Helper.objects.of_actor(town.resident)) == []
    assert Helper.objects.of_actor(town.actor("officer")).count() == 1


def helped(town: Town) -> Case:
    """A case that the office above helps with."""
    case = town.receive()
    cases.accept(case, by=town.actor("worker"))
    actions.ask_help(case, body=office(town), wanted="协调市政养护", by=town.actor("worker"))
    return case


def help_of(case: Case) -> Todo:
    return Todo.objects.get(about=ref(case), verb="cases.contribute")


def test_a_co_handler_s_time_is_a_share_by_rule_and_never_less_than_the_least(town: Town) -> None:
    case = helped(town)
    left = clock_of(case).due_at - MONDAY
    assert help_of(case).due_at == MONDAY + left / 2
    set_locally("cases.help.share", "25")
    helped(town)
    quarter = [one.due_at for one in Todo.objects.filter(verb="cases.contribute").order_by("pk")]
    assert quarter == [MONDAY + left / 2, MONDAY + left / 4]
    with clock.stopped_at(clock_of(case).due_at - timedelta(minutes=10)):
        actions.contribute(case, text="养护单位已到场。", by=town.actor("officer"))
        actions.ask_help(case, body=office(town), wanted="复核", by=town.actor("worker"))
        last = Todo.objects.open().get(about=ref(case), verb="cases.contribute")
        assert last.due_at == clock.now() + timedelta(hours=1)


def test_with_the_lead_s_longer_time_a_co_handler_has_its_share_of_it(town: Town) -> None:
    case = helped(town)
    before = help_of(case).due_at
    cases.extend(case, amount=5, text="备件三天后才到货。", by=town.actor("worker"))
    assert help_of(case).due_at == MONDAY + (clock_of(case).due_at - MONDAY) / 2 > before


def test_while_the_case_is_suspended_help_stands_and_then_goes_on_with_no_less_time(town: Town) -> None:
    case = helped(town)
    before = help_of(case).due_at
    cases.suspend(case, text="等住户回来开门。", by=town.actor("worker"))
    assert (help_of(case).is_waiting, help_of(case).due_at) == (True, before)
    with clock.stopped_at(MONDAY + timedelta(days=7)):
        assert not help_of(case).is_late
        cases.resume(case, text="住户已回来。", by=town.actor("worker"))
        going = help_of(case)
        assert (going.is_waiting, going.is_late) == (False, False)
        assert going.due_at == clock.now() + (clock_of(case).due_at - clock.now()) / 2


def test_who_has_reported_owes_nothing_whatever_becomes_of_the_lead_s_time(town: Town) -> None:
    case = helped(town)
    actions.contribute(case, text="养护单位已到场。", by=town.actor("officer"))
    cases.extend(case, amount=2, text="备件三天后才到货。", by=town.actor("worker"))
    assert owed(case) == [("cases.answer", case.lead_id)]


def test_in_the_next_round_nobody_owes_help_who_is_not_asked_again(town: Town) -> None:
    case = helped(town)
    cases.answer(case, text="路灯已恢复。", by=town.actor("worker"))
    cases.reopen(case, text="又不亮了。", by=town.resident)
    assert owed(case) == [("cases.accept", case.lead_id)]
    assert not Helper.objects.waiting().exists()
    actions.ask_help(case, body=office(town), wanted="再查线路", by=town.actor("worker"))
    assert ("cases.contribute", office(town).pk) in owed(case)


def test_given_on_helped_with_and_reported_from_page_to_page(town: Town) -> None:
    case, lead = town.receive(), committee(town)
    at = f"/cases/{case.reference}/"
    assert lead.name in town.client("officer").get(f"{at}assign/").content.decode()
    assert town.client("officer").post(f"{at}assign/", {"body": lead.reference, "version": "1"}).status_code == 302
    case.refresh_from_db()
    assert case.lead == lead
    mine = town.receive()
    at = f"/cases/{mine.reference}/"
    worker, wanted = town.client("worker"), {"body": office(town).reference, "wanted": "请协调养护", "version": "1"}
    assert "请协调养护" not in worker.get(f"{at}ask_help/").content.decode()
    assert worker.post(f"{at}ask_help/", wanted).status_code == 302
    version = Case.objects.get(pk=mine.pk).version
    told = {"text": "已经派人。", "version": str(version)}
    assert town.client("officer").post(f"{at}contribute/", told).status_code == 302
    assert Helper.objects.get(case=mine).text == "已经派人。"


def test_a_program_gives_a_case_to_nobody_who_cannot_take_it(town: Town) -> None:
    case = town.receive()
    said = {"version": 1, "body": "NOBODY22"}
    answer = town.client("officer").post(f"/api/dispatch/{case.reference}/assign", said, "application/json")
    assert (answer.status_code, answer.json()["detail"]) == (422, "body: it cannot take this case")


def test_a_resident_judges_on_the_page_of_the_case(town: Town) -> None:
    case = town.receive()
    cases.accept(case, by=town.actor("worker"))
    cases.answer(case, text="已经修好。", by=town.actor("worker"))
    said = {"version": str(case.version), "contacted": "1", "solved": "yes", "satisfied": "yes", "remark": ""}
    assert visitor(PHONE).post(f"/cases/{case.reference}/rate/", said).status_code == 302
    assert case.call_backs.get().solved == "yes"
