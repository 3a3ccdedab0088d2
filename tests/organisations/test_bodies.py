"""Bodies: set up where they may stand, under whom, with which posts; renamed, moved, dissolved."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.authority.roles import RoleCode
from linli.ground.core import registry
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.kinds.models import BodyKind
from linli.ground.organisations import actions, queries
from linli.ground.organisations.actions import BodyPlan
from linli.ground.organisations.models import Body, Holding, Post, Why
from tests.factories.people import in_post

from . import town as stage

TODAY = date(2026, 11, 23)


def kind(code: str) -> BodyKind:
    return BodyKind.objects.get(code=code)


def test_a_body_is_set_up_with_its_name_its_posts_and_one_event(town: stage.Town) -> None:
    body = actions.set_up(kind=kind("residents_committee"), place=town.east, founded_on=TODAY, by=SYSTEM)
    assert (body.name, body.short_name, str(body)) == ("湖东社区居民委员会", "湖东社区居委会", "湖东社区居民委员会")
    assert [(post.name, post.seats, post.role, post.head) for post in body.posts.all()] == [
        ("主任", 1, "chair", True),
        ("副主任", 2, "worker", False),
        ("委员", 6, "member", False),
    ]
    assert str(body.posts.first()) == "湖东社区居委会 · 主任"
    event = Event.objects.get(verb="organisations.body.set_up")
    assert (event.subject, event.place_path) == (ref(body), "150302007001")
    assert event.data == {"kind": "residents_committee", "founded_on": "2026-11-23", "holders": 0}


def test_a_body_hangs_under_the_preferred_parent_that_stands_nearest(town: stage.Town) -> None:
    office = stage.body("subdistrict_office", town.office)
    station = stage.body("workstation", town.west)
    assert station.parent == office
    branch, committee, later = actions.set_up_bodies(
        [BodyPlan(code, town.east, TODAY) for code in ("party_branch", "residents_committee", "workstation")], by=SYSTEM
    )
    assert (branch.parent, committee.parent, later.parent) == (office, branch, committee)


def test_a_place_has_one_committee_but_many_associations(town: stage.Town) -> None:
    actions.set_up(kind=kind("residents_committee"), place=town.east, founded_on=TODAY, by=SYSTEM)
    with pytest.raises(ValidationError, match="such a body already"):
        actions.set_up(kind=kind("residents_committee"), place=town.east, founded_on=TODAY, by=SYSTEM)
    choir, dance = (
        actions.set_up(kind=kind("association"), place=town.east, founded_on=TODAY, name=name, by=SYSTEM)
        for name in ("合唱团", "舞蹈队")
    )
    assert (choir.short_name, dance.short_name) == ("合唱团", "舞蹈队")


def test_the_database_itself_refuses_a_second_committee(town: stage.Town) -> None:
    stage.body("residents_committee", town.east)
    with pytest.raises(IntegrityError, match="body_stands_once"):
        stage.body("residents_committee", town.east)


def test_a_village_has_no_residents_committee_and_a_park_no_self_government(town: stage.Town) -> None:
    for place in (town.village, town.park, town.office):
        with pytest.raises(ValidationError, match="does not stand at such a place"):
            stage.body("residents_committee", place)


def test_a_stationed_post_names_the_department_that_sends(town: stage.Town) -> None:
    actions.set_up_missing(places=[town.city], founded_on=TODAY, by=SYSTEM)
    body = stage.body("stationed_post", town.east)
    assert [
        (post.name, post.sent_by.short_name if post.sent_by else "") for post in body.posts.select_related("sent_by")
    ] == [
        ("社区民警", "公安局"),
        ("劳动保障专干", "人力资源和社会保障局"),
        ("卫生健康专干", "卫生健康委员会"),
        ("残疾人工作专职委员", "残疾人联合会"),
        ("专职网格员", ""),
    ]


def test_a_whole_street_is_set_up_in_as_many_queries_as_one_body(town: stage.Town) -> None:
    codes = ["residents_meeting", "representatives_meeting", "residents_committee", "supervision_committee"]
    with CaptureQueriesContext(connection) as one:
        actions.set_up_bodies([BodyPlan(codes[0], town.west, TODAY)], by=SYSTEM)
    with CaptureQueriesContext(connection) as four:
        actions.set_up_bodies([BodyPlan(code, town.east, TODAY) for code in codes], by=SYSTEM)
    assert len(four) == len(one) + 2  # the first has neither a parent nor posts


def test_rename_keeps_the_old_name_out_of_the_log(town: stage.Town) -> None:
    body = stage.body("residents_committee", town.east)
    body.rename(name="湖东新社区居民委员会", short_name="湖东新居委会", by=SYSTEM)
    body.refresh_from_db()
    assert body.name == "湖东新社区居民委员会"
    assert Event.objects.get(verb="organisations.body.rename").data == {"name": None, "short_name": None}


def test_dissolve_ends_the_terms_and_hands_the_children_up(town: stage.Town) -> None:
    office = stage.body("subdistrict_office", town.office)
    branch = stage.body("party_branch", town.east)
    committee = stage.full_committee(town.east)
    mediation = stage.body("subcommittee_mediation", town.east)
    actions.dissolve(body=committee, on=TODAY, by=SYSTEM)
    committee.refresh_from_db()
    mediation.refresh_from_db()
    assert committee.ended_on == TODAY
    assert (branch.parent, mediation.parent) == (office, branch)
    assert set(Holding.objects.values_list("ends_on", "why_ended")) == {(TODAY, Why.DISSOLVED)}
    assert Event.objects.filter(verb="organisations.holding.end").count() == 5
    stage.full_committee(town.east)  # a new one may follow


def test_a_body_is_dissolved_once_not_before_it_began_and_not_over_a_coming_term(town: stage.Town) -> None:
    body = stage.body("residents_committee", town.east, founded_on=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="before it was founded"):
        actions.dissolve(body=body, on=date(2025, 12, 31), by=SYSTEM)
    coming = stage.appointed(body.posts.get(code="chair"), stage.resident(town.east), date(2026, 12, 1))
    with pytest.raises(ValidationError, match="takes up a post of this body later"):
        actions.dissolve(body=body, on=TODAY, by=SYSTEM)
    coming.end(on=date(2026, 12, 1), why=Why.RESIGNED, by=SYSTEM)
    actions.dissolve(body=body, on=date(2026, 12, 1), by=SYSTEM)
    with pytest.raises(ValidationError, match="dissolved already"):
        actions.dissolve(body=body, on=date(2026, 12, 1), by=SYSTEM)


def test_the_database_refuses_a_body_that_ends_before_it_begins(town: stage.Town) -> None:
    body = stage.body("residents_committee", town.east)
    with pytest.raises(IntegrityError, match="body_ends_after_it_began"):
        body.close(on=date(2019, 12, 31), by=SYSTEM)


def test_body_of_finds_the_nearest_at_or_above(town: stage.Town) -> None:
    office = stage.body("subdistrict_office", town.office)
    assert queries.body_of("subdistrict_office", "150302007001001") == office
    assert queries.body_of("subdistrict_office", "150302101201") is None
    assert queries.body_of("residents_committee", "150302007001") is None


def test_a_need_goes_to_the_workstation_then_the_committee_then_the_office_above(town: stage.Town) -> None:
    assert queries.lead_for("150302007001") is None
    district = stage.body("district_government", town.district)
    assert queries.lead_for("150302400498") == district
    office = stage.body("subdistrict_office", town.office)
    assert queries.lead_for("150302007001") == office
    committee = stage.body("residents_committee", town.east)
    assert queries.lead_for("150302007001001") == committee
    station = stage.body("workstation", town.east)
    assert queries.lead_for("150302007001001") == station
    actions.dissolve(body=station, on=TODAY, by=SYSTEM)
    assert queries.lead_for("150302007001") == committee


def test_everybody_sees_bodies_but_only_their_keepers_see_posts_to_fill(town: stage.Town) -> None:
    east, west = stage.body("residents_committee", town.east), stage.body("residents_committee", town.west)
    chair = in_post(RoleCode.CHAIR, town.east.path)
    officer = in_post(RoleCode.SUBDISTRICT, town.office.path)
    assert set(Body.objects.visible_to(VISITOR)) == {east, west}
    assert {post.body for post in Post.objects.visible_to(chair)} == {east}
    assert {post.body for post in Post.objects.visible_to(officer)} == {east, west}
    assert Post.objects.visible_to(in_post(RoleCode.WORKER, town.east.path)).count() == 0


def test_bodies_and_posts_can_be_referred_to(town: stage.Town) -> None:
    committee = stage.body("residents_committee", town.east)
    holding = stage.appointed(committee.posts.get(code="chair"), stage.resident(town.east))
    found = registry.resolve([ref(committee), ref(holding)], VISITOR)
    assert {one.title for one in found.values()} == {"湖东社区居民委员会", "湖东社区居委会 · 主任"}
    assert {one.url for one in found.values()} == {committee.get_absolute_url()}
