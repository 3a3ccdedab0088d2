"""How many live here: the register's own count beside what was declared, which one counts and why."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from people.town import STAGE, Town, build, enter, post

from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.figures import actions, queries
from linli.ground.figures.models import DeclaredFigure, Measure
from linli.ground.places.models import Place

DAY = date(2026, 5, 1)
CENSUS = "第七次人口普查"


def declare(place: Place, number: int, as_of: date = DAY, what: Measure = Measure.ADULTS) -> DeclaredFigure:
    return actions.declare(place=place, what=what, number=number, source=CENSUS, as_of=as_of, by=SYSTEM)


def at(place: Place) -> str:
    return reverse("figures:show", args=[place.path])


def typed(**more: str) -> dict[str, str]:
    return {"what": "adults", "number": "900", "source": CENSUS, "as_of": "2026-05-01"} | more


def test_a_declared_figure_stands_in_where_the_register_is_not_complete(town: Town) -> None:
    for place in (town.east, town.grid, town.west):
        enter(place, born_on=date(1960, 1, 1))
    declare(town.east, 900, date(2025, 1, 1))
    declare(town.east, 1000, date(2026, 1, 1))
    declare(town.grid, 70, date(2026, 1, 1))
    figure = queries.adults(town.town.path, DAY)
    assert (figure.number, figure.source, figure.as_of) == (1001, "declared", date(2026, 1, 1))
    assert queries.adults(town.east.path, date(2025, 6, 1)).number == 900
    assert queries.adults(town.grid.path, DAY).number == 70
    actions.complete(place=town.east, what=Measure.ADULTS, on=date(2026, 4, 1), by=SYSTEM)
    assert queries.adults(town.east.path, DAY).number == 71
    assert queries.adults(town.east.path, date(2026, 3, 1)).number == 1000
    with pytest.raises(ValidationError, match="The register counts already"):
        actions.complete(place=town.east, what=Measure.ADULTS, on=DAY, by=SYSTEM)
    verbs = Event.objects.filter(verb__startswith="figures.declaredfigure").values_list("verb", flat=True)
    assert sorted(verb.rpartition(".")[2] for verb in verbs) == ["complete"] * 2 + ["declare"] * 3


def test_a_declared_figure_has_a_source_a_day_and_a_number(town: Town) -> None:
    assert str(declare(town.east, 5)) == "adults 5"
    with pytest.raises(ValidationError) as refusal:
        declare(town.east, 6)
    assert refusal.value.messages == ["This figure has been declared for that day already."]
    with pytest.raises(ValidationError, match="source"):
        actions.declare(place=town.east, what=Measure.ADULTS, number=1, source="", as_of=date(2026, 5, 2), by=SYSTEM)
    tomorrow = clock.today() + timedelta(days=1)
    for call in (
        lambda: declare(town.east, 1, tomorrow),
        lambda: actions.complete(place=town.east, what=Measure.ADULTS, on=tomorrow, by=SYSTEM),
    ):
        with pytest.raises(ValidationError, match="still to come"):
            call()


@pytest.mark.usefixtures("own_city")
def test_two_desks_that_declare_at_once_are_told_in_words() -> None:
    place, start = build().east, Barrier(2)

    def together(number: int) -> str:
        try:
            start.wait()
            declare(place, number)
        except ValidationError as error:
            return str(error.messages[0])
        else:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(together, (900, 901)))
    assert (told[0], bool(told[1]), DeclaredFigure.objects.count()) == ("", True, 1)


def test_the_page_says_which_number_counts_and_why(browser: Client, town: Town) -> None:
    enter(town.east, born_on=date(1960, 1, 1))
    declare(town.east, 900, date(2025, 1, 1))
    declare(town.east, 1000)
    declare(town.grid, 3, what=Measure.VOTERS)
    adults, households, voters = queries.standings_of(town.east)
    assert (adults.figure.number, adults.registered, adults.current and adults.current.number) == (1000, 1, 1000)
    assert [one.counts for one in adults.declared] == [True, False]
    assert (households.figure.number, households.current, households.largest) == (None, None, 1)
    assert (voters.figure.number, voters.figure.source, voters.current) == (3, "declared", None)
    page = browser.get(at(town.east)).content.decode()
    for words in (
        CENSUS,
        "has not been declared complete",
        "for some of its grids",
        "No data yet",
        "no share can be worked out",
    ):
        assert words in page
    assert "Declare the figure" not in page


def test_the_keeper_declares_and_completes(browser: Client, worker: Person, town: Town) -> None:
    address = reverse("figures:declare", args=[town.east.pk])
    for wrong in (
        {"number": ""},
        {"number": "-1"},
        {"number": "99999999999"},
        {"source": ""},
        {"as_of": ""},
        {"as_of": "2999-01-01"},
        {"what": "dogs"},
    ):
        answer = browser.post(address, typed(**wrong))
        assert (answer.status_code, DeclaredFigure.objects.count()) == (422, 0)
    assert CENSUS in browser.post(address, typed(number="")).content.decode()
    assert browser.post(address, typed()).url == at(town.east)
    again = browser.post(address, typed())
    assert (again.status_code, "for that day already" in again.content.decode()) == (422, True)
    done = reverse("figures:complete", args=[town.east.pk, "adults"])
    empty = browser.post(done, {"on": str(clock.today())})
    assert (empty.status_code, "has nothing for this figure yet" in empty.content.decode()) == (422, True)
    enter(town.east, born_on=date(1960, 1, 1))
    assert "instead of the declared 900" in browser.get(at(town.east)).content.decode()
    for wrong_day in ("", "2999-01-01", "x"):
        assert browser.post(done, {"on": wrong_day}).status_code == 422
    assert browser.post(done, {"on": str(clock.today())}).url == at(town.east)
    assert browser.post(done, {"on": str(clock.today())}).status_code == 422
    assert browser.post(reverse("figures:complete", args=[town.east.pk, "dogs"])).status_code == 404
    assert "the register counts since" in browser.get(at(town.east)).content.decode()


def test_only_the_keeper_of_that_place_declares(browser: Client, town: Town) -> None:
    address = reverse("figures:declare", args=[town.east.pk])
    for actor in (
        post(RoleCode.WORKER, town.west.path),
        post(RoleCode.SUBDISTRICT, town.town.path),
        Person(ref="people.account:1"),
    ):
        STAGE["actor"] = actor
        assert browser.post(address, typed()).status_code == 403
    STAGE["actor"] = post(RoleCode.WORKER, town.town.path)
    assert browser.post(reverse("figures:declare", args=[town.town.pk]), typed()).status_code == 403
    assert browser.post(reverse("figures:declare", args=[0]), typed()).status_code == 404


def test_above_the_communities_there_is_no_such_page(browser: Client, town: Town) -> None:
    assert [browser.get(f"/figures/{path}/").status_code for path in (town.town.path, "150302005999")] == [404, 404]
    assert browser.get(at(town.grid)).status_code == 200


def test_the_place_shows_its_figures_once_something_is_known(town: Town) -> None:
    keeper = post(RoleCode.WORKER, town.east.path)
    assert queries.section_of(town.east, VISITOR) is None
    assert queries.section_of(town.east, keeper) is not None
    declare(town.east, 900)
    section = queries.section_of(town.east, VISITOR)
    assert section is not None
    assert [one.figure.number for one in section["figures"]] == [900, None, None]  # type: ignore[attr-defined]
    assert [queries.section_of(place, keeper) for place in (town.west, town.town)] == [None, None]


def test_a_long_history_costs_no_more(browser: Client, town: Town) -> None:
    declare(town.east, 1)
    browser.get(at(town.east))
    with CaptureQueriesContext(connection) as one:
        browser.get(at(town.east))
    for number in range(40):
        declare(town.east, number, DAY - timedelta(days=number + 1))
    with CaptureQueriesContext(connection) as many:
        page = browser.get(at(town.east))
    assert (len(one), len(page.context["standings"][0][0].declared)) == (len(many), 30)
    assert len(many) <= 12


def test_a_place_of_which_nothing_is_known_says_so_and_never_nought(
    browser: Client, worker: Person, town: Town
) -> None:
    assert [one.number for one in queries.figures(town.town.path, DAY).values()] == [None] * 3
    page = browser.get(at(town.east)).content.decode()
    assert (page.count("No data yet"), "Counts today" in page) == (3, False)
    declare(town.east, 0)
    assert queries.adults(town.east.path, DAY).number == 0
    assert "Counts today" in browser.get(at(town.east)).content.decode()
