"""Who may keep the record of bodies: the table that people wrote, post by post."""

import pytest

from linli.ground.authority.actors import VISITOR, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.organisations import rules
from tests.factories.people import in_post

from . import town as stage

KEEPERS = {RoleCode.CHAIR, RoleCode.SUBDISTRICT, RoleCode.ADMINISTRATOR}


@pytest.mark.parametrize("role", list(RoleCode))
def test_only_chairs_sub_districts_and_administrators_keep_bodies_and_only_in_their_place(
    town: stage.Town, role: RoleCode
) -> None:
    east = stage.body("residents_committee", town.east)
    chair = east.posts.get(code="chair")
    holding = stage.appointed(chair, stage.resident(town.east))
    near, far = in_post(role, town.east.path), in_post(role, town.west.path)
    keeps = role in KEEPERS
    assert [
        rules.may_manage(near),
        rules.may_set_up(near, town.east.path),
        rules.may_rename(near, east),
        rules.may_dissolve(near, east),
        rules.may_appoint(near, chair),
        rules.may_end(near, holding),
    ] == [keeps] * 6
    assert not any(
        (
            rules.may_set_up(far, town.east.path),
            rules.may_rename(far, east),
            rules.may_dissolve(far, east),
            rules.may_appoint(far, chair),
            rules.may_end(far, holding),
        )
    )


def test_nobody_dissolves_the_body_that_they_sit_in(town: stage.Town) -> None:
    committee = stage.body("residents_committee", town.east)
    assert not rules.may_dissolve(in_post(RoleCode.CHAIR, town.east.path, body=committee.pk), committee)


def test_everybody_with_an_account_chooses_among_their_own_posts_only(town: stage.Town) -> None:
    holding = stage.appointed(
        stage.body("residents_committee", town.east).posts.get(code="chair"), stage.resident(town.east)
    )
    assert [rules.may_choose(actor) for actor in (VISITOR, Person(ref="people.account:1"))] == [False, True]
    own, other = Person(ref="a", person=holding.person_id), Person(ref="b", person=holding.person_id + 1)
    assert [rules.may_act_as(actor, holding) for actor in (own, other, VISITOR)] == [True, False, False]
