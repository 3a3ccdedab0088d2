"""Who sees which to-dos, and who keeps the calendar."""

from collections.abc import Callable

import pytest

from linli.commons.deadlines import actions
from linli.commons.deadlines.models import OfficeHours, Todo
from linli.commons.deadlines.rules import (
    may_announce,
    may_confirm_year,
    may_list_todos,
    may_remove_hours,
    may_set_hours,
)
from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.organisations.models import Body

from .conftest import HAIBOWAN, HUDONG, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september")]


def opened(body: Body, due: str, number: int = 1, place: str = HUDONG) -> Todo:
    about = f"cases.case:{number}"
    return actions.open_todo(
        about=about, verb="cases.answer", title="x", body=body, due_at=at(due), place_path=place, by=SYSTEM
    )


def test_people_see_their_bodys_todos_and_overseers_their_place(
    committee: Body, office: Body, in_post: Callable[[RoleCode, Body], Person]
) -> None:
    own, above, far = opened(committee, "2026-09-20T18:00"), opened(office, "2026-09-20T18:00", place="150302007"), None
    far = opened(office, "2026-09-20T18:00", 3, place="1501")

    def seen(actor: object) -> set[Todo]:
        return set(Todo.objects.visible_to(actor))

    assert seen(VISITOR) == seen(Person(ref="people.account:1")) == set()
    assert seen(SYSTEM) == {own, above, far}
    assert seen(in_post(RoleCode.WORKER, committee)) == {own}
    assert seen(in_post(RoleCode.DEPARTMENT, committee)) == {own}
    assert seen(in_post(RoleCode.SUBDISTRICT, office)) == {own, above, far}, "what its body owes elsewhere as well"
    assert seen(in_post(RoleCode.DELEGATE, office)) == {above, far}


def test_only_those_who_keep_the_calendar_announce(
    committee: Body, reviewer: Person, in_post: Callable[[RoleCode, Body], Person]
) -> None:
    worker = in_post(RoleCode.WORKER, committee)
    assert [
        [rule(actor) for rule in (may_announce, may_confirm_year, may_set_hours, may_list_todos)]
        for actor in (VISITOR, worker, reviewer)
    ] == [
        [False, False, False, False],
        [False, False, False, True],
        [True, True, True, True],
    ]


def test_the_hours_of_a_place_are_removed_by_whoever_keeps_its_calendar(reviewer: Person, worker: Person) -> None:
    hours = OfficeHours(place_path=HAIBOWAN)
    assert [may_remove_hours(actor, hours) for actor in (VISITOR, worker, reviewer)] == [False, False, True]
    assert not may_remove_hours(reviewer, OfficeHours(place_path="1501")), "another city's"
    assert not may_remove_hours(reviewer, OfficeHours(place_path="")), "the nation's"
