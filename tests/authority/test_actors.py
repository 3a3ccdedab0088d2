"""What a post gives, and how far."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.authority.actors import SYSTEM, VISITOR, Person, PostHeld, marked
from linli.ground.authority.powers import Power
from linli.ground.authority.roles import ROLES, Reach, RoleCode

BINHE = "150302005"


def in_post(role: RoleCode, path: str = BINHE, body: int = 7) -> Person:
    return Person(ref="people.account:1", post=PostHeld("organisations.holding:1", role, body, path, "滨河街道办事处"))


def test_a_visitor_holds_nothing() -> None:
    assert [power for power in Power if VISITOR.holds(power, BINHE) or VISITOR.holds_in(power, None)] == []


def test_the_city_itself_holds_everything() -> None:
    assert all(SYSTEM.holds(power, BINHE) and SYSTEM.holds_in(power, 7) for power in Power)


def test_a_subdistrict_officer_watches_over_the_own_communities_only() -> None:
    officer = in_post(RoleCode.SUBDISTRICT)
    assert officer.holds(Power.OVERSEE_CASES, "150302005001")
    assert not officer.holds(Power.OVERSEE_CASES, "150302006001")
    assert not officer.holds(Power.OVERSEE_CASES, "150302")


def test_a_department_handles_its_own_cases_but_watches_over_none() -> None:
    officer = in_post(RoleCode.DEPARTMENT, "1503", body=7)
    assert officer.holds_in(Power.HANDLE_CASES, 7)
    assert not officer.holds_in(Power.HANDLE_CASES, 8)
    assert officer.area(Power.HANDLE_CASES) is None
    assert officer.area(Power.OVERSEE_CASES) is None


@given(
    role=st.sampled_from(list(RoleCode)),
    power=st.sampled_from(list(Power)),
    post=st.text("0123456789", max_size=12),
    place=st.text("0123456789", max_size=15),
)
def test_a_power_never_leaves_the_posts_place(role: RoleCode, power: Power, post: str, place: str) -> None:
    held = in_post(role, post).holds(power, place)
    assert held == (power in ROLES[role].powers and ROLES[role].reach is Reach.PLACE and place.startswith(post))


@pytest.mark.parametrize("role", list(RoleCode))
def test_every_role_has_its_sentence(role: RoleCode) -> None:
    assert str(ROLES[role].sentence).endswith((".", "。"))


def test_the_administrator_has_no_part_in_the_matters() -> None:
    assert not ROLES[RoleCode.ADMINISTRATOR].powers & {Power.HANDLE_CASES, Power.OVERSEE_CASES, Power.UNMASK_PEOPLE}


def test_actors_of_a_kind_have_the_same_marks() -> None:
    wang, li = in_post(RoleCode.WORKER, "150302005001", 7), in_post(RoleCode.WORKER, "150303001002", 8)
    assert marked(wang)[:2] == marked(li)[:2]
    someone, marks, values = marked(wang)
    assert values == {
        "account": 1,
        "ref": "people.account:1",
        "post": "organisations.holding:1",
        "body": 7,
        "place": "150302005001",
    }
    assert dict(marks).keys() == values.keys()
    assert (someone.ref, someone.post_ref) == (f"people.account:{dict(marks)['account']}", dict(marks)["post"])
    assert someone.area(Power.OVERSEE_CASES) == dict(marks)["place"]


def test_whoever_differs_in_more_than_a_value_is_of_another_kind() -> None:
    others = [
        in_post(RoleCode.CHAIR, "150302005001"),
        in_post(RoleCode.WORKER, BINHE),
        in_post(RoleCode.WORKER, ""),
        Person(ref="people.account:1"),
        Person(ref="import"),
        Person(ref="people.account:1", person=3),
        Person(contact="a phone"),
        VISITOR,
        SYSTEM,
    ]
    kinds = [marked(one)[0] for one in (in_post(RoleCode.WORKER, "150302005001"), *others)]
    assert len(set(kinds)) == len(kinds)
    assert marked(VISITOR) == (VISITOR, (), {})
    assert marked(Person(ref="import")) == (Person(ref="import"), (), {})
    assert marked(SYSTEM) == (SYSTEM, (), {})
