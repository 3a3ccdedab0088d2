"""Whoever holds several posts chooses the one to act in."""

from django.test import Client

from linli.ground.accounts import rules
from linli.ground.authority.actors import VISITOR, Person
from linli.ground.core.registry import ref
from tests.factories.people import sign_in
from tests.organisations import town as stage
from tests.organisations.town import text

from .conftest import Office


def test_everybody_with_an_account_chooses_among_their_own_posts_only(office: Office) -> None:
    holding = office.chair
    assert [rules.may_choose(actor) for actor in (VISITOR, Person(ref="people.account:1"))] == [False, True]
    own, other = Person(ref="a", person=holding.person_id), Person(ref="b", person=holding.person_id + 1)
    assert [rules.may_act_as(actor, holding) for actor in (own, other, VISITOR)] == [True, False, False]


def test_a_person_with_two_posts_chooses_one(office: Office) -> None:
    town, browser = office.town, Client(headers={"accept-language": "en"})
    account, person = stage.staff(town.east)
    chair = stage.appointed(stage.body("residents_committee", town.west).posts.get(code="chair"), person)
    seat = stage.appointed(stage.body("deliberation_council", town.west).posts.get(code="member"), person)
    other = office.chair
    sign_in(browser, account)
    page = text(browser.get("/accounts/act-as/"))
    assert "湖西社区居委会 · 主任" in page
    assert browser.post(f"/accounts/act-as/{seat.pk}/").status_code == 302
    assert browser.session["post"] == ref(seat)
    rename = f"/organisations/{seat.post.body.reference}/rename/"
    assert browser.get(rename).status_code == 403
    assert browser.post(f"/accounts/act-as/{chair.pk}/").status_code == 302
    assert browser.get(rename).status_code == 200
    assert browser.post(f"/accounts/act-as/{other.pk}/").status_code == 404
    assert browser.get(f"/accounts/act-as/{seat.pk}/").status_code == 405


def test_a_resident_without_a_post_is_told_so(office: Office) -> None:
    town, browser = office.town, Client(headers={"accept-language": "en"})
    account, _person = stage.staff(town.east)
    sign_in(browser, account)
    assert "You hold no post" in text(browser.get("/accounts/act-as/"))
