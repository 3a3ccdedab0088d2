"""Places for programs."""

import pytest
from django.test import Client

from linli.ground.authority.actors import SYSTEM
from linli.ground.places.models import City, Place


def test_the_tree_is_read_page_by_page(client: Client, wuhai: City) -> None:
    paths, after = [], ""
    while True:
        page = client.get("/api/places/", {"after": after, "level": "community"}).json()
        paths += [one["path"] for one in page["items"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert paths == list(Place.objects.filter(level="community").order_by("path").values_list("path", flat=True))


def test_a_subtree_and_a_name(client: Client, wuhai: City) -> None:
    found = client.get("/api/places/", {"under": "150302", "q": "滨河"}).json()
    assert [one["title"] for one in found["items"]] == ["海勃湾区滨河街道", "海勃湾区滨河街道滨河社区"]


@pytest.mark.django_db
def test_the_whole_country_is_not_searched(client: Client) -> None:
    assert client.get("/api/places/", {"q": "滨河"}).json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    "facts", [{"under": "x"}, {"level": "planet"}, {"q": "长" * 61}, {"q": "\0"}, {"after": "x" * 501}]
)
def test_what_is_out_of_bounds_is_refused(client: Client, wuhai: City, facts: dict[str, str]) -> None:
    assert client.get("/api/places/", facts).status_code == 422


def test_a_forged_token_is_refused(client: Client, wuhai: City) -> None:
    assert client.get("/api/places/", {"after": "abc"}).status_code == 400


def test_one_place_with_where_it_went(client: Client, hudong: Place) -> None:
    assert client.get("/api/places/150302007009").json() == {
        "path": "150302007009",
        "name": "湖东社区居委会",
        "short_name": "湖东社区",
        "title": "海勃湾区滨河街道湖东社区",
        "level": "community",
        "kind": "juweihui",
        "parent": "150302007",
        "begun_on": "2023-06-30",
        "ended_on": None,
        "successor": None,
    }
    one, two = hudong.draw_grid(name="一网格", by=SYSTEM), hudong.draw_grid(name="二网格", by=SYSTEM)
    one.end(successor=two, by=SYSTEM)
    ended = client.get(f"/api/places/{one.path}").json()
    assert (ended["ended_on"], ended["successor"]) == ("2026-11-23", two.path)


def test_no_such_place(client: Client, wuhai: City) -> None:
    assert client.get("/api/places/99").status_code == 404
    assert client.get("/api/places/x").status_code == 422
