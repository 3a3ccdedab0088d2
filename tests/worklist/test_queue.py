"""The dispatcher's queue: the most urgent and the oldest first, ruled on in place."""

import re
from datetime import timedelta

import pytest
from cases.conftest import MONDAY, Town
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.commons.routing.models import Urgency
from linli.flows.cases import actions as cases
from linli.flows.cases.models import Case, Status
from linli.flows.dispatch import actions as dispatch
from linli.flows.worklist.queries.queue import Heap, heap_of, queue_of
from linli.ground.core import clock
from linli.ground.core.paging import Count
from linli.ground.organisations.models import Body

WHY = "路灯由市政养护，不在社区职责清单内。"


def returned(town: Town, **need: object) -> Case:
    case = town.receive(**need)
    dispatch.send_back(case, text=WHY, by=town.actor("worker"))
    return case


def committee(town: Town) -> Body:
    return town.bodies["residents_committee", "150302006001"]


def test_the_most_urgent_come_first_then_the_oldest(town: Town) -> None:
    late = returned(town)
    with clock.stopped_at(MONDAY - timedelta(hours=2)):
        old = returned(town)
    urgent = returned(town, category="street-light")
    found = queue_of(town.actor("officer"), Heap.OURS)
    order = [one.value for one in Urgency]
    ranks = sorted([late, old, urgent], key=lambda one: (order.index(one.category.urgency), one.received_at))
    assert [one.case for one in found.rows] == ranks
    assert [one.reason for one in found.rows] == [WHY] * 3
    assert [(heap, str(count)) for heap, count in found.heaps] == [("ours", "3"), ("returned", "3"), ("nearest", "0")]


def test_a_case_is_ruled_on_in_its_place(town: Town) -> None:
    case, officer = returned(town), town.client("officer")
    page = officer.get("/cases/queue/").content.decode()
    assert (WHY in page, "第 1 次退回" in page) == (True, True)
    typed = {"body": committee(town).reference, "text": "居委会先协调。", "version": str(case.version)}
    answer = officer.post(f"/cases/queue/{case.reference}/designate/?heap=returned", typed, follow=True)
    assert answer.redirect_chain == [("/cases/queue/?heap=returned", 302)]
    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.lead) == (Status.RECEIVED, committee(town))
    assert "没有等待裁定的诉求" in answer.content.decode()


def test_what_is_wrong_stays_as_it_was_typed(town: Town) -> None:
    case = returned(town)
    answer = town.client("officer").post(
        f"/cases/queue/{case.reference}/designate/", {"text": "居委会先协调。", "version": "2"}
    )
    assert (answer.status_code, "居委会先协调。" in answer.content.decode()) == (422, True)


def test_who_comes_second_is_told_and_loses_nothing(town: Town) -> None:
    case, officer = returned(town), town.client("officer")
    typed = {"body": committee(town).reference, "text": "居委会先协调。", "version": str(case.version)}
    dispatch.designate(case, body=case.lead, is_final=True, text="社区先行处置。", by=town.actor("officer"))
    answer = officer.post(f"/cases/queue/{case.reference}/designate/", typed)
    words = answer.content.decode()
    assert (answer.status_code, "居委会先协调。" in words, "已有人先一步" in words) == (409, True, True)


def test_bodies_to_which_the_same_category_was_given_stand_first(town: Town) -> None:
    before = returned(town)
    dispatch.designate(before, body=committee(town), is_final=False, text="居委会先协调。", by=town.actor("officer"))
    returned(town)
    found = queue_of(town.actor("officer"), Heap.OURS)
    assert [one.suggested for one in found.rows] == [[committee(town)]]
    assert found.rows[0].case.lead not in found.rows[0].takers
    assert "曾这样裁定" in town.client("officer").get("/cases/queue/").content.decode()


def test_what_no_route_knew_waits_until_somebody_accepts_it(town: Town) -> None:
    case, done = town.receive(), town.receive()
    cases.accept(done, by=town.actor("worker"))
    found = queue_of(town.actor("officer"), Heap.NEAREST)
    assert ([one.case for one in found.rows], found.heaps[2][1]) == ([case], Count(1, capped=False))
    page = town.client("officer").get("/cases/queue/?heap=nearest").content.decode()
    assert f"/cases/together/assign/?case={case.reference}.1" in page


def test_what_one_s_own_body_leads_is_for_somebody_above(town: Town) -> None:
    town.receive(place=town.west)
    assert list(heap_of(town.actor("officer"), Heap.NEAREST)) == []
    assert list(heap_of(town.actor("worker"), Heap.RETURNED)) == []


@pytest.mark.parametrize("heap", [*Heap.values, "x"])
def test_an_empty_heap_says_so(town: Town, heap: str) -> None:
    assert "没有等待裁定的诉求" in town.client("officer").get(f"/cases/queue/?heap={heap}").content.decode()


def test_the_queue_costs_the_same_for_one_case_and_for_many(town: Town) -> None:
    spent, officer = [], town.client("officer")
    officer.get("/cases/queue/")
    for more in (1, 6):
        for _case in range(more):
            returned(town)
        with CaptureQueriesContext(connection) as asked:
            officer.get("/cases/queue/")
        spent.append(
            len([one for one in asked if not re.search(r"session|people_|organisations_(holding|post)", one["sql"])])
        )
    assert spent[0] == spent[1] <= 12
