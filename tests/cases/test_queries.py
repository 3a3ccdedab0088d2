"""What reading and writing costs: a case's page, the lists and the desk ask a fixed number of questions, however much there is."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.flows.callbacks import actions as callbacks
from linli.flows.cases import actions
from linli.flows.cases.models import Case, Satisfied, Solved
from linli.ground.core import clock

from .conftest import MONDAY, PHONE, Town, about, visitor

APART = ("django_session", "people_account", "organisations_holding", "places_city", "SAVEPOINT", "database_change")
"""The last asks what has changed. In a test's one transaction much has; served, it stands for all questions to what stands still."""
BADGES = 'FROM (SELECT "notices_message"'
PAGE, DESK, RECEIVE = 8, 12, 7


def asked(act: Callable[[], object]) -> list[str]:
    """The statements of something, besides session, account and posts; the badges of whoever asks are counted, all in one."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return [one["sql"] for one in queries if not any(word in one["sql"] for word in APART)]


def read(client: Client, address: str) -> list[str]:
    """The statements of a page, once the templates are compiled and the city is known."""
    client.get(address)
    return asked(lambda: _found(client, address))


def _found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def lived(town: Town, until: str) -> Case:
    """A case that has come as far as a status."""
    case = town.receive()
    worker = town.actor("worker")
    steps: dict[str, Callable[[], None]] = {
        "accepted": lambda: actions.accept(case, by=worker),
        "answered": lambda: actions.answer(case, text="已修好。", by=worker),
        "rated": lambda: callbacks.rate(
            case, contacted=True, solved=Solved.PARTLY, satisfied=Satisfied.FAIRLY, remark="", by=town.resident
        ),
        "closed": lambda: actions.close(case, text="已回访。", by=worker),
    }
    for name, step in steps.items():
        if until == "received":
            break
        step()
        if name == until:
            break
    return case


@pytest.mark.parametrize("status", ["received", "accepted", "answered", "rated", "closed"])
@pytest.mark.parametrize("who", ["worker", "resident"])
def test_the_page_of_a_case_costs_at_most_eight_queries(town: Town, who: str, status: str) -> None:
    case = lived(town, status)
    client = town.client("worker") if who == "worker" else visitor(PHONE)
    queries = read(client, case.get_absolute_url())
    assert len(queries) <= PAGE, "\n".join(queries)
    assert sum(BADGES in one for one in queries) == 1, "to-dos and messages are counted together"


def test_a_visitor_without_a_name_costs_no_count_of_messages(town: Town) -> None:
    town.receive()
    assert [one for one in read(Client(), "/") if BADGES in one] == []


@pytest.mark.parametrize("address", ["/cases/", "/desk/"])
def test_a_list_costs_the_same_for_one_case_and_for_thirty(town: Town, address: str) -> None:
    town.receive()
    client = town.client("worker")
    one = read(client, address)
    for _number in range(29):
        town.receive()
    thirty = asked(lambda: _found(client, address))
    assert len(thirty) == len(one)
    assert len(thirty) <= DESK, "\n".join(thirty)


def test_my_matters_cost_the_same_for_one_case_and_for_thirty(town: Town) -> None:
    town.receive()
    client = visitor(PHONE)
    one = read(client, "/cases/mine/")
    for _number in range(29):
        town.receive()
    assert len(asked(lambda: _found(client, "/cases/mine/"))) == len(one)


def test_receiving_a_need_is_seven_statements(town: Town) -> None:
    """The routes, who leads; rules, calendar, hours; keys; and all that is written in one."""
    category = about("surroundings-other")
    statements = asked(lambda: town.receive(category=category))
    assert len(statements) == RECEIVE, "\n".join(statements)


def test_a_need_with_a_spot_asks_once_more_whether_it_is_known(town: Town) -> None:
    category = about("street-light")
    statements = asked(lambda: town.receive(category=category))
    assert len(statements) == RECEIVE + 1, "\n".join(statements)


def test_a_long_overdue_case_costs_no_more(town: Town) -> None:
    case = lived(town, "accepted")
    with clock.stopped_at(MONDAY.replace(month=12)):
        queries = read(town.client("worker"), case.get_absolute_url())
    assert len(queries) <= PAGE, "\n".join(queries)
