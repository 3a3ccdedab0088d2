"""The same for machines: who stands where is public by surname; appointing needs a post."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.core.registry import ref
from linli.ground.organisations import actions
from linli.ground.organisations.actions import BodyPlan
from linli.ground.organisations.models import Body, Category, Holding

from . import town as stage

TODAY = date(2026, 11, 23)
API = "/api/organisations"


@pytest.fixture
def program(town: stage.Town) -> dict[str, Any]:
    """The headers of a program that acts for an officer of 滨河街道."""
    _account, person = stage.staff(None)
    holding = stage.appointed(stage.body("subdistrict_office", town.office).posts.get(code="officer"), person)
    _token, secret = ApiToken.issue(post=ref(holding), label="test", by=SYSTEM)
    return {
        "headers": {"authorization": f"Bearer {secret}", "accept-language": "en"},
        "content_type": "application/json",
    }


def test_bodies_of_a_place_come_page_by_page(town: stage.Town, browser: Client) -> None:
    committee = stage.body("residents_committee", town.east)
    stage.body("villagers_committee", town.village)
    answer = browser.get(f"{API}/bodies", {"place": "150302007"}).json()
    assert answer == {
        "items": [
            {
                "reference": committee.reference,
                "kind": "residents_committee",
                "name": "湖东社区居民委员会",
                "place": "150302007001",
                "parent": None,
                "category": "",
                "phone": "",
                "address": "",
                "hours": "",
                "duty": None,
                "founded_on": "2020-01-01",
                "ended_on": None,
            }
        ],
        "next": None,
    }
    assert browser.get(f"{API}/bodies", {"place": "x"}).status_code == 422


def test_associations_come_by_category(town: stage.Town, browser: Client) -> None:
    for name, category in (("舞队", Category.RECREATION), ("法律服务队", Category.RIGHTS)):
        plan = BodyPlan("association", town.east, date(2020, 1, 1), name, category=category)
        actions.set_up_bodies([plan], by=SYSTEM)
    asked = {"place": "1503", "category": "rights"}
    assert [(one["name"], one["category"]) for one in browser.get(f"{API}/bodies", asked).json()["items"]] == [
        ("法律服务队", "rights")
    ]
    assert browser.get(f"{API}/bodies", asked | {"category": "trade"}).status_code == 422


def test_a_body_names_its_holders_by_surname(town: stage.Town, browser: Client) -> None:
    stage.body("party_branch", town.east)
    committee = stage.body("residents_committee", town.east, [stage.seat("chair", stage.resident(town.east, "李梅兰"))])
    answer = browser.get(f"{API}/bodies/{committee.reference}").json()
    assert answer["posts"][0]["holders"][0]["name"] == "李某某"
    assert answer["body"]["parent"] == committee.parent.reference  # type: ignore[union-attr]
    assert browser.get(f"{API}/bodies/NOTTHERE").status_code == 404


def test_a_program_appoints_and_ends(town: stage.Town, browser: Client, program: dict[str, Any]) -> None:
    chair = stage.body("residents_committee", town.east).posts.get(code="chair")
    person = stage.resident(town.east, "李梅兰")
    typed = {"person": person.pk, "begins_on": "2026-11-23", "how": "elected"}
    made = browser.post(f"{API}/posts/{chair.pk}/appoint", typed, **program)
    assert made.status_code == 201
    assert made.json() | {"id": 0} == {
        "id": 0,
        "name": "李某某",
        "how": "elected",
        "begins_on": "2026-11-23",
        "ends_on": "2031-11-22",
    }
    again = browser.post(f"{API}/posts/{chair.pk}/appoint", typed, **program)
    assert (again.status_code, again.json()["detail"]) == (422, "This person holds this post in that time already.")
    end = f"{API}/holdings/{made.json()['id']}/end"
    assert browser.post(end, {"on": "2020-01-01", "why": "died"}, **program).status_code == 422
    assert browser.post(end, {"on": "2026-11-23", "why": "resigned"}, **program).json()["ends_on"] == "2026-11-23"


def test_a_program_withdraws_what_has_not_begun(town: stage.Town, browser: Client, program: dict[str, Any]) -> None:
    committee = stage.body("residents_committee", town.east)
    chair, person = committee.posts.get(code="chair"), stage.resident(town.east, "李梅兰")
    typed = {"person": person.pk, "begins_on": "2027-01-10", "how": "elected"}
    made = browser.post(f"{API}/posts/{chair.pk}/appoint", typed, **program).json()
    assert browser.get(f"{API}/bodies/{committee.reference}").json()["posts"][0]["coming"] == [made]
    address = f"{API}/holdings/{made['id']}/withdraw"
    assert browser.post(address, {"reason": " "}, **program).status_code == 422
    assert browser.post(address, {"reason": "日期写错"}, **program).json() == made
    assert browser.post(address, {"reason": "日期写错"}, **program).status_code == 404
    assert browser.get(f"{API}/bodies/{committee.reference}").json()["posts"][0]["coming"] == []
    begun = browser.post(f"{API}/posts/{chair.pk}/appoint", typed | {"begins_on": "2026-11-23"}, **program).json()
    assert browser.post(f"{API}/holdings/{begun['id']}/withdraw", {"reason": "x"}, **program).status_code == 422


def test_a_program_reaches_no_further_than_its_post(town: stage.Town, browser: Client, program: dict[str, Any]) -> None:
    chair = stage.body("residents_committee", town.east).posts.get(code="chair")
    far = stage.body("villagers_committee", town.village).posts.get(code="chair")
    stranger = stage.resident(town.village)
    typed = {"person": stranger.pk, "begins_on": "2026-11-23", "how": "elected"}
    assert browser.post(f"{API}/posts/{far.pk}/appoint", typed, **program).status_code == 404
    assert browser.post(f"{API}/posts/{chair.pk}/appoint", typed, **program).status_code == 404
    assert browser.post(f"{API}/posts/{chair.pk}/appoint", typed, content_type="application/json").status_code == 401
    assert (Body.objects.count(), Holding.objects.count()) == (3, 1)
