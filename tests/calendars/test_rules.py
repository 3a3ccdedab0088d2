"""Who keeps the calendar."""

from collections.abc import Callable

from linli.commons.calendar.models import OfficeHours
from linli.commons.calendar.rules import may_announce, may_confirm_year, may_remove_hours, may_set_hours
from linli.ground.authority.actors import VISITOR, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.organisations.models import Body

from .conftest import HAIBOWAN


def test_only_those_who_keep_the_calendar_announce(
    committee: Body, reviewer: Person, in_post: Callable[[RoleCode, Body], Person]
) -> None:
    worker = in_post(RoleCode.WORKER, committee)
    assert [
        [rule(actor) for rule in (may_announce, may_confirm_year, may_set_hours)]
        for actor in (VISITOR, worker, reviewer)
    ] == [
        [False, False, False],
        [False, False, False],
        [True, True, True],
    ]


def test_the_hours_of_a_place_are_removed_by_whoever_keeps_its_calendar(reviewer: Person, worker: Person) -> None:
    hours = OfficeHours(place_path=HAIBOWAN)
    assert [may_remove_hours(actor, hours) for actor in (VISITOR, worker, reviewer)] == [False, False, True]
    assert not may_remove_hours(reviewer, OfficeHours(place_path="1501")), "another city's"
    assert not may_remove_hours(reviewer, OfficeHours(place_path="")), "the nation's"
