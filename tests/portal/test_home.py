"""The resident's home: my community with its office hours, and the districts."""

from datetime import date, time

import pytest
from cases.conftest import PHONE, Town, visitor
from django.test import Client

from linli.commons.calendar.models import OfficeHours
from linli.faces.portal import queries
from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.authority.actors import Person as Asking
from linli.ground.organisations.actions import BodyPlan, set_up_bodies
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


def test_a_browser_remembers_the_community_that_was_chosen(town: Town) -> None:
    browser = Client()
    wrong = browser.post("/my-community/", {"place": "999"})
    assert (wrong.url, wrong.cookies) == ("/", {})
    chosen = browser.post("/my-community/", {"place": town.west.path})
    assert (chosen.url, chosen.cookies["community"].value) == ("/", town.west.path)
    assert browser.get("/").context["community"].place == town.west


@pytest.mark.parametrize("written", ["{}", " {} ", "{:.4}-{}"])
def test_a_search_by_its_reference_leads_a_resident_to_the_matter(town: Town, written: str) -> None:
    case = town.receive()
    typed = written.format(case.reference[:4], case.reference[4:]) if "-" in written else written.format(case.reference)
    page = f"/cases/{case.reference}/"
    assert found(visitor(PHONE), typed.lower()) == [("事项", [(case.title, page)])]
    assert found(Client(), typed) == [("事项", [(case.reference, f"/cases/follow/?reference={case.reference}")])]


def test_a_search_does_not_say_whether_a_matter_exists(town: Town) -> None:
    """Whoever guesses references learns nothing: the way to prove a matter is shown for every one that could be."""
    there, nowhere = town.receive().reference, "22222222"
    assert [[title for title, _rows in found(Client(), one)] for one in (there, nowhere)] == [["事项"], ["事项"]]
    assert found(Client(), "2222222") == []


def found(browser: Client, text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the search shows, by kind: title and address."""
    shown = browser.get("/search/", {"q": text}).context["found"]
    return [(str(hits.title), [(one.title, one.url) for one in hits.rows]) for hits in shown]


@pytest.mark.parametrize(("bodies", "has_more"), [(20, False), (21, True)])
def test_a_search_that_finds_more_than_it_shows_says_so(town: Town, bodies: int, has_more: bool) -> None:
    names = [f"合唱队第{number}分队" for number in range(bodies)]
    set_up_bodies([BodyPlan("association", town.east, date(2026, 3, 2), name=name) for name in names], by=SYSTEM)
    page = Client().get("/search/", {"q": "合唱队"})
    assert [(len(hits.rows), hits.has_more) for hits in page.context["found"]] == [(20, has_more)]
    assert ("仅显示前 20 条" in page.text) == has_more


def test_the_page_of_a_community_leads_to_the_office_hours_and_to_the_form(town: Town) -> None:
    browser = Client()
    page = browser.get(town.east.get_absolute_url()).content.decode()
    for words in ("在本社区办事", f"/calendar/hours/?place={town.east.path}", f"/cases/report/?place={town.east.path}"):
        assert words in page
    assert "在本社区办事" not in browser.get("/places/150302/").content.decode()
    asked = browser.get(f"/cases/report/?place={town.east.path}").context["form"]
    assert asked["place"].value() == town.east.path
    for wrong in ("", "999", "%00", "²"):
        assert browser.get(f"/cases/report/?place={wrong}").context["form"]["place"].value() is None


def test_the_chosen_community_goes_along_to_the_form(town: Town) -> None:
    browser = Client()
    assert 'href="/cases/report/"' in browser.get("/").content.decode()
    browser.cookies["community"] = town.east.path
    page = browser.get("/").content.decode()
    assert (
        f'href="/cases/report/?place={town.east.path}"' in page,
        'href="/cases/report/"' in page.split("<main")[1],
    ) == (
        True,
        False,
    )


def test_the_button_to_report_stands_on_top_at_every_width(town: Town) -> None:
    for client in (Client(), visitor(PHONE)):
        hero = client.get("/").text.partition('<section class="u-large"')[0]
        quick = hero.partition('<div class="p-quick u-std">')[2].partition("</div>")[0]
        assert ("/cases/report/" in quick, "我要反映" in quick, "tel:" in quick) == (True, True, True)


def test_the_tiles_of_large_print_speak_plainly(town: Town) -> None:
    page = visitor(PHONE).get("/").text
    tiles = page.partition('<div class="p-doors">')[2].partition("</section>")[0]
    assert [words in tiles for words in ("要带什么、几天办好", "反映的事办到哪一步", "说一说、拍一张就行")] == [
        True
    ] * 3
    assert "多久好" not in page
