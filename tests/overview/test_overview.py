"""The leader's view: what the cases of a place come to, read from tallies that follow the log."""

from datetime import UTC, date, datetime, timedelta

import pytest
from cases.conftest import MONDAY, Town
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.flows.cases import actions as cases
from linli.flows.cases.models import Case, Status
from linli.flows.overview import actions, tasks
from linli.flows.overview.models import AREA, SUMMED_AT, Stale, Tally
from linli.flows.overview.queries import Overview, PeriodCode, counted, overview_of, period_of
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.ui.sheets import read_table


def follow() -> None:
    """Let the follower see everything that has happened, and the clock count it."""
    for event in Event.objects.order_by("pk"):
        actions.mark(event)
    tasks.recount(0)


def answered(town: Town, **need: object) -> Case:
    case = town.receive(**need)
    cases.accept(case, by=town.actor("worker"))
    cases.answer(case, text="已修好。", by=town.actor("worker"))
    return case


def seen(town: Town, path: str, period: str = "") -> Overview:
    return overview_of(SYSTEM, town.places[path], period_of(period))


def test_the_city_sees_its_districts_the_community_its_own(town: Town) -> None:
    answered(town)
    town.receive(category="health-other", place=town.west)
    follow()
    for path, below in (("1503", "150302"), ("150302", "150302006"), ("150302006", "150302006001")):
        found = seen(town, path)
        assert (found.total.cases, found.total.open, found.total.share, found.total.answered) == (2, 2, "100.0%", 1)
        assert next(row.cases for row in found.places if row.key == below) == (1 if len(below) > AREA else 2)
        assert {row.key: row.cases for row in found.fields if row.cases} == {"surroundings": 1, "health": 1}
    assert [(part.label, part.count) for part in seen(town, "150302006001").parts] == [("已答复", 1)]


def test_tallies_and_cases_come_to_the_same(town: Town) -> None:
    answered(town)
    town.receive(place=town.places["150302006"])
    town.receive(place=town.east.draw_grid(name="第一网格", by=SYSTEM))
    follow()
    for digits in SUMMED_AT:
        kept = Tally.objects.filter(digits=digits)
        assert sorted(kept.values_list("area", "month", "field", "status", "cases", "on_time", "late")) == sorted(
            counted(Case.objects.all(), digits=digits)
        )
    assert [(row.name, row.cases) for row in seen(town, "150302006").places] == [
        ("就在本级", 1),
        ("湖东社区居委会", 2),
        ("湖西社区居委会", 0),
    ]
    assert [(row.name, row.cases) for row in seen(town, "150302006001").places] == [("就在本级", 1), ("第一网格", 1)]


def test_a_step_makes_its_tally_stale_until_it_is_counted_again(town: Town) -> None:
    case = town.receive()
    follow()
    assert (seen(town, "1503").as_of, Stale.objects.count()) == (True, 0)
    cases.accept(case, by=town.actor("worker"))
    for _twice in range(2):
        actions.mark(Event.objects.get(verb="cases.case.accept"))
    assert (seen(town, "1503").as_of, seen(town, "150302006").as_of) == (False, True)
    assert (actions.recount(), actions.recount()) == (1, 0)
    assert dict(seen(town, "1503").total.statuses)[Status.ACCEPTED] == 1


def test_what_is_no_case_s_makes_nothing_stale(town: Town) -> None:
    town.receive()
    for event in Event.objects.exclude(subject__startswith="cases.case:"):
        actions.mark(event)
    assert Stale.objects.count() == 0


def test_every_night_everything_is_counted_again(town: Town) -> None:
    town.receive()
    follow()
    Tally.objects.update(cases=7)
    with clock.stopped_at(MONDAY - timedelta(days=40)):
        town.receive()
    tasks.recount_all(0)
    for digits in SUMMED_AT:
        kept = Tally.objects.filter(digits=digits).values_list("month", "cases")
        assert sorted(kept) == [(date(2026, 8, 1), 1), (date(2026, 9, 1), 1)]


