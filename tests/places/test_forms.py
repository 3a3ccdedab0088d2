"""The field by which every form asks for a place."""

import pytest
from django import forms

from linli.ground.authority.actors import SYSTEM
from linli.ground.places.divisions import Level
from linli.ground.places.forms import PlaceField
from linli.ground.places.models import City, Place


class Somewhere(forms.Form):
    """Asks where."""

    place = PlaceField(error_messages={"required": "where?"})


class RealOnly(forms.Form):
    """Asks for a community with a committee, or none."""

    place = PlaceField(only_real=True, required=False, empty_label=None)


class Street(forms.Form):
    """Asks for a town of one district."""

    place = PlaceField(level=Level.TOWN, within="150304")


def test_communities_stand_under_their_towns(wuhai: City) -> None:
    choices = list(Somewhere().fields["place"].choices)  # type: ignore[attr-defined]
    assert choices[0][0] == ""
    assert [(heading, len(places)) for heading, places in choices[1:3]] == [
        ("海勃湾区凤凰岭街道", 6),
        ("海勃湾区海北街道", 8),
    ]
    assert sum(len(places) for _heading, places in choices[1:]) == 87
    assert str(choices[1][1][0][1]) == "和平社区"


def test_two_communities_of_one_name_are_told_apart_by_their_sub_district(wuhai: City) -> None:
    choices = Somewhere().fields["place"].choices  # type: ignore[attr-defined]
    names = [str(name) for _heading, places in list(choices)[1:] for _path, name in places]
    assert (len(set(names)), len(names)) == (87, 87)
    assert [name for name in names if name.startswith("幸福社区")] == ["幸福社区（新华街道）", "幸福社区（巴音赛街道）"]


def test_units_without_a_committee_can_be_left_out(wuhai: City) -> None:
    assert sum(len(places) for _heading, places in RealOnly().fields["place"].choices) == 83  # type: ignore[attr-defined]


def test_a_level_within_a_place(wuhai: City) -> None:
    assert [(heading, len(places)) for heading, places in Street().fields["place"].choices][1:] == [("乌达区", 9)]  # type: ignore[attr-defined]


def test_a_form_answers_with_a_place(hudong: Place) -> None:
    form = Somewhere({"place": "150302007009"})
    assert form.is_valid()
    assert form.cleaned_data["place"] == hudong
    assert Somewhere({"place": ""}).errors == {"place": ["where?"]}


@pytest.mark.parametrize("typed", ["150302", "999999999999", "x", "'; DROP TABLE places_place", "1" * 500])
def test_what_is_not_offered_is_refused(wuhai: City, typed: str) -> None:
    assert list(Somewhere({"place": typed}).errors) == ["place"]


@pytest.mark.django_db
def test_without_a_city_there_is_nothing_to_choose() -> None:
    assert [key for key, _label in Somewhere().fields["place"].choices] == [""]  # type: ignore[attr-defined]


def test_a_short_list_has_no_search_box(wuhai: City) -> None:
    assert "hx-get" not in str(Somewhere()["place"])


def test_a_long_list_gets_one(hudong: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.ground.places.forms.LISTED_MAX", 50)
    html = str(Somewhere(initial={"place": "150302007009"})["place"])
    assert 'hx-get="/places/picker/?for=id_place&amp;level=community"' in html
    assert '<option value="150302007009" selected>湖东社区</option>' in html


def test_a_form_can_limit_its_field_to_a_place(hudong: Place) -> None:
    form = Somewhere({"place": "150302008001"})
    form.fields["place"].limit("150302007")  # type: ignore[attr-defined]
    assert not form.is_valid()
    hudong.draw_grid(name="一网格", by=SYSTEM)
    grids = PlaceField(level=Level.GRID, within="1503")
    grids.limit("150302007009")
    assert [heading for heading, _places in list(grids.choices)[1:]] == ["海勃湾区滨河街道湖东社区"]
