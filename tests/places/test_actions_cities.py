"""One installation serves one city, for good."""

from collections.abc import Callable

import pytest

from linli.ground.authority.actors import SYSTEM
from linli.ground.core.models import Event
from linli.ground.places import actions
from linli.ground.places.models import City, Place

pytestmark = pytest.mark.django_db


def test_wuhai_opens_with_the_places_that_ship() -> None:
    city = actions.open_city(code="1503", is_demo=False, by=SYSTEM)
    assert (city.place.name, city.is_demo, Place.objects.count()) == ("乌海市", False, 114)
    event = Event.objects.get(verb="places.city.open")
    assert (event.subject, event.place_path, event.data) == ("places.city:1", "1503", {"is_demo": False})


def test_opening_again_changes_nothing() -> None:
    first = actions.open_city(code="1503", is_demo=True, by=SYSTEM)
    assert actions.open_city(code="1503", is_demo=True, by=SYSTEM) == first
    assert Event.objects.filter(verb="places.city.open").count() == 1


@pytest.mark.parametrize(("code", "is_demo"), [("1503", False), ("1504", True)])
def test_neither_another_city_nor_another_nature(load: Callable[..., object], code: str, is_demo: bool) -> None:
    actions.open_city(code="1503", is_demo=True, by=SYSTEM)
    load([("15", "内蒙古自治区"), ("1504", "赤峰市")])
    with pytest.raises(actions.AnotherCity, match="乌海市"):
        actions.open_city(code=code, is_demo=is_demo, by=SYSTEM)
    assert City.objects.get().is_demo


@pytest.mark.parametrize("code", ["1504", "150302", "15", "", "x"])
def test_only_a_loaded_city_opens(load: Callable[..., object], code: str) -> None:
    load([("15", "内蒙古自治区"), ("1503", "乌海市"), ("150302", "海勃湾区")])
    with pytest.raises(actions.UnknownPlace):
        actions.open_city(code=code, is_demo=False, by=SYSTEM)


def test_a_municipality_is_a_city(load: Callable[..., object]) -> None:
    load([("11", "北京市"), ("1101", "市辖区"), ("110101", "东城区")])
    assert str(actions.open_city(code="11", is_demo=False, by=SYSTEM)) == "北京市"
