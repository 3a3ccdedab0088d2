"""The tree keeps its shape whoever writes, and the city is opened once."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.core.models import Event
from linli.ground.places.models import Change, City, Edition, Kind, Level, Place, PlaceChange


def _events(verb: str) -> list[tuple[str, str, str]]:
    return list(Event.objects.filter(verb=verb).order_by("pk").values_list("subject", "place_path", "actor"))


def test_a_title_runs_from_below_the_city_down(hudong: Place) -> None:
    titles = {
        place.path: place.title
        for place in Place.objects.with_parents().filter(path__in=["15", "1503", "150302", "150302007"])
    }
    assert titles == {"15": "内蒙古自治区", "1503": "乌海市", "150302": "海勃湾区", "150302007": "海勃湾区滨河街道"}
    assert (hudong.title, hudong.short_name, str(hudong)) == ("海勃湾区滨河街道湖东社区", "湖东社区", "湖东社区居委会")
    assert (hudong.code, hudong.place_path, hudong.get_absolute_url()) == (
        "150302007009",
        "150302007009",
        "/places/150302007009/",
    )


def test_a_title_skips_levels_that_only_hold_a_place(load: Callable[..., object]) -> None:
    load(
        [
            ("50", "重庆市"),
            ("5002", "县"),
            ("500229", "城口县"),
            ("500229001", "城口县"),
            ("500229001001", "土城社区居委会"),
        ]
    )
    assert Place.objects.get(path="500229001001").title == "城口县土城社区"


def test_a_title_costs_no_query_with_its_parents(
    hudong: Place, django_assert_num_queries: Callable[..., object]
) -> None:
    grid = hudong.draw_grid(name="一网格", by=SYSTEM)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert Place.objects.with_parents().get(pk=grid.pk).title == "海勃湾区滨河街道湖东社区一网格"


def test_wuhai_has_the_communities_that_the_city_reports(wuhai: City) -> None:
    assert Place.objects.current().communities().count() == 83
    assert Place.objects.current().at(Level.COMMUNITY).count() == 87
    assert Place.objects.get(path="150302101400").kind == Kind.JUWEIHUI  # 新和社区居委会: its code says otherwise
    assert str(wuhai) == "乌海市"
    assert wuhai.path == "1503"


def test_a_subtree_is_a_prefix(wuhai: City) -> None:
    assert Place.objects.under("150304").count() == 1 + 9 + 23
    assert Place.objects.under("").count() == Place.objects.visible_to(VISITOR).count() == 114


def test_grids_are_numbered_once_and_for_all(hudong: Place, keeper: Person) -> None:
    first = hudong.draw_grid(name="一网格", by=keeper)
    second = hudong.draw_grid(name="二网格", by=keeper)
    second.end(by=keeper)
    third = hudong.draw_grid(name="二网格", by=keeper)
    assert [grid.path for grid in (first, second, third)] == ["150302007009001", "150302007009002", "150302007009003"]
    assert _events("places.place.draw_grid") == [
        (f"places.place:{grid.pk}", grid.path, "people.account:1") for grid in (first, second, third)
    ]
    assert _events("places.place.end") == [(f"places.place:{second.pk}", second.path, "people.account:1")]


def test_a_grid_keeps_the_names_it_had(hudong: Place, keeper: Person) -> None:
    grid = hudong.draw_grid(name="一网格", by=keeper)
    grid.rename(name="河畔网格", by=keeper)
    assert Place.objects.get(pk=grid.pk).name == "河畔网格"
    change = PlaceChange.objects.get(place=grid)
    assert (change.kind, change.old_name, change.new_name, change.on) == (
        Change.RENAMED,
        "一网格",
        "河畔网格",
        date(2026, 11, 23),
    )
    assert str(change).startswith("一网格: ")
    assert Event.objects.get(verb="places.place.rename").data == {"name": None}


def test_a_grid_merges_into_its_neighbour(hudong: Place, keeper: Person) -> None:
    one, two = hudong.draw_grid(name="一网格", by=keeper), hudong.draw_grid(name="二网格", by=keeper)
    one.end(successor=two, by=keeper)
    one.refresh_from_db()
    assert (one.ended_on, one.successor) == (date(2026, 11, 23), two)
    assert PlaceChange.objects.get(place=one).kind == Change.MERGED


def test_a_grid_merges_only_into_a_living_one_of_its_community(hudong: Place, keeper: Person) -> None:
    one, two = hudong.draw_grid(name="一网格", by=keeper), hudong.draw_grid(name="二网格", by=keeper)
    far = Place.objects.get(path="150302007008").draw_grid(name="一网格", by=keeper)
    two.end(by=keeper)
    for other in (one, two, far):
        other.refresh_from_db()
        with pytest.raises(Refused):
            one.end(successor=other, by=keeper)


def test_only_communities_have_grids(wuhai: City, hudong: Place, keeper: Person) -> None:
    grid = hudong.draw_grid(name="一网格", by=keeper)
    for place in (wuhai.place, grid):
        with pytest.raises(Refused):
            place.draw_grid(name="网格", by=keeper)


def test_a_community_holds_999_grids(hudong: Place, keeper: Person) -> None:
    Place.objects.create(
        path="150302007009999", name="最后", level=Level.GRID, parent=hudong, begun_on=date(2026, 1, 1)
    )
    with pytest.raises(Refused):
        hudong.draw_grid(name="再一个", by=keeper)


def test_names_of_the_statistics_change_only_with_an_edition(hudong: Place, keeper: Person) -> None:
    with pytest.raises(Refused):
        hudong.rename(name="湖西社区", by=keeper)
    with pytest.raises(Refused):
        hudong.end(by=keeper)
    grid = hudong.draw_grid(name="一网格", by=keeper)
    with pytest.raises(Refused):
        grid.rename(name="一网格", by=keeper)
    grid.end(by=keeper)
    with pytest.raises(Refused):
        grid.end(by=keeper)


def test_two_people_rename_one_grid_and_the_second_is_told(hudong: Place, keeper: Person) -> None:
    grid = hudong.draw_grid(name="一网格", by=keeper)
    mine, theirs = Place.objects.get(pk=grid.pk), Place.objects.get(pk=grid.pk)
    mine.as_seen(mine.version).rename(name="甲", by=keeper)
    with pytest.raises(Conflict):
        theirs.as_seen(theirs.version).rename(name="乙", by=keeper)


@pytest.mark.parametrize(
    "facts",
    [
        {"path": "150302007009", "name": "again", "level": "community", "kind": "juweihui"},
        {"path": "150302007099", "name": "a level of other digits", "level": "town"},
        {"path": "15030200709x", "name": "no digits", "level": "community", "kind": "juweihui"},
        {"path": "150302007099", "name": "a community without a kind", "level": "community"},
        {"path": "150302007099", "name": "a kind nobody knows", "level": "community", "kind": "other"},
        {"path": "150302007009001", "name": "a grid with a kind", "level": "grid", "kind": "juweihui"},
        {"path": "150302007099", "name": "", "level": "community", "kind": "juweihui"},
        {"path": "150302008099", "name": "under another town", "level": "community", "kind": "juweihui"},
        {
            "path": "150302007099",
            "name": "ended before it began",
            "level": "community",
            "kind": "juweihui",
            "ended_on": date(2020, 1, 1),
        },
    ],
    ids=lambda facts: facts["name"] or "nameless",
)
def test_the_database_refuses_a_place_out_of_place(hudong: Place, facts: dict[str, object]) -> None:
    parent = hudong.parent if len(str(facts["path"])) == 12 else hudong
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(parent=parent, begun_on=date(2026, 1, 1), **facts)


def test_the_database_refuses_a_second_grid_of_the_same_name(hudong: Place, keeper: Person) -> None:
    hudong.draw_grid(name="一网格", by=keeper)
    with pytest.raises(IntegrityError), transaction.atomic():
        hudong.draw_grid(name="一网格", by=keeper)


@pytest.mark.parametrize("column", ["path", "level", "parent_id", "begun_on"])
def test_what_a_place_is_never_changes(hudong: Place, column: str) -> None:
    new = {"path": "150302007098", "level": "town", "parent_id": 1, "begun_on": date(2000, 1, 1)}[column]
    with pytest.raises(DatabaseError, match=r"fixed|Cannot update"), transaction.atomic():
        Place.objects.filter(pk=hudong.pk).update(**{column: new})


def test_no_place_is_ever_deleted(hudong: Place) -> None:
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM places_place WHERE id = %s", [hudong.pk])


def test_history_is_append_only(hudong: Place, keeper: Person) -> None:
    hudong.draw_grid(name="一网格", by=keeper).end(by=keeper)
    for things in (PlaceChange.objects.all(), Edition.objects.all(), City.objects.all()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            things.delete()


def test_a_demonstration_never_becomes_a_real_city(wuhai: City) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        City.objects.update(is_demo=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        City.objects.create(id=2, place=Place.objects.get(path="150302"), is_demo=False, opened_at=wuhai.opened_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        City.objects.create(place=Place.objects.get(path="150302"), is_demo=False, opened_at=wuhai.opened_at)


def test_a_change_names_its_successor_or_has_none(hudong: Place) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceChange.objects.create(place=hudong, kind=Change.MERGED, old_name="x", on=date(2026, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceChange.objects.create(place=hudong, kind=Change.ENDED, old_name="x", successor=hudong, on=date(2026, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceChange.objects.create(place=hudong, kind=Change.RENAMED, old_name="x", new_name="x", on=date(2026, 1, 1))


def test_an_edition_is_called_by_its_day(wuhai: City) -> None:
    assert [str(edition) for edition in Edition.objects.all()] == ["2023-06-30"]
