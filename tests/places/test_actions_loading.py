"""Editions of the statistics: what is new, what is gone, what only changed its name or its code."""

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.authority.actors import SYSTEM
from linli.ground.core.models import Event
from linli.ground.places import actions
from linli.ground.places.divisions import DATA, parent_of
from linli.ground.places.models import Change, City, Edition, Place, PlaceChange

Load = Callable[..., actions.Loaded]
Write = Callable[..., Path]
TOWN = [("15", "内蒙古自治区"), ("1503", "乌海市"), ("150302", "海勃湾区"), ("150302007", "滨河街道")]
SHIP = ("150302007005", "滨河社区居委会")
HUDONG = ("150302007009", "湖东社区居委会")
BAILOU = ("150302007003", "白楼社区居委会")
OTHER_TOWN = [("150302008", "林荫街道"), ("150302008001", "大庆社区居委会")]
FULL = [*TOWN, SHIP, HUDONG, BAILOU, *OTHER_TOWN]


def _changes() -> list[tuple[str, str, str | None]]:
    rows = PlaceChange.objects.order_by("pk").values_list("place__path", "kind", "successor__path")
    return [(path, kind, into) for path, kind, into in rows]


def _verbs() -> list[tuple[str, str]]:
    return list(Event.objects.filter(verb__startswith="places.").order_by("pk").values_list("verb", "place_path"))


def _current() -> dict[str, str]:
    return dict(Place.objects.current().values_list("path", "name"))


def test_a_first_edition_is_one_event(load: Load) -> None:
    loaded = load(FULL)
    assert (loaded.rows, loaded.added, loaded.changed) == (9, 9, {})
    assert _verbs() == [("places.edition.load", "150302")]
    assert Event.objects.get(verb="places.edition.load").data == {"day": "2024-06-30", "rows": 9, "added": 9}
    assert _current() == dict(FULL)
    edition = Edition.objects.get()
    assert (edition.covers, edition.rows, len(edition.digest)) == ("150302", 9, 64)


def test_the_same_edition_again_changes_nothing(load: Load) -> None:
    load(FULL)
    before = list(Place.objects.order_by("pk").values())
    again = load(FULL, date(2025, 6, 30))
    assert (again.edition, again.rows, again.added) == (None, 9, 0)
    assert list(Place.objects.order_by("pk").values()) == before
    assert _verbs() == [("places.edition.load", "150302")]


def test_a_renamed_place_keeps_its_old_name_in_its_history(load: Load) -> None:
    load(FULL)
    loaded = load([*TOWN, SHIP, ("150302007009", "湖滨社区居委会"), BAILOU, *OTHER_TOWN], date(2025, 6, 30))
    assert loaded.changed == {"renamed": 1}
    change = PlaceChange.objects.select_related("edition").get()
    assert (change.old_name, change.new_name, change.on) == ("湖东社区居委会", "湖滨社区居委会", date(2025, 6, 30))
    assert change.edition == loaded.edition
    assert _verbs()[1:] == [("places.edition.load", "150302"), ("places.place.rename", "150302007009")]
    assert Place.objects.get(path="150302007009").version == 2


def test_a_place_that_is_gone_ends(load: Load) -> None:
    load(FULL)
    loaded = load([*TOWN, SHIP, BAILOU, *OTHER_TOWN], date(2025, 6, 30))
    hudong = Place.objects.get(path="150302007009")
    assert (hudong.ended_on, hudong.successor) == (date(2025, 6, 30), None)
    assert (loaded.added, loaded.changed) == (0, {"ended": 1})
    assert _verbs()[-1] == ("places.place.end", "150302007009")


def test_a_new_code_under_the_same_town_is_the_same_place(load: Load) -> None:
    load(FULL)
    load([*TOWN, SHIP, ("150302007019", "湖东社区居民委员会"), BAILOU, *OTHER_TOWN], date(2025, 6, 30))
    assert _changes() == [("150302007009", "recoded", "150302007019")]
    assert _verbs()[-1] == ("places.place.recode", "150302007009")


def test_a_community_that_changes_its_town_moves(load: Load) -> None:
    load(FULL)
    load([*TOWN, SHIP, BAILOU, *OTHER_TOWN, ("150302008009", "湖东社区居委会")], date(2025, 6, 30))
    assert _changes() == [("150302007009", "moved", "150302008009")]


def test_two_of_one_name_are_not_guessed(load: Load) -> None:
    load(FULL)
    load(
        [*TOWN, SHIP, ("150302007019", "湖东社区"), BAILOU, *OTHER_TOWN, ("150302008009", "湖东社区")],
        date(2025, 6, 30),
    )
    assert _changes() == [("150302007009", "ended", None)]


