"""Who asks: authority begins and ends with a post."""

from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.authority.powers import Power
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.organisations import actions, queries
from linli.ground.organisations.models import Why
from linli.ground.people.models import Account, AccountKind
from linli.ground.people.sessions import CONTACT, STRONG

from . import town as stage

TODAY = date(2026, 11, 23)


def asking(account: Account | None, **session: Any) -> HttpRequest:
    request = HttpRequest()
    request.user = account or AnonymousUser()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    request.session.update({STRONG: True} | session)
    return request


def on(day: date, account: Account) -> Actor:
    with clock.stopped_at(datetime(day.year, day.month, day.day, 4, tzinfo=UTC)):
        return queries.actor_of(asking(account))


def test_a_visitor_is_nobody_but_for_the_phone_they_have_proven(town: stage.Town) -> None:
    assert queries.actor_of(asking(None)).ref == ""
    assert queries.actor_of(asking(None, **{CONTACT: "abc"})).contact == "abc"


def test_a_resident_without_a_post_is_known_and_may_nothing(town: stage.Town) -> None:
    account, person = stage.staff(town.east)
    actor = queries.actor_of(asking(account, **{CONTACT: "abc"}))
    assert (actor.ref, actor.person, actor.post, actor.contact) == (ref(account), person.pk, None, "abc")
    assert queries.actor_of(asking(Account.objects.create(username="bare"))).person is None


def test_an_accounts_own_phone_goes_before_the_sessions(town: stage.Town) -> None:
    account, _person = stage.staff(town.east)
    account.contact = "own"
    assert queries.actor_of(asking(account, **{CONTACT: "abc"})).contact == "own"


def test_a_chair_acts_over_the_own_community_with_a_name(town: stage.Town) -> None:
    account, person = stage.staff(town.east, "李梅")
    committee = stage.body("residents_committee", town.east)
    holding = stage.appointed(committee.posts.get(code="chair"), person)
    actor = queries.actor_of(asking(account))
    assert actor.post is not None
    assert (actor.name, actor.post_ref, actor.post.title) == ("李梅", ref(holding), "湖东社区居委会 · 主任")
    assert (actor.post.role, actor.post.body) == (RoleCode.CHAIR, committee.pk)
    assert actor.holds(Power.MANAGE_BODIES, "150302007001001")
    assert not actor.holds(Power.MANAGE_BODIES, town.west.path)


def test_powers_are_gone_the_day_after_the_last(town: stage.Town) -> None:
    account, person = stage.staff(town.east)
    chair = stage.body("residents_committee", town.east).posts.get(code="chair")
    holding = stage.appointed(chair, person, date(2026, 1, 10), date(2026, 11, 23))
    held = [on(day, account).post_ref for day in (date(2026, 1, 9), date(2026, 1, 10), TODAY, date(2026, 11, 24))]
    assert held == ["", ref(holding), ref(holding), ""]


@hypothesis_settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    length=st.integers(0, 400),
    day=st.dates(date(2025, 12, 1), date(2028, 6, 1)),
)
def test_authority_is_the_term(own_chair: tuple[Account, Any], first: date, length: int, day: date) -> None:
    account, holding = own_chair
    last = date.fromordinal(first.toordinal() + length)
    type(holding).objects.filter(pk=holding.pk).update(begins_on=first, ends_on=last)
    assert (on(day, account).area(Power.MANAGE_BODIES) is not None) == (first <= day <= last)
    with clock.stopped_at(datetime(day.year, day.month, day.day, 4, tzinfo=UTC)):
        assert (queries.actor_in_post(ref(holding)) is not None) == (first <= day <= last)


@pytest.fixture
def own_chair(town: stage.Town) -> tuple[Account, Any]:
    account, person = stage.staff(town.east)
    committee = stage.body("residents_committee", town.east)
    return account, stage.appointed(committee.posts.get(code="chair"), person)


