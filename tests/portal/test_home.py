"""The resident's home: my community with its office hours, and the districts."""

from datetime import date, time

from cases.conftest import Town
from django.test import Client

from linli.commons.calendar.models import OfficeHours
from linli.faces.portal import queries
from linli.ground.authority.actors import VISITOR
from linli.ground.authority.actors import Person as Asking
from linli.ground.people.models import Person
from linli.ground.places.models import Place


def living(place: Place | None) -> Asking:
    residence = "registered" if place else "none"
    return Asking(person=Person.objects.create(place=place, residence=residence, source="self").pk)


def test_the_community_of_whoever_has_signed_in_is_the_one_of_the_register(town: Town) -> None:
    grid = Place.objects.create(
        path=f"{town.west.path}001", name="第一网格", level="grid", parent=town.west, begun_on=date(2024, 1, 1)
    )
    found = [queries.community_of(actor) for actor in (living(town.east), living(grid), living(None), VISITOR)]
    assert found == [town.east, town.west, None, None]


def test_the_districts_say_how_many_communities_they_have(town: Town) -> None:
    assert [(one.name, number) for one, number in queries.districts()] == [("海勃湾区", 3)]


def test_the_card_says_whether_the_community_is_open_now(town: Town) -> None:
    client = Client()
    client.cookies["community"] = town.east.path
    page = client.get("/").content.decode()
    for words in ("湖东社区", "08:30–12:00 14:30–18:00", "现在开门", "湖东社区今天开门到 18:00。", "3 个社区和村"):
        assert words in page
    OfficeHours.objects.create(
        place_path="1503",
        begins_on=date(2026, 9, 1),
        opens=time(14),
        break_begins=time(15),
        break_ends=time(15),
        closes=time(17),
    )
    page = client.get("/").content.decode()
    assert ("现在未开门，办公时间 14:00–17:00" in page, "现在开门" in page) == (True, False)
    OfficeHours.objects.all().delete()
    assert "工作日全天" in client.get("/").content.decode()