def test_a_town_with_a_new_code_takes_its_communities_and_grids_along(load: Load) -> None:
    load(FULL)
    grid = Place.objects.get(path="150302007009").draw_grid(name="一网格", by=SYSTEM)
    renumbered = [(path.replace("150302007", "150302017"), name) for path, name in [TOWN[-1], SHIP, HUDONG, BAILOU]]
    loaded = load([*TOWN[:-1], *renumbered, *OTHER_TOWN], date(2026, 11, 23))
    assert loaded.changed == {"recoded": 5}
    assert {into for _path, kind, into in _changes() if kind == "recoded"} == {*dict(renumbered), "150302017009001"}
    grid.refresh_from_db()
    assert (grid.successor.path, grid.successor.name, grid.successor.parent.path) == (
        "150302017009001",
        "一网格",
        "150302017009",
    )  # type: ignore[union-attr]


def test_a_merged_place_goes_where_the_file_says(load: Load) -> None:
    load(FULL)
    hudong = Place.objects.get(path="150302007009")
    grid = hudong.draw_grid(name="一网格", by=SYSTEM)
    rows = [(*row, "") for row in FULL if row != HUDONG] + [(*HUDONG, "150302007005")]
    loaded = load(rows, date(2026, 11, 23), header="code,name,successor")
    assert loaded.changed == {"ended": 1, "merged": 1}
    assert sorted(_changes()) == [("150302007009", "merged", "150302007005"), ("150302007009001", "ended", None)]
    grid.refresh_from_db()
    assert grid.ended_on == date(2026, 11, 23)
    assert load(rows, date(2026, 11, 24), header="code,name,successor").edition is None


def test_a_town_that_merged_hands_its_communities_over(load: Load) -> None:
    load(FULL)
    kept = [(*row, "") for row in [*TOWN, SHIP, HUDONG, BAILOU]]
    rows = [*kept, ("150302007021", "大庆社区居委会", ""), ("150302008", "林荫街道", "150302007")]
    load(rows, date(2025, 6, 30), header="code,name,successor")
    assert _changes() == [("150302008", "merged", "150302007"), ("150302008001", "recoded", "150302007021")]


def test_a_place_that_a_file_had_lost_comes_back(load: Load) -> None:
    load(FULL)
    first = Place.objects.get(path="150302007009").pk
    load([*TOWN, SHIP, BAILOU, *OTHER_TOWN], date(2025, 6, 30))
    loaded = load(FULL, date(2025, 7, 1))
    assert (loaded.added, loaded.changed) == (0, {"restored": 1})
    assert Place.objects.current().get(path="150302007009").pk == first
    assert _verbs()[-1] == ("places.place.restore", "150302007009")


def test_a_code_given_anew_is_another_place(load: Load) -> None:
    load(FULL)
    load([*TOWN, SHIP, BAILOU, *OTHER_TOWN], date(2025, 6, 30))
    load([*TOWN, SHIP, ("150302007009", "新城社区居委会"), BAILOU, *OTHER_TOWN], date(2025, 7, 1))
    assert Place.objects.filter(path="150302007009").count() == 2


def test_a_whole_town_comes_back_with_its_communities(load: Load) -> None:
    load(FULL)
    load([*TOWN, SHIP, HUDONG, BAILOU, ("150302001", "凤凰岭街道")], date(2025, 6, 30))
    loaded = load([*FULL, ("150302001", "凤凰岭街道")], date(2025, 7, 1))
    assert (loaded.added, loaded.changed) == (0, {"restored": 2})


def test_a_community_does_not_come_back_into_another_town(load: Load) -> None:
    load(FULL)
    load([*TOWN, SHIP, HUDONG, BAILOU, ("150302001", "凤凰岭街道")], date(2025, 6, 30))
    load(
        [*TOWN, SHIP, HUDONG, BAILOU, ("150302001", "凤凰岭街道"), ("150302008", "新街道"), OTHER_TOWN[1]],
        date(2025, 7, 1),
    )
    parent = Place.objects.current().get(path="150302008001").parent
    assert (parent.name, parent.ended_on) == ("新街道", None)  # type: ignore[union-attr]


def test_a_file_ends_nothing_outside_what_it_covers(load: Load, wuhai: City) -> None:
    load(
        [*TOWN[:2], ("150304", "乌达区"), ("150304101", "乌兰淖尔镇"), ("150304101008", "泽园社区居委会")],
        date(2025, 6, 30),
    )
    assert (
        Place.objects.exclude(ended_on=None).count() == 0
    )  # one chain: it names one community and says nothing of others
    load(
        [*TOWN[:2], ("150304", "乌达区"), ("150304101", "乌兰淖尔镇"), ("150304400", "乌达经济开发区")],
        date(2025, 6, 30),
    )
    ended = set(Place.objects.exclude(ended_on=None).values_list("path", flat=True))
    assert {path[:6] for path in ended} == {"150304"}
    assert "150304101008" not in ended  # no community of the town is listed


def test_cities_end_only_when_the_file_says_so(load: Load) -> None:
    load([("15", "内蒙古自治区"), ("1503", "乌海市"), ("1504", "赤峰市"), ("1505", "通辽市")])
    assert load([("15", "内蒙古自治区"), ("1503", "乌海市"), ("1504", "赤峰市")], date(2025, 6, 30)).edition is None
    rows = [("15", "内蒙古自治区", ""), ("1503", "乌海市", ""), ("1504", "赤峰市", ""), ("1505", "通辽市", "1504")]
    assert load(rows, date(2025, 6, 30), header="code,name,successor").changed == {"merged": 1}