def test_an_answer_after_its_time_is_late_and_what_waits_is_overdue(town: Town) -> None:
    case, _other = town.receive(), town.receive()
    with clock.stopped_at(MONDAY + timedelta(days=60)):
        cases.accept(case, by=town.actor("worker"))
        cases.answer(case, text="已修好。", by=town.actor("worker"))
        follow()
        found = seen(town, "1503")
        assert (found.total.late, found.total.share, found.total.overdue) == (1, "0.0%", 1)
        assert [row.overdue for row in found.places if row.key == "150302"] == [1]
    assert seen(town, "150302007").total.share == ""


@pytest.mark.parametrize(
    ("code", "first", "last", "months"),
    [
        ("", date(2025, 10, 1), date(2026, 9, 30), 12),
        ("month", date(2026, 9, 1), date(2026, 9, 30), 1),
        ("quarter", date(2026, 7, 1), date(2026, 9, 30), 3),
        ("year", date(2026, 1, 1), date(2026, 9, 30), 9),
        ("last", date(2025, 1, 1), date(2025, 12, 31), 12),
    ],
)
def test_periods_are_whole_months(town: Town, code: str, first: date, last: date, months: int) -> None:
    period = period_of(code)
    assert (period.first, period.last, len(period.months)) == (first, last, months)


def test_a_month_begins_at_midnight_in_the_city(town: Town) -> None:
    with clock.stopped_at(datetime(2026, 8, 31, 16, 30, tzinfo=UTC)):
        town.receive()
    follow()
    assert (
        dict(seen(town, "1503").months)[date(2026, 9, 1)] == dict(seen(town, "150302006").months)[date(2026, 9, 1)] == 1
    )


def test_the_page_draws_and_tables_and_leads_to_the_list(town: Town) -> None:
    town.receive()
    follow()
    officer = town.client("officer")
    page = officer.get("/cases/overview/").content.decode()
    assert "滨河街道的诉求" in page
    assert "/cases/?status=received&amp;place=150302006001&amp;since=2025-10-01&amp;until=2026-09-30" in page
    below = officer.get("/cases/overview/?place=150302006001&period=month").content.decode()
    assert "滨河街道" in below
    assert [
        officer.get(f"/cases/overview/?place={path}").status_code for path in ("150302007", "150302006999", "x")
    ] == [404] * 3
    assert "这段时间没有诉求" in town.client("outsider").get("/cases/overview/").content.decode()


def test_the_sheet_says_what_the_page_says(town: Town) -> None:
    answered(town)
    follow()
    answer = town.client("officer").get(f"/cases/overview/cases.xlsx?period={PeriodCode.YEAR}")
    rows = read_table(answer.content)
    assert (rows[0][0], rows[-1][0], rows[-1][rows[0].index("合计")]) == ("地方或领域", "合计", 1.0)


def test_the_overview_costs_the_same_for_one_case_and_for_many(town: Town) -> None:
    spent = []
    for more in (1, 5):
        for _case in range(more):
            town.receive()
        follow()
        with CaptureQueriesContext(connection) as asked:
            seen(town, "1503")
        spent.append(len(asked))
    assert spent[0] == spent[1] <= 5


def test_a_tally_counts_something_and_its_answers_are_among_its_cases(town: Town) -> None:
    cell = {"digits": AREA, "area": "150302006", "month": date(2026, 9, 1), "field": "safety", "status": Status.CLOSED}
    some = {"cases": 1, "on_time": 0, "late": 0}
    for wrong in ({"cases": 0}, {"on_time": 1, "late": 1}, {"digits": 12}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tally.objects.create(**cell | some | wrong)


def test_bars_of_a_picture_stand_within_their_box(town: Town) -> None:
    town.receive()
    follow()
    bars = seen(town, "1503").bars
    assert [(bar.count, bar.height) for bar in bars[-2:]] == [(0, 0), (1, 150)]
    assert all(bar.x >= 0 and bar.x + bar.width <= 720 and bar.y + bar.height == 150 for bar in bars)
