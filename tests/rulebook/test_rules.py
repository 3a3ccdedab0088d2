"""Who may change which rule."""

import pytest

from linli.ground.authority.actors import SYSTEM, VISITOR, Actor, Person, PostHeld
from linli.ground.authority.roles import RoleCode
from linli.ground.rulebook.models import Rule
from linli.ground.rulebook.rules import is_locked, may_change, may_change_in, may_keep

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(RoleCode))
def test_only_the_reviewing_office_keeps_custom(role: RoleCode) -> None:
    actor = Person(ref="people.account:1", post=PostHeld("organisations.post:1", role, 1, "1503", ""))
    custom, law = Rule.objects.get(key="cases.limit.normal"), Rule.objects.get(key="ju.term.years")
    keeps = role is RoleCode.REVIEWER
    assert (may_keep(actor), may_change(actor, custom), may_change_in(actor, custom, "150302")) == (keeps, keeps, keeps)
    assert (may_change(actor, law), may_change_in(actor, law, "1503"), may_change_in(actor, custom, "1504")) == (
        False,
        False,
        False,
    )


@pytest.mark.parametrize("actor", [VISITOR, SYSTEM])
def test_nobody_changes_law(actor: Actor) -> None:
    assert not may_change(actor, Rule.objects.get(key="ju.term.years"))


def test_what_the_law_leaves_open_is_not_locked() -> None:
    keys = ["ju.term.years", "ju.publish.days.min", "cases.limit.normal"]
    assert [is_locked(Rule.objects.get(key=key)) for key in keys] == [True, False, False]
