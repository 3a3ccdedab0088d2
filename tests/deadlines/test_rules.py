"""Who sees which to-dos."""

from collections.abc import Callable

import pytest

from linli.commons.deadlines import actions
from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.rules import may_list_todos
from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.organisations.models import Body

from .conftest import HUDONG, at

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


def test_whoever_acts_in_a_post_lists_them(worker: Person) -> None:
    assert [may_list_todos(actor) for actor in (VISITOR, Person(ref="people.account:1"), worker)] == [
        False,
        False,
        True,
    ]
