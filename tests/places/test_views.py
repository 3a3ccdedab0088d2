"""Pages of places, at the door."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from linli.ground.authority.actors import SYSTEM, Actor, Person
from linli.ground.places.models import City, Place, PlaceChange
from linli.ground.ui.sections import Section, Sections

Act = Callable[[Actor], None]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def keeping(keeper: Person, act: Act) -> None:
    """The administrator asks."""
    act(keeper)


def test_a_community_shows_where_it_lies_and_what_governs_it(client: Client, hudong: Place) -> None:
    page = client.get("/places/150302007009/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "<h1>海勃湾区滨河街道湖东社区</h1>" in text
    assert [label for label, _url in page.context["crumbs"]] == ["乌海市", "海勃湾区", "滨河街道", "湖东社区"]
    assert page.context["crumbs"][0][1] == "/places/1503/"
    assert "residents&#x27; committee" in text
    assert "Draw a grid" not in text


def test_a_province_lies_above_the_city(client: Client, wuhai: City) -> None:
    assert [label for label, _url in client.get("/places/15/").context["crumbs"]] == ["内蒙古自治区"]


def test_a_city_shows_its_districts_on_a_map(client: Client, wuhai: City) -> None:
    text = client.get("/places/1503/").content.decode()
    svg = text[text.index("<svg viewBox") : text.index("</figure>")]
    assert [f'href="/places/{path}/"' in svg for path in ("150302", "150303", "150304")] == [True] * 3
    assert 'aria-label="Schematic map of the districts of 乌海市"' in svg
    assert "style=" not in text
    assert "43 communities" in text


def test_a_district_shows_its_towns_and_itself_on_the_map(client: Client, wuhai: City) -> None:
    page = client.get("/places/150304/")
    text = page.content.decode()
    assert page.context["towns"][0].above.name == "三道坎街道"
    assert re.findall(r'<a href="([^"]+)" aria-current="page" aria-label', text) == ["/places/150304/"]
    assert "泽园社区" in text


def test_a_city_without_outlines_has_no_map(client: Client, load: Callable[..., object]) -> None:
    load([("15", "内蒙古自治区"), ("1504", "赤峰市"), ("150402", "红山区")])
    assert client.get("/places/1504/").context["map"] is None


def test_a_page_costs_the_same_for_a_city_of_any_size(client: Client, wuhai: City, hudong: Place) -> None:
    """Which city is open is left out: outside of a test each process reads it once."""
    for path in ("1503", "150304", "150302007", "150302007009"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/places/{path}/")
        asked = [one["sql"] for one in queries if 'FROM "places_city"' not in one["sql"]]
        assert len(asked) <= 12, "\n".join(asked)


def test_an_ended_place_says_where_it_went(client: Client, hudong: Place) -> None:
    one, two = hudong.draw_grid(name="一网格", by=SYSTEM), hudong.draw_grid(name="二网格", by=SYSTEM)
    two.end(successor=one, by=SYSTEM)
    text = client.get(f"/places/{two.path}/").content.decode()
    assert f'href="/places/{one.path}/"' in text
    assert "二网格 → 一网格" in text
    one.end(by=SYSTEM)
    assert "stays on record" in client.get(f"/places/{one.path}/").content.decode()


@pytest.mark.parametrize("path", ["99", "150302007999", "1", "1503020070099999", "abc"])
def test_there_is_no_such_place(client: Client, wuhai: City, path: str) -> None:
    assert client.get(f"/places/{path}/").status_code == 404


def test_other_apps_add_sections_in_order(hudong: Place) -> None:
    sections: Sections[Place] = Sections()
    sections.register(order=2, template_name="of_two.html", context=lambda place, actor: {"of": place.name})
    sections.register(order=1, template_name="of_one.html", context=lambda place, actor: {"to": actor.name})
    sections.register(order=3, template_name="of_three.html", context=lambda place, actor: None)
    assert sections.of(hudong, SYSTEM) == [
        Section("of_one.html", {"to": ""}),
        Section("of_two.html", {"of": hudong.name}),
    ]


def test_a_page_of_a_place_shows_the_sections_of_the_apps_above(client: Client, hudong: Place) -> None:
    found = client.get(f"/places/{hudong.path}/").context["sections"]
    apps = [one.template_name.partition("/")[0] for one in found]
    assert apps == ["portal", "completeness", "rulebook"]


def test_the_index_leads_down_and_finds(client: Client, wuhai: City) -> None:
    text = client.get("/places/").content.decode()
    assert 'href="/places/150303/"' in text
    found = client.get("/places/", {"q": "hudong"}).content.decode()
    assert 'href="/places/150302007009/"' in found
    assert "1 place found" in found
    assert "No place of this name" in client.get("/places/", {"q": "<script>"}).content.decode()


@pytest.mark.django_db
def test_the_index_of_an_empty_house(client: Client) -> None:
    assert "No city is open yet" in client.get("/places/").content.decode()


def test_a_long_list_is_searched_as_one_types(client: Client, wuhai: City) -> None:
    box = client.get("/places/picker/", {"for": "id_place", "level": "community"}).content.decode()
    assert 'hx-target="#id_place"' in box
    text = client.get("/places/picker/", {"for": "id_place", "level": "community", "q": "bin he"}).content.decode()
    assert text.count("<option") == 2
    assert '<optgroup label="海勃湾区滨河街道"><option value="150302007005">滨河社区</option></optgroup>' in text
    everything = client.get("/places/picker/", {"for": "id_place", "level": "community", "q": " "}).content.decode()
    assert everything.count("<option") == 88


@pytest.mark.parametrize(
    "facts", [{}, {"level": "community"}, {"level": "planet", "for": "id"}, {"level": "town", "for": '"><script>'}]
)
def test_the_picker_answers_only_to_forms(client: Client, facts: dict[str, str], db: None) -> None:
    assert client.get("/places/picker/", facts).status_code == 404


def test_a_keeper_draws_renames_and_ends_a_grid(client: Client, hudong: Place, keeper: Person, act: Act) -> None:
    act(keeper)
    assert "No grids have been drawn" in client.get("/places/150302007009/").content.decode()
    assert client.get(f"/places/grids/draw/{hudong.pk}/").status_code == 200
    drawn = client.post(f"/places/grids/draw/{hudong.pk}/", {"name": " 河畔  网格 "})
    assert (drawn.status_code, drawn["Location"]) == (302, "/places/150302007009/")
    grid = Place.objects.get(path="150302007009001")
    assert grid.name == "河畔 网格"
    assert "End the grid" in client.get(f"/places/{grid.path}/").content.decode()
    assert 'value="河畔 网格"' in client.get(f"/places/grids/{grid.pk}/rename/").content.decode()
    assert client.post(f"/places/grids/{grid.pk}/rename/", {"name": "湖畔网格"})["Location"] == f"/places/{grid.path}/"
    assert client.get(f"/places/grids/{grid.pk}/end/").status_code == 200
    assert client.post(f"/places/grids/{grid.pk}/end/", {})["Location"] == "/places/150302007009/"
    assert [change.kind for change in PlaceChange.objects.order_by("pk")] == ["renamed", "ended"]
    assert client.get(f"/places/grids/{grid.pk}/end/").status_code == 403


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "This field is required."),
        ("x" * 61, "at most 60 characters"),
        ("一网格", "This community already has a grid of this name."),
        ("a\0b", "Null characters are not allowed."),
    ],
)
def test_a_bad_name_is_shown_again_with_what_is_wrong(
    client: Client, hudong: Place, keeping: None, name: str, fault: str
) -> None:
    hudong.draw_grid(name="一网格", by=SYSTEM)
    page = client.post(f"/places/grids/draw/{hudong.pk}/", {"name": name})
    assert page.status_code == 422
    assert fault in str(page.context["form"].errors)
    assert Place.objects.filter(parent=hudong).count() == 1


def test_a_new_name_differs_from_the_old(client: Client, hudong: Place, keeper: Person, act: Act) -> None:
    act(keeper)
    grid = hudong.draw_grid(name="一网格", by=keeper)
    page = client.post(f"/places/grids/{grid.pk}/rename/", {"name": "一网格"})
    assert (page.status_code, "This is the name it has now." in page.content.decode()) == (422, True)


def test_a_grid_merges_only_into_one_that_is_offered(client: Client, hudong: Place, keeper: Person, act: Act) -> None:
    act(keeper)
    one, two = hudong.draw_grid(name="一网格", by=keeper), hudong.draw_grid(name="二网格", by=keeper)
    assert client.post(f"/places/grids/{one.pk}/end/", {"successor": hudong.pk}).status_code == 422
    assert client.post(f"/places/grids/{one.pk}/end/", {"successor": two.pk}).status_code == 302


def test_others_find_the_doors_of_grids_shut(client: Client, hudong: Place, worker: Person, act: Act) -> None:
    grid = hudong.draw_grid(name="一网格", by=SYSTEM)
    act(worker)
    for address in (f"draw/{hudong.pk}", f"{grid.pk}/rename", f"{grid.pk}/end"):
        assert client.get(f"/places/grids/{address}/").status_code == 403
        assert client.post(f"/places/grids/{address}/", {"name": "x"}).status_code == 403
    assert client.get("/places/grids/draw/999999/").status_code == 404


def test_a_grid_leads_to_its_community_the_other_grids_and_the_way_to_report(client: Client, hudong: Place) -> None:
    one, two = hudong.draw_grid(name="一网格", by=SYSTEM), hudong.draw_grid(name="二网格", by=SYSTEM)
    page = client.get(f"/places/{one.path}/")
    text = page.content.decode()
    assert [child.place for child in page.context["beside"]] == [two]
    assert f'href="{two.get_absolute_url()}"' in text
    assert f'href="/cases/report/?place={hudong.path}"' in text


def test_a_long_list_of_grids_folds_after_thirty(client: Client, hudong: Place) -> None:
    for number in range(1, 32):
        hudong.draw_grid(name=f"{number}号网格", by=SYSTEM)
    shown, _fold, folded = client.get("/places/150302007009/").content.decode().partition("Show all 31")
    assert (shown.count("号网格</a>"), folded.count("号网格</a>")) == (30, 1)
