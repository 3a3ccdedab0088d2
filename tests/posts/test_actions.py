"""The posts of a body are kept within what the rulebook allows, and never under those who sit there."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.organisations.models import Contact, Holding, How, Post
from linli.ground.posts import actions, queries
from linli.ground.rulebook.actions import load_rules
from tests.organisations import town as stage

TODAY = date(2026, 11, 23)


@pytest.fixture
def rules(town: stage.Town) -> stage.Town:
    """The town with the rules of the release."""
    load_rules()
    return town


def refused(code: str, change: Any, *args: Any, **given: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        change(*args, **given, by=SYSTEM)
    assert caught.value.code == code


def last() -> Event:
    return Event.objects.latest("pk")


def test_a_workstation_gets_a_post_that_no_rule_forbids(town: stage.Town) -> None:
    station = stage.body("workstation", town.east)
    post = actions.add(station, name="楼栋联络员", role=RoleCode.MEMBER, seats=6, by=SYSTEM)
    assert list(station.posts.current().values_list("name", flat=True)) == ["站长", "社区工作者", "楼栋联络员"]
    assert (last().verb, last().data) == ("organisations.post.add", {"role": "member", "seats": 6, "sent_by": None})
    assert (post.head, post.place_path) == (False, town.east.path)
    refused("name", actions.add, station, name="楼栋联络员", role=RoleCode.MEMBER, seats=1)
    refused("role", actions.add, station, name="管理员", role=RoleCode.ADMINISTRATOR, seats=1)
    refused("seats", actions.add, station, name="志愿者", role=RoleCode.MEMBER, seats=501)


def test_rename_takes_no_name_of_another_post_that_stands(town: stage.Town) -> None:
    station = stage.body("workstation", town.east)
    head, worker = station.posts.get(code="head"), station.posts.get(code="worker")
    refused("name", actions.rename, worker, name="站长")
    actions.rename(worker, name="社区工作者", by=SYSTEM)  # its own name is not another's
    actions.abolish(worker, by=SYSTEM)
    actions.rename(head, name="社区工作者", by=SYSTEM)
    assert Post.objects.get(pk=head.pk).name == "社区工作者"
    with pytest.raises(IntegrityError, match="post_names_differ"), transaction.atomic():
        Post.objects.create(body=station, code="x", name="社区工作者", role="member", seats=1)


def test_a_committee_has_five_to_nine_seats_by_law_and_every_change_has_its_reason(rules: stage.Town) -> None:
    committee = stage.body("residents_committee", rules.east)
    member, vice = committee.posts.get(code="member"), committee.posts.get(code="vice_chair")
    bounds = queries.bounds_of(committee)
    assert bounds.least is not None
    assert bounds.most is not None
    assert (bounds.seats, bounds.least.number, bounds.most.number, bounds.is_fixed) == (9, 5, 9, True)
    assert "城市居民委员会组织法" in bounds.sentence
    refused("many", actions.add, committee, name="顾问", role=RoleCode.MEMBER, seats=1, reason="换届")
    refused("many", actions.resize, member, seats=7, reason="换届")
    refused("few", actions.resize, member, seats=1, reason="换届")
    refused("reason", actions.resize, member, seats=4)
    actions.resize(member, seats=4, reason="本届选举办法定为七人", by=SYSTEM)
    member.refresh_from_db()
    assert (member.seats, member.reason) == (4, "本届选举办法定为七人")
    assert (last().verb, last().data) == ("organisations.post.resize", {"seats": [6, 4], "reason": None})
    actions.abolish(vice, reason="不设副主任", by=SYSTEM)
    refused("few", actions.resize, member, seats=3, reason="x")
    refused("abolished", actions.abolish, vice, reason="x")
    assert queries.bounds_of(committee).seats == 5


def test_before_a_law_was_in_force_it_says_nothing_of_seats(rules: stage.Town) -> None:
    committee = stage.body("residents_committee", rules.east)
    with clock.stopped_at(datetime(1985, 5, 6, 2, tzinfo=UTC)):
        assert not queries.bounds_of(committee).is_fixed


def test_nobody_is_left_without_the_seat_they_sit_on(town: stage.Town) -> None:
    station = stage.body("workstation", town.east)
    worker = station.posts.get(code="worker")
    for person in stage.crowd(town.east, 2):
        stage.appointed(worker, person, date(2026, 1, 1), date(2026, 12, 31))
    stage.appointed(worker, stage.resident(town.east), date(2027, 1, 1), None)
    refused("held", actions.resize, worker, seats=1)
    actions.resize(worker, seats=2, by=SYSTEM)
    refused("held", actions.abolish, worker)


def test_who_leads_or_answers_for_a_body_is_not_abolished(town: stage.Town) -> None:
    station = stage.body("workstation", town.east)
    refused("kept", actions.abolish, station.posts.get(code="head"))
    worker = station.posts.get(code="worker")
    station.correct(founded_on=station.founded_on, contact=Contact(duty=worker), by=SYSTEM)
    refused("duty", actions.abolish, Post.objects.select_related("body").get(pk=worker.pk))


def test_an_abolished_post_takes_nobody_and_is_named_anew(town: stage.Town) -> None:
    station = stage.body("workstation", town.east)
    worker = station.posts.get(code="worker")
    actions.abolish(worker, by=SYSTEM)
    assert (last().verb, worker.abolished_on) == ("organisations.post.abolish", TODAY)
    person = stage.resident(town.east)
    with pytest.raises(ValidationError) as caught:
        stage.appointed(worker, person, TODAY)
    assert caught.value.code == "abolished"
    with pytest.raises(IntegrityError, match="no such post any more"), transaction.atomic():
        Holding.objects.create(post=worker, person=person, begins_on=TODAY, how=How.HIRED)
    again = actions.add(station, name=worker.name, role=RoleCode.WORKER, seats=1, by=SYSTEM)
    assert again.code != worker.code


def test_a_dissolved_body_has_no_posts_to_keep(town: stage.Town) -> None:
    station = stage.body("workstation", town.east)
    worker = station.posts.select_related("body").get(code="worker")
    station.close(on=TODAY, by=SYSTEM)
    refused("ended", actions.add, station, name="联络员", role=RoleCode.MEMBER, seats=1)
    refused("ended", actions.resize, worker, seats=1)


def test_a_renamed_post_keeps_its_holder(town: stage.Town) -> None:
    station = stage.body("workstation", town.east)
    worker = station.posts.get(code="worker")
    holding = stage.appointed(worker, stage.resident(town.east), TODAY)
    worker.rename(name="社工", by=SYSTEM)
    assert (last().verb, last().data) == ("organisations.post.rename", {"name": None})
    assert str(Holding.objects.get(pk=holding.pk).post).endswith("社工")