def test_the_open_city_does_not_end(load: Load, wuhai: City) -> None:
    with pytest.raises(actions.BadFile, match="乌海市"):
        load(
            [("15", "内蒙古自治区", ""), ("1504", "赤峰市", ""), ("1503", "乌海市", "1504")],
            header="code,name,successor",
        )
    assert Place.objects.current().count() == 114


def test_an_older_state_never_overwrites_a_newer_one(load: Load) -> None:
    load(FULL)
    load([*TOWN, SHIP, ("150302007009", "湖滨社区居委会"), BAILOU, *OTHER_TOWN], date(2025, 6, 30))
    with pytest.raises(actions.StaleEdition):
        load(FULL, date(2024, 12, 31))
    with pytest.raises(actions.StaleEdition):
        load([*TOWN, BAILOU, ("150302007009", "湖滨社区居委会"), *OTHER_TOWN], date(2023, 6, 30))
    assert Place.objects.get(path="150302007009").name == "湖滨社区居委会"


def test_a_grid_drawn_today_does_not_make_an_edition_stale(load: Load) -> None:
    load(FULL)
    Place.objects.get(path="150302007009").draw_grid(name="一网格", by=SYSTEM)
    assert load([*TOWN, SHIP, BAILOU, *OTHER_TOWN], date(2026, 11, 23)).changed == {"ended": 2}


def test_a_corrected_kind_is_a_change(load: Load) -> None:
    load([*TOWN, SHIP, ("150302007400", "示例社区居委会")])
    Place.objects.filter(path="150302007400").update(
        kind="juweihui"
    )  # an earlier correction that the next release takes back
    loaded = load([*TOWN, SHIP, ("150302007400", "示例社区居委会")], date(2025, 6, 30))
    assert loaded.changed == {"kind_corrected": 1}
    assert Place.objects.get(path="150302007400").kind == "quasi_juweihui"
    assert _verbs()[-1] == ("places.place.correct_kind", "150302007400")


def test_today_is_the_edition_where_none_is_named(write: Write, db: None) -> None:
    loaded = actions.load_places(file=write(FULL), by=SYSTEM)
    assert loaded.edition is not None
    assert loaded.edition.day == date(2026, 11, 23)


def test_progress_reaches_its_end(write: Write, db: None) -> None:
    seen: list[tuple[str, int, int]] = []
    actions.load_places(file=write(FULL), by=SYSTEM, progress=lambda *step: seen.append(step))
    assert (seen[0], seen[1], seen[-1]) == (("read", 0, 9), ("read", 9, 9), ("add", 9, 9))


def test_a_packed_file_is_read_too(tmp_path: Path, db: None) -> None:
    packed = tmp_path / "wuhai.csv.gz"
    packed.write_bytes(gzip.compress((DATA / "wuhai_2023.csv").read_bytes()))
    assert actions.load_places(file=packed, by=SYSTEM).added == 114


@st.composite
def towns(draw: st.DrawFn) -> list[tuple[str, str]]:
    """A small tree: two towns, some communities with few names, so that all kinds of change happen."""
    rows = [("15", "内蒙古自治区"), ("1503", "乌海市"), ("150302", "海勃湾区")]
    for town in draw(st.lists(st.sampled_from(["150302001", "150302002", "150302101"]), unique=True, max_size=3)):
        rows.append((town, draw(st.sampled_from(["甲街道", "乙街道", "丙镇"]))))
        tails = draw(st.lists(st.sampled_from(["001", "002", "201"]), unique=True, max_size=3))
        rows += [
            (town + tail, draw(st.sampled_from(["东社区居委会", "东社区", "西村委会", "南社区"]))) for tail in tails
        ]
    return rows


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(editions=st.lists(towns(), min_size=1, max_size=4))
def test_whatever_editions_come_the_tree_stays_a_tree(
    editions: list[list[tuple[str, str]]], write: Write, transactional_rollback: Callable[[], object]
) -> None:
    with transactional_rollback():  # type: ignore[attr-defined]
        for number, rows in enumerate(editions):
            file = write(rows)
            actions.load_places(file=file, edition=date(2024, 1, 1 + number // 2), by=SYSTEM)
            assert actions.load_places(file=file, edition=date(2024, 1, 1 + number // 2), by=SYSTEM).edition is None
            current = list(Place.objects.current().select_related("parent"))
            assert set(dict(rows).items()) <= {(one.path, one.name) for one in current}
            for one in current:
                assert (one.parent.path if one.parent else "") == parent_of(one.path)
                assert one.parent is None or one.parent.ended_on is None
            for path in {one.path[:9] for one in current}:
                assert set(Place.objects.current().under(path)) == {one for one in current if one.path.startswith(path)}
            for ended in Place.objects.exclude(ended_on=None):
                last = PlaceChange.objects.filter(place=ended).exclude(kind=Change.RENAMED).order_by("-pk")[0]
                assert (last.on, last.successor_id) == (ended.ended_on, ended.successor_id)
