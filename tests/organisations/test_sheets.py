"""A body's sheet and who may be found for its posts."""

from datetime import date

from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.core.models import Event
from linli.ground.kinds.models import stand_of
from linli.ground.kinds.queries import kind_at
from linli.ground.organisations import actions, queries
from linli.ground.organisations.actions import BodyPlan, set_up_bodies
from linli.ground.organisations.models import Why
from tests.factories.people import in_post

from . import town as stage

TODAY = date(2026, 11, 23)


def test_a_sheet_shows_posts_holders_children_and_what_happened(town: stage.Town) -> None:
    stage.body("party_branch", town.east)
    committee = stage.body("residents_committee", town.east)
    mediation = stage.body("subcommittee_mediation", town.east)
    holding = stage.appointed(committee.posts.get(code="chair"), stage.resident(town.east, "李梅兰"))
    gone = stage.appointed(committee.posts.get(code="member"), stage.resident(town.east, "王强"))
    gone.end(on=date(2026, 11, 22), why=Why.RESIGNED, by=SYSTEM)
    sheet = queries.sheet_of(committee, TODAY)
    assert [(one.post.name, [held.pk for held in one.holders], one.free) for one in sheet.posts] == [
        ("主任", [holding.pk], 0),
        ("副主任", [], 2),
        ("委员", [], 6),
    ]
    assert list(sheet.children) == [mediation]
    assert sheet.source == "城市居民委员会组织法 第八条、第十二条"
    assert [(past.what, past.who, str(past.done)) for past in sheet.history] == [
        ("湖东社区居民委员会", "", "set up"),
        ("主任", "李某某", "appointment recorded"),
        ("委员", "王某", "appointment recorded"),
        ("委员", "王某", "end of term recorded"),
    ]


def test_a_dissolved_body_keeps_its_history(town: stage.Town) -> None:
    committee = stage.body("residents_committee", town.east)
    actions.dissolve(body=committee, on=TODAY, by=SYSTEM)
    sheet = queries.sheet_of(committee, TODAY)
    assert [str(past.done) for past in sheet.history] == ["set up", "dissolved"]


def test_a_kind_is_offered_only_where_it_may_stand(town: stage.Town) -> None:
    assert kind_at("residents_committee", stand_of(town.village)) is None
    assert kind_at("orchestra", stand_of(town.east)) is None
    found = kind_at("residents_committee", stand_of(town.east))
    assert found is not None
    assert found.code == "residents_committee"


def test_persons_are_found_by_the_whole_name_or_phone_only(town: stage.Town) -> None:
    post = stage.body("residents_committee", town.east).posts.get(code="chair")
    officer = in_post("subdistrict", town.office.path)  # type: ignore[arg-type]
    near = stage.resident(town.west, "王秀兰", phone="13900000001")
    far = stage.resident(town.village, "王秀兰", phone="13900000002")
    worker = stage.resident(None, "王秀兰")
    dead = stage.resident(town.east, "王秀兰")
    dead.mark_died(on=TODAY, by=SYSTEM)
    assert list(queries.persons_for(post, "王秀兰", officer)) == [near, worker]
    assert list(queries.persons_for(post, "王", officer)) == []
    assert list(queries.persons_for(post, "", officer)) == []
    assert list(queries.persons_for(post, "13900000002", officer)) == [far]
    assert list(queries.persons_for(post, "王秀兰", VISITOR)) == [worker]
    assert (queries.person_for(post, near.pk, officer), queries.person_for(post, far.pk, officer)) == (near, None)


def test_the_whole_city_is_set_up_by_bulk_with_one_event_a_body(town: stage.Town) -> None:
    codes = ["residents_meeting", "representatives_meeting", "residents_committee"]
    before = Event.objects.count()
    bodies = set_up_bodies(
        [BodyPlan(code, place, TODAY) for place in (town.east, town.west) for code in codes], by=SYSTEM
    )
    assert Event.objects.count() - before == len(bodies) == 6
