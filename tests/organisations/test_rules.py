"""Who may keep the record of bodies: the table that people wrote, post by post."""

import pytest

from linli.ground.authority.roles import RoleCode
from linli.ground.kinds.models import Group
from linli.ground.organisations import rules
from tests.factories.people import in_post

from . import town as stage

KEEPERS = {RoleCode.CHAIR, RoleCode.SUBDISTRICT, RoleCode.ADMINISTRATOR}


@pytest.mark.parametrize("role", list(RoleCode))
def test_only_chairs_sub_districts_and_administrators_keep_bodies_and_only_in_their_place(
    town: stage.Town, role: RoleCode
) -> None:
    east = stage.body("workstation", town.east)
    chair = east.posts.get(code="head")
    holding = stage.appointed(chair, stage.resident(town.east))
    near, far = in_post(role, town.east.path), in_post(role, town.west.path)
    keeps = role in KEEPERS
    assert [
        rules.may_manage(near),
        rules.may_manage_at(near, town.east.path),
        rules.may_set_up(near, town.east.path, east.kind),
        rules.may_rename(near, east),
        rules.may_correct(near, east),
        rules.may_move(near, east),
        rules.may_dissolve(near, east),
        rules.may_appoint(near, chair),
        rules.may_end(near, holding),
    ] == [keeps] * 9
    assert not any(
        (
            rules.may_manage_at(far, town.east.path),
            rules.may_set_up(far, town.east.path, east.kind),
            rules.may_rename(far, east),
            rules.may_dissolve(far, east),
            rules.may_appoint(far, chair),
            rules.may_end(far, holding),
        )
    )


@pytest.mark.parametrize(
    "code", ["supervision_committee", "representatives_meeting", "residents_committee", "party_branch"]
)
def test_who_leads_a_community_or_watches_over_it_is_kept_from_above(town: stage.Town, code: str) -> None:
    body = stage.body(code, town.east)
    post = body.posts.order_by("pk")[0]
    holding = stage.appointed(post, stage.resident(town.east))
    for role, path, keeps in (
        (RoleCode.CHAIR, town.east.path, False),
        (RoleCode.SUBDISTRICT, town.office.path, True),
        (RoleCode.ADMINISTRATOR, town.city.path, True),
        (RoleCode.SUBDISTRICT, town.hamlet.path, False),
    ):
        actor = in_post(role, path)
        assert {
            rules.may_set_up(actor, body.place_path, body.kind),
            rules.may_rename(actor, body),
            rules.may_correct(actor, body),
            rules.may_move(actor, body),
            rules.may_dissolve(actor, body),
            rules.may_appoint(actor, post),
            rules.may_end(actor, holding),
        } == {keeps}


def test_a_chair_keeps_what_serves_the_committee(town: stage.Town) -> None:
    chair = in_post(RoleCode.CHAIR, town.east.path)
    assert [group for group in Group if not rules.may_keep(chair, group, town.east.path)] == [
        *(Group.PARTY, Group.ASSEMBLY, Group.COMMITTEE, Group.SUPERVISION),
    ]


def test_nobody_dissolves_the_body_that_they_sit_in(town: stage.Town) -> None:
    office = stage.body("subdistrict_office", town.office)
    assert not rules.may_dissolve(in_post(RoleCode.SUBDISTRICT, town.office.path, body=office.pk), office)
    assert rules.may_dissolve(in_post(RoleCode.SUBDISTRICT, town.office.path), office)
