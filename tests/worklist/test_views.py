"""The list of cases at the desk, narrowed and counted."""

from cases.conftest import Town
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.flows.cases import actions
from linli.flows.cases.models import Status
from linli.flows.worklist.queries import listed


def test_the_list_shows_one_status_and_one_field(town: Town) -> None:
    lamp, heating = town.receive(), town.receive(category="health-other")
    actions.accept(heating, by=town.actor("worker"))
    worker = town.client("worker")
    asked = ["", "?status=received", "?status=accepted", "?field=health", "?field=health&status=received", "?status=x"]
    found = [worker.get(f"/cases/{one}").context["found"].page.items for one in asked]
    assert found == [[heating, lamp], [lamp], [heating], [heating], [], [heating, lamp]]


def test_each_filter_says_how_many_it_would_show_beside_the_other_one(town: Town) -> None:
    town.receive()
    actions.accept(town.receive(category="health-other"), by=town.actor("worker"))
    found = listed(town.actor("worker"), field="health")
    statuses = {one.value: one.count.number for one in found.statuses}
    assert statuses == dict.fromkeys(Status.values, 0) | {"": 1, "accepted": 1}
    assert [text.rpartition(" ")[2] for value, text in found.fields if value in {"", "health", "surroundings"}] == [
        *("2", "1", "1"),
    ]
    assert ([left is not None for _case, left in found.cases], found.count.number) == ([True], 1)


def test_the_list_costs_the_same_for_one_case_and_for_many(town: Town) -> None:
    spent = []
    for _more in (1, 8):
        for _case in range(_more):
            town.receive()
        with CaptureQueriesContext(connection) as asked:
            listed(town.actor("worker"))
        spent.append(len(asked))
    assert spent[0] == spent[1] <= 6
