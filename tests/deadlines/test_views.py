"""To-dos through the API, and the clock that chases them."""

from collections.abc import Callable

import pytest
from django.test import Client

from linli.commons.deadlines import actions
from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.tasks import chase
from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.core import clock
from linli.ground.organisations.models import Body

from .conftest import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september", "places")]


def street_light(committee: Body) -> Todo:
    return actions.open_todo(
        about="cases.case:1",
        verb="cases.accept",
        title="路灯",
        body=committee,
        due_at=at("2026-09-15T18:00"),
        by=SYSTEM,
    )


def test_programs_list_what_their_body_has_to_do(
    as_actor: Callable[[Person], Client], worker: Person, committee: Body
) -> None:
    street_light(committee)
    client = as_actor(worker)
    assert [one["title"] for one in client.get("/api/deadlines/todos").json()["items"]] == ["路灯"]
    assert client.get("/api/deadlines/todos", {"app": "meetings"}).json() == {"items": [], "next": None}
    assert as_actor(Person(ref="people.account:3")).get("/api/deadlines/todos").status_code == 403


def test_every_working_morning_those_who_are_late_are_chased(committee: Body) -> None:
    todo = street_light(committee)
    with clock.stopped_at(at("2026-09-16T08:30")):
        chase(timestamp=0)
    assert Todo.objects.get(pk=todo.pk).escalated_at == at("2026-09-16T08:30")
