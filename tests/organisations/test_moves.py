"""Bodies that were set up in any order find each other, and are put under another one by hand."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from linli.ground.authority.actors import SYSTEM
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.kinds.models import BodyKind
from linli.ground.organisations import actions, queries
from linli.ground.organisations.models import Body, Category, Post
from tests.factories.people import sign_in

from . import town as stage
from .town import text

TODAY = date(2026, 11, 23)


def test_workstation_committee_and_branch_find_each_other_in_any_order(town: stage.Town) -> None:
    station, committee, branch, office = (
        stage.body(kind, place)
        for kind, place in (
            ("workstation", town.east),
            ("residents_committee", town.east),
            ("party_branch", town.east),
            ("subdistrict_office", town.office),
        )
    )
    for body in (station, committee, branch):
        body.refresh_from_db()
    assert (station.parent, committee.parent, branch.parent) == (committee, branch, office)
    moved = Event.objects.filter(verb="organisations.body.move").order_by("pk")
    assert [(event.subject, event.data) for event in moved] == [
        (ref(station), {"parent": [None, committee.pk]}),
        (ref(committee), {"parent": [None, branch.pk]}),
        (ref(branch), {"parent": [None, office.pk]}),
    ]
    assert station.version == 2


def test_a_committee_adopts_nobody_from_next_door_nor_who_stands_elsewhere_already(town: stage.Town) -> None:
    next_door = stage.body("workstation", town.west)
    stage.body("party_branch", town.east)
    own = stage.body("subcommittee_health", town.east)
    own.move(parent=Body.objects.get(kind__code="party_branch"), by=SYSTEM)
    stage.body("residents_committee", town.east)
    for body in (next_door, own):
        body.refresh_from_db()
    assert (next_door.parent, own.parent.kind.code if own.parent else "") == (None, "party_branch")


def test_stationed_posts_are_sent_by_a_department_that_comes_later(town: stage.Town) -> None:
    stationed = stage.body("stationed_post", town.east)
    department = BodyKind.objects.get(code="department")
    police = actions.set_up(kind=department, place=town.city, founded_on=TODAY, slot="public_security", by=SYSTEM)
    assert [post.sent_by for post in stationed.posts.all()] == [police, None, None, None, None]
    event = Event.objects.get(verb="organisations.post.send")
    assert (event.subject, event.data) == (ref(Post.objects.get(sent_by=police)), {"sent_by": [None, police.pk]})


def test_a_body_is_moved_on_its_page_and_back(town: stage.Town, officer: Client) -> None:
    committee, station = stage.body("residents_committee", town.east), stage.body("workstation", town.east)
    address = f"/organisations/{station.reference}/move/"
    office = Body.objects.get(kind__code="subdistrict_office")
    assert list(queries.parents_of(station)) == [committee, office]
    assert 'href="' + address in text(officer.get(station.get_absolute_url()))
    assert "湖东社区居民委员会" in text(officer.get(address))
    stranger = stage.body("residents_committee", town.west)
    assert officer.post(address, {"parent": stranger.pk}).status_code == 422
    for parent in (office, committee, None):
        assert officer.post(address, {"parent": parent.pk if parent else ""})["Location"] == station.get_absolute_url()
        station.refresh_from_db()
        assert station.parent == parent


def test_nothing_is_put_under_a_body_that_has_just_been_dissolved(town: stage.Town) -> None:
    committee, station = stage.body("residents_committee", town.east), stage.body("workstation", town.east)
    seen = Body.objects.get(pk=committee.pk)
    actions.dissolve(body=committee, on=TODAY, by=SYSTEM)
    with pytest.raises(ValidationError, match="has been dissolved; choose another"):
        actions.move(body=station, parent=seen, by=SYSTEM)


def test_no_kind_stands_above_itself(town: stage.Town) -> None:
    parents = dict(BodyKind.objects.values_list("code", "parents"))

    def above(code: str, seen: tuple[str, ...]) -> None:
        assert code not in seen
        for one in parents[code]:
            above(one, (*seen, code))

    for code in parents:
        above(code, ())


def test_an_association_has_a_category_that_can_be_corrected(town: stage.Town, officer: Client) -> None:
    typed = {"name": "红石榴舞队", "short_name": "舞队", "founded_on": "2024-05-01", "category": "recreation"}
    officer.post("/organisations/set-up/150302007001/association/", typed)
    body = Body.objects.get(name="红石榴舞队")
    assert "culture, sport and recreation" in text(officer.get(body.get_absolute_url()))
    address = f"/organisations/{body.reference}/correct/"
    assert officer.post(address, {"founded_on": "2024-05-01", "category": "trade"}).status_code == 422
    assert officer.post(address, {"founded_on": "2023-05-01", "category": "rights"}).status_code == 302
    body.refresh_from_db()
    assert (body.category, body.founded_on) == (Category.RIGHTS, date(2023, 5, 1))
    assert Event.objects.get(verb="organisations.body.correct").data["category"] == ["recreation", "rights"]


def test_only_associations_have_a_category(town: stage.Town, officer: Client) -> None:
    station = stage.body("workstation", town.east)
    assert "Category" not in text(officer.get(f"/organisations/{station.reference}/correct/"))
    with pytest.raises(ValidationError, match="Only associations"):
        station.correct(founded_on=TODAY, category=Category.RIGHTS, by=SYSTEM)
    kind = BodyKind.objects.get(code="subcommittee_health")
    with pytest.raises(ValidationError, match="Only associations"):
        actions.set_up(kind=kind, place=town.east, founded_on=TODAY, category=Category.RIGHTS, by=SYSTEM)


def test_no_body_is_founded_after_somebody_sat_in_it_or_after_its_end(town: stage.Town) -> None:
    committee = stage.full_committee(town.east)
    with pytest.raises(ValidationError, match="held a post of this body before"):
        committee.correct(founded_on=TODAY, by=SYSTEM)
    station = stage.body("workstation", town.east)
    actions.dissolve(body=station, on=date(2026, 11, 1), by=SYSTEM)
    with pytest.raises(ValidationError, match="before it was founded"):
        station.correct(founded_on=TODAY, by=SYSTEM)


def test_a_department_of_the_list_is_chosen_on_the_page(town: stage.Town, browser: Client) -> None:
    account, _person = stage.staff(None)
    actions.make_administrator(account=account, body=stage.body("city_government", town.city), by=SYSTEM)
    sign_in(browser, account)
    address = "/organisations/set-up/1503/department/"
    assert 'href="?department=youth_league"' in text(browser.get(address))
    chosen = text(browser.get(address, {"department": "youth_league"}))
    assert ('value="共青团乌海市委员会"' in chosen, 'href="?department=youth_league"' in chosen) == (True, False)
    typed = {"name": "共青团乌海市委员会", "short_name": "共青团", "founded_on": "2026-11-23"}
    browser.post(f"{address}?department=youth_league", typed)
    assert Body.objects.get(name="共青团乌海市委员会").slot == "youth_league"
    browser.post(address, typed | {"name": "乌海市供销合作社"})
    free = Body.objects.get(name="乌海市供销合作社")
    assert free.slot == free.reference
