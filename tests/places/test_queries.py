"""Finding places, and what lies where."""

from collections.abc import Callable

import pytest
from django.db import connection

from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.places import actions, queries
from linli.ground.places.divisions import Kind, Level, ancestors_of, kind_of, parent_of, short_name, town_kind
from linli.ground.places.models import City, Place
from linli.ground.ui.page_facts import PageFacts


@pytest.mark.django_db
def test_before_a_city_is_open() -> None:
    assert (queries.city(), queries.city_path()) == (None, "")
    assert queries.page_facts() == PageFacts(city="", demo=False)


def test_the_open_city(wuhai: City) -> None:
    assert (queries.city(), queries.city_path()) == (wuhai, "1503")
    assert queries.page_facts() == PageFacts(city="乌海市", demo=True)


@pytest.mark.usefixtures("own_city")
def test_a_process_asks_for_its_city_once(django_assert_num_queries: Callable[..., object]) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert queries.city() is None
    actions.open_city(code="1503", is_demo=False, by=SYSTEM)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert queries.city() == queries.city()
    queries._cities.pop(str(connection.settings_dict["NAME"]))


def test_a_code_leads_to_its_place_or_the_last_that_bore_it(hudong: Place, keeper: Person) -> None:
    grid = hudong.draw_grid(name="一网格", by=keeper)
    grid.end(by=keeper)
    assert queries.place_at("150302007009") == hudong
    assert queries.place_at(grid.path) == grid
    assert queries.place_at("99") is None


def test_communities_are_real_ones(wuhai: City) -> None:
    assert queries.communities_of("150303").count() == 19
    assert queries.counts_by_kind("1503") == {Kind.JUWEIHUI: 70, Kind.CUNWEIHUI: 13, Kind.QUASI_JUWEIHUI: 4}
    assert queries.counts_by_kind("150304012") == {Kind.JUWEIHUI: 3}


def test_groups_stand_under_the_place_above(wuhai: City) -> None:
    groups = queries.grouped(queries.communities_of("150304").with_parents())
    assert [(group.above.name, len(group.places)) for group in groups][:2] == [("三道坎街道", 2), ("五虎山街道", 2)]
    assert queries.grouped(Place.objects.filter(path="15")) == []


def test_children_count_their_communities(wuhai: City, hudong: Place) -> None:
    assert [(child.place.name, child.communities) for child in queries.children_of(wuhai.place)] == [
        ("海勃湾区", 43),
        ("海南区", 21),
        ("乌达区", 23),
    ]
    assert {child.communities for child in queries.children_of(Place.objects.get(path="150302007"))} == {0}
    assert queries.children_of(hudong) == []


def test_towns_stand_with_their_communities_even_without_any(wuhai: City, load: Callable[..., object]) -> None:
    load([("15", "内蒙古自治区"), ("1503", "乌海市"), ("150304", "乌达区"), ("150304013", "新街道")])
    towns = queries.towns_of(Place.objects.get(path="150304"))
    assert [(group.above.name, len(group.places)) for group in towns][-3:] == [
        ("新街道", 0),
        ("乌兰淖尔镇", 2),
        ("乌达经济开发区", 1),
    ]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("湖东", ["海勃湾区滨河街道湖东社区"]),
        (" 湖 东 ", ["海勃湾区滨河街道湖东社区"]),
        ("hudong", ["海勃湾区滨河街道湖东社区"]),
        ("HDSQ", ["海勃湾区新华西街道海达社区", "海勃湾区滨河街道湖东社区"]),
        ("滨河", ["海勃湾区滨河街道", "海勃湾区滨河街道滨河社区"]),
        ("无此地", []),
        ("zzz", []),
        ("", []),
        ("\0", []),
        ("%", []),
    ],
)
def test_a_place_is_found_by_name_or_pinyin(wuhai: City, text: str, titles: list[str]) -> None:
    assert [place.title for place in queries.find(text, "1503")] == titles


def test_only_one_level_is_searched_where_one_is_asked_for(wuhai: City) -> None:
    assert [place.path for place in queries.find("滨河", "1503", level=Level.TOWN)] == ["150302007"]


def test_the_whole_country_is_never_searched(wuhai: City, monkeypatch: pytest.MonkeyPatch) -> None:
    assert queries.find("湖东", "") == []
    monkeypatch.setattr(queries, "SPELT_MAX", 10)
    assert queries.find("hudong", "1503") == []
    assert len(queries.find("hudong", "150302007")) == 1


def test_history_is_that_of_the_place_and_of_those_that_went_over_to_it(hudong: Place, keeper: Person) -> None:
    one, two = hudong.draw_grid(name="一网格", by=keeper), hudong.draw_grid(name="二网格", by=keeper)
    two.rename(name="大网格", by=keeper)
    one.end(successor=two, by=keeper)
    assert [change.kind for change in queries.history_of(two)] == ["merged", "renamed"]
    assert [change.kind for change in queries.history_of(one)] == ["merged"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("湖东社区居委会", "湖东社区"),
        ("湖东社区居民委员会", "湖东社区"),
        ("振华社区", "振华社区"),
        ("新地村委会", "新地村"),
        ("羊路井村民委员会", "羊路井村"),
        ("团结村村委会", "团结村"),
        ("团结村村民委员会", "团结村"),
        ("巴音嘎查村委会", "巴音嘎查"),
        ("巴音嘎查村民委员会", "巴音嘎查"),
        ("北关居民委员会", "北关居委会"),
        ("第一居委会", "第一居委会"),
        ("村委会", "村委会"),
        ("滨河街道", "滨河街道"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("150302007009", Kind.JUWEIHUI),
        ("150302101203", Kind.CUNWEIHUI),
        ("150302400498", Kind.QUASI_JUWEIHUI),
        ("150302400501", Kind.QUASI_CUNWEIHUI),
        ("150302101400", Kind.JUWEIHUI),
        ("150302400000", None),
        ("150302400600", None),
    ],
)
def test_the_last_three_digits_say_the_kind_unless_corrected(path: str, kind: Kind | None) -> None:
    assert kind_of(path) == kind


def test_what_stands_above_a_code() -> None:
    assert (parent_of("15"), parent_of("150302007009001")) == ("", "150302007009")
    assert ancestors_of("150302007009") == ["15", "1503", "150302", "150302007"]


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("150302007", "滨河街道", "subdistrict"),
        ("150302101", "千里山镇", "town"),
        ("150302108", "新城街道", "subdistrict"),  # a town until lately, its code not changed yet
        ("152921201", "巴彦浩特苏木", "township"),
        ("152921202", "某某民族乡", "township"),
        ("310115005", "陆家嘴社区办事处", "subdistrict"),
        ("150302400", "乌海高新技术产业开发区海勃湾产业园", "zone"),
    ],
)
def test_a_division_of_the_fourth_level_is_a_sub_district_a_town_or_something_like_it(
    path: str, name: str, kind: str
) -> None:
    assert town_kind(path, name) == kind
