"""The desk narrowed to one kind of task: the chips say how many of each are open, and the list holds to the chosen one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.faces.desk import queries
from linli.ground.authority.actors import Person
from linli.ground.organisations.models import Body

from .test_queries import opened, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september")]
SOON = "2026-09-18T18:00"


@pytest.fixture
def busy(committee: Body, worker: Person) -> Person:
    """A worker whose committee has three answers, one acceptance and one matter to urge before it."""
    for number in range(3):
        opened(committee, SOON, number)
    opened(committee, SOON, 3, "cases.accept")
    opened(committee, "2026-09-11T18:00", 4, "cases.answer.overdue")
    opened(committee, SOON, 5).close(by=worker)
    return worker


def counts(home: queries.Home) -> dict[str, int]:
    return {one.value: one.count.number for one in home.kinds}


def test_each_kind_says_how_many_are_open_whichever_is_chosen(busy: Person) -> None:
    open_ones = {"": 5, "cases.accept": 1, "cases.answer": 3, "overdue": 1}
    assert [counts(queries.home(busy, kind=kind)) for kind in ("", "cases.answer", "overdue")] == [open_ones] * 3


@pytest.mark.parametrize(
    ("kind", "groups"),
    [
        ("cases.accept", {"week": 1}),
        ("cases.answer", {"week": 3}),
        ("overdue", {"overdue": 1}),
        ("", {"overdue": 1, "week": 4}),
        ("no.such.kind", {"overdue": 1, "week": 4}),
    ],
)
def test_the_list_and_its_groups_hold_to_the_kind(busy: Person, kind: str, groups: dict[str, int]) -> None:
    home = queries.home(busy, kind=kind)
    assert {urgency: len(lines) for urgency, lines in shown(home).items() if lines} == groups
    assert {one.urgency.value: one.count.number for one in home.groups if one.count.number} == groups


def test_what_was_done_this_month_is_counted_of_every_kind(busy: Person) -> None:
    assert queries.home(busy, kind="cases.accept").done_this_month.number == 1


def test_one_kind_alone_offers_no_choice(committee: Body, worker: Person) -> None:
    opened(committee, SOON)
    assert queries.home(worker).kinds == []


def test_a_kind_of_which_nothing_is_open_says_so_and_leads_back(
    busy: Person, as_actor: Callable[[Person], Client]
) -> None:
    page = as_actor(busy).get("/desk/", {"kind": "cases.close"}).text
    assert ("没有这一类的待办" in page, "查看全部任务" in page) == (True, True)


def test_the_pager_keeps_the_kind(committee: Body, worker: Person, as_actor: Callable[[Person], Client]) -> None:
    opened(committee, SOON, 99, "cases.accept")
    for number in range(31):
        opened(committee, SOON, number)
    page = as_actor(worker).get("/desk/", {"kind": "cases.answer"})
    assert f"?kind=cases.answer&amp;page={page.context['home'].next}" in page.text
    rest = queries.home(worker, kind="cases.answer", token=page.context["home"].next)
    assert [len(lines) for lines in shown(rest).values() if lines] == [1]


def test_narrowed_the_desk_asks_as_little(busy: Person) -> None:
    spent = []
    for kind in ("", "cases.answer"):
        with CaptureQueriesContext(connection) as asked:
            queries.home(busy, kind=kind)
        spent.append(len(asked))
    assert spent == [5, 5]
