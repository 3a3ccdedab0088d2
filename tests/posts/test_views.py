"""The posts of a body at the desk and for programs."""

from typing import Any

import pytest
from django.test import Client

from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Holding, Post
from linli.ground.rulebook.actions import load_rules
from tests.organisations import town as stage
from tests.organisations.town import text


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


def test_from_the_bodys_page_to_a_new_post(town: stage.Town, officer: Client) -> None:
    station = stage.body("workstation", town.east)
    assert f"/posts/of/{station.reference}/add/" in text(officer.get(station.get_absolute_url()))
    address = f"/posts/of/{station.reference}/add/"
    empty = officer.post(address, {"name": "联络员", "seats": "none", "role": "administrator"})
    assert (empty.status_code, 'value="联络员"' in text(empty)) == (422, True)
    done = officer.post(address, {"name": "联络员", "seats": "3", "role": "member"})
    assert done["Location"] == station.get_absolute_url()
    page = text(officer.get(station.get_absolute_url()))
    assert ("联络员" in page, "post added" in page) == (True, True)


def test_the_law_answers_in_the_form_and_what_was_typed_comes_back(town: stage.Town, officer: Client) -> None:
    load_rules()
    committee = stage.body("residents_committee", town.east)
    address = f"/posts/{committee.posts.get(code='member').pk}/resize/"
    assert "城市居民委员会组织法" in text(officer.get(address))
    refused = officer.post(address, {"seats": "8", "reason": "换届"})
    assert (refused.status_code, "at most 9 members" in text(refused), "换届" in text(refused)) == (422, True, True)
    assert officer.post(address, {"seats": "5"}).status_code == 422
    assert officer.post(address, {"seats": "5", "reason": "换届"}).status_code == 302


def test_a_name_or_a_number_that_cannot_be_is_refused_in_plain_words(town: stage.Town, officer: Client) -> None:
    worker = stage.body("workstation", town.east).posts.get(code="worker")
    twice = officer.post(f"/posts/{worker.pk}/rename/", {"name": "站长"})
    assert (twice.status_code, "has a post of this name already" in text(twice)) == (422, True)
    for seats in ("0", "9999"):
        page = text(officer.post(f"/posts/{worker.pk}/resize/", {"seats": seats}))
        assert "Write a number of seats from 1 to 500." in page


def test_rename_and_abolish_an_empty_post(town: stage.Town, officer: Client) -> None:
    station = stage.body("workstation", town.east)
    worker = station.posts.get(code="worker")
    officer.post(f"/posts/{worker.pk}/rename/", {"name": "社工"})
    assert "cannot be opened again" in text(officer.get(f"/posts/{worker.pk}/abolish/"))
    assert officer.post(f"/posts/{worker.pk}/abolish/", {}).status_code == 422
    assert officer.post(f"/posts/{worker.pk}/abolish/", {"sure": "on"}).status_code == 302
    assert officer.get(f"/posts/{worker.pk}/rename/").status_code == 404
    assert Post.objects.get(pk=worker.pk).name == "社工"


def test_stationed_posts_name_the_department_that_sends(town: stage.Town, officer: Client) -> None:
    department = stage.body("department", town.city, name="乌海市信访局")
    stationed = stage.body("stationed_post", town.east)
    address = f"/posts/of/{stationed.reference}/add/"
    assert "乌海市信访局" in text(officer.get(address))
    officer.post(address, {"name": "信访专员", "seats": "1", "role": "member", "sent_by": department.pk})
    assert Post.objects.get(name="信访专员").sent_by == department


def test_nobody_keeps_posts_elsewhere(town: stage.Town, officer: Client, browser: Client) -> None:
    station = stage.body("workstation", town.village)
    worker = station.posts.get(code="worker")
    assert officer.get(f"/posts/{worker.pk}/resize/").status_code == 404
    assert officer.get(f"/posts/of/{station.reference}/add/").status_code == 403


def test_programs_keep_posts_too(town: stage.Town, browser: Client, program: dict[str, Any]) -> None:
    station, department = stage.body("workstation", town.east), stage.body("department", town.city, name="信访局")
    api = "/api/posts"
    asked = {"name": "联络员", "seats": 3, "sent_by": department.reference}
    made = browser.post(f"{api}/of/{station.reference}/add", asked, **program)
    assert (made.status_code, made.json()["seats"], made.json()["holders"]) == (201, 3, [])
    assert browser.post(f"{api}/of/{station.reference}/add", asked | {"sent_by": "X"}, **program).status_code == 404
    pk = made.json()["id"]
    assert browser.post(f"{api}/{pk}/rename", {"name": "楼长"}, **program).json()["name"] == "楼长"
    assert browser.post(f"{api}/{pk}/resize", {"seats": 4}, **program).json()["seats"] == 4
    assert browser.post(f"{api}/{pk}/resize", {"seats": 0}, **program).status_code == 422
    assert browser.post(f"{api}/{pk}/abolish", {}, **program).status_code == 200
    assert browser.post(f"{api}/{pk}/abolish", {}, **program).status_code == 404
    head = station.posts.get(code="head")
    assert browser.post(f"{api}/{head.pk}/abolish", {}, **program).status_code == 422
    assert Holding.objects.filter(post__body=station).count() == 0


def test_the_page_asks_no_more_for_ten_posts_than_for_one(
    town: stage.Town, officer: Client, django_assert_max_num_queries: Any
) -> None:
    station = stage.body("workstation", town.east)
    for number in range(10):
        post = {"body": station, "code": str(number), "name": f"岗位{number}", "role": "member", "seats": 1}
        Post.objects.create(**post)
    with django_assert_max_num_queries(24):
        officer.get(station.get_absolute_url())