def test_one_factor_alone_opens_no_post_with_powers(town: stage.Town) -> None:
    account, person = stage.staff(town.east)
    stage.appointed(stage.body("residents_committee", town.east).posts.get(code="chair"), person)
    assert queries.actor_of(asking(account, **{STRONG: False})).post is None
    seat = stage.appointed(stage.body("deliberation_council", town.east).posts.get(code="member"), person)
    assert queries.actor_of(asking(account, **{STRONG: False})).post_ref == ref(seat)


def test_the_post_with_the_most_powers_comes_first_and_another_can_be_chosen(town: stage.Town) -> None:
    account, person = stage.staff(town.east)
    seat = stage.appointed(stage.body("deliberation_council", town.east).posts.get(code="member"), person)
    chair = stage.appointed(stage.body("residents_committee", town.east).posts.get(code="chair"), person)
    assert [post.ref for post in queries.posts_of(account, TODAY)] == [ref(chair), ref(seat)]
    assert queries.actor_of(asking(account)).post_ref == ref(chair)
    assert queries.actor_of(asking(account, **{queries.POST: ref(seat)})).post_ref == ref(seat)
    assert queries.actor_of(asking(account, **{queries.POST: "organisations.holding:0"})).post_ref == ref(chair)
    assert queries.posts_of(Account(), TODAY) == []


def test_an_organisations_account_is_its_delegates_alone(town: stage.Town) -> None:
    own, person = stage.staff(town.east)
    stage.appointed(stage.body("residents_committee", town.east).posts.get(code="chair"), person)
    unit = stage.body("resident_unit", town.east, name="湖东路小学")
    delegate = stage.appointed(unit.posts.get(code="delegate"), person)
    school = Account.objects.create(kind=AccountKind.LEGAL_BODY, title="湖东路小学", person=person, body=unit.pk)
    actor = queries.actor_of(asking(school))
    assert [post.ref for post in queries.posts_of(school, TODAY)] == [ref(delegate)]
    assert (actor.post_ref, actor.area(Power.MANAGE_BODIES)) == (ref(delegate), None)
    assert queries.actor_of(asking(own)).post_ref != ref(delegate)


def test_a_dissolved_body_gives_no_powers(town: stage.Town) -> None:
    account, person = stage.staff(town.east)
    committee = stage.body("residents_committee", town.east)
    holding = stage.appointed(committee.posts.get(code="chair"), person)
    actions.dissolve(body=committee, on=TODAY, by=SYSTEM)
    assert queries.actor_of(asking(account)).post is None
    assert queries.actor_in_post(ref(holding)) is None


def test_a_programs_key_acts_in_its_post_while_it_is_held(town: stage.Town) -> None:
    account, person = stage.staff(town.east)
    holding = stage.appointed(stage.body("residents_committee", town.east).posts.get(code="chair"), person)
    actor = queries.actor_in_post(ref(holding))
    assert actor is not None
    assert (actor.ref, actor.post_ref) == (ref(account), ref(holding))
    holding.end(on=date(2026, 11, 22), why=Why.RESIGNED, by=SYSTEM)
    assert queries.actor_in_post(ref(holding)) is None


@pytest.mark.parametrize(
    "post",
    ["", "organisations.holding:", "organisations.holding:x", "organisations.body:1", "organisations.holding:99"],
)
def test_a_key_to_no_post_opens_nothing(town: stage.Town, post: str) -> None:
    assert queries.actor_in_post(post) is None


def test_a_post_whose_holder_has_no_live_account_is_nobodys_key(town: stage.Town) -> None:
    chair = stage.body("residents_committee", town.east).posts.get(code="chair")
    account, person = stage.staff(town.east)
    holding = stage.appointed(chair, person)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert queries.actor_in_post(ref(holding)) is None


def test_knowing_who_asks_costs_one_query_beside_the_account(town: stage.Town) -> None:
    account, person = stage.staff(town.east)
    stage.appointed(stage.body("residents_committee", town.east).posts.get(code="chair"), person)
    stage.appointed(stage.body("deliberation_council", town.east).posts.get(code="member"), person)
    with CaptureQueriesContext(connection) as asked:
        queries.actor_of(asking(account))
    assert len(asked) == 1
