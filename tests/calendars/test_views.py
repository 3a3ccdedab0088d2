"""The calendar on pages and through the API: everybody reads it, those who keep it change it, within their own place."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from linli.commons.calendar import actions
from linli.commons.calendar.models import Announcement, Calendar, DayKind
from linli.commons.calendar.queries import provisional_years
from linli.commons.calendar.tasks import load_calendar
from linli.commons.deadlines.actions import start_clock
from linli.ground.authority.actors import SYSTEM, VISITOR, Person

from .conftest import HAIBOWAN, HUDONG, WUHAI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september", "places")]
NOTICE = {
    "place_path": HAIBOWAN,
    "first": "2026-09-17",
    "last": "2026-09-18",
    "kind": "local_holiday",
    "name": "建区纪念日",
    "reason": "全区放假",
    "source": "海政发〔2026〕9号",
}


def test_everybody_reads_the_year_with_its_marks(as_actor: Callable[[Person], Client]) -> None:
    page = as_actor(VISITOR).get("/calendar/").content.decode()
    assert page.count('<table class="c-month">') == 12
    assert page.count('<abbr title="调休上班：') == 6
    assert ('aria-current="date"' in page, "公布日历变动" in page, "尚未公布" in page) == (True, False, False)


def test_a_year_that_is_not_announced_says_so_and_one_outside_is_not_there(
    as_actor: Callable[[Person], Client],
) -> None:
    client = as_actor(VISITOR)
    assert "2027 年的调休安排尚未公布" in client.get("/calendar/2027/").content.decode()
    urls = [
        "/calendar/2014/",
        "/calendar/2026/?place=x",
        "/calendar/2026/?place=" + "1" * 16,
    ]
    assert [client.get(url).status_code for url in urls] == [404, 404, 404]


def test_the_keeper_announces_days_and_the_page_names_the_notice(
    reviewer: Person, as_actor: Callable[[Person], Client]
) -> None:
    client = as_actor(reviewer)
    start_clock(about="cases.case:1", name="办理", amount=5, unit="working_day", place_path=HUDONG, by=SYSTEM)
    assert client.get("/calendar/announce/").status_code == 200
    answer = client.post("/calendar/announce/", NOTICE)
    assert (answer.status_code, answer["Location"]) == (302, f"/calendar/2026/?place={HAIBOWAN}")
    page = client.get(answer["Location"]).content.decode()
    assert ("海政发〔2026〕9号" in page, "1 个期限随之调整" in page, "公布日历变动" in page) == (True, True, True)
    assert list(Announcement.objects.values_list("day", "by")) == [
        (date(2026, 9, day), "people.account:9") for day in (17, 18)
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"place_path": "1501"}, "place_path"),
        ({"first": "morgen"}, "first"),
        ({"first": "2040-01-01", "last": ""}, "first"),
        ({"last": "2026-09-01"}, "last"),
        ({"last": "2026-12-01"}, "last"),
        ({"kind": "feast"}, "kind"),
        ({"reason": ""}, "reason"),
        ({"source": "x" * 201}, "source"),
    ],
)
def test_a_notice_that_is_not_right_comes_back_with_what_was_typed(
    wrong: dict[str, str], field: str, reviewer: Person, as_actor: Callable[[Person], Client]
) -> None:
    answer = as_actor(reviewer).post("/calendar/announce/", NOTICE | wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "建区纪念日" in answer.content.decode()
    assert not Announcement.objects.exists()


def test_a_year_is_confirmed_for_the_own_place(reviewer: Person, as_actor: Callable[[Person], Client]) -> None:
    client = as_actor(reviewer)
    assert client.post("/calendar/2027/confirm/")["Location"] == f"/calendar/2027/?place={WUHAI}"
    assert provisional_years(Calendar.objects.ruling(HUDONG)) == [2028]
    assert client.post("/calendar/2014/confirm/").status_code == 404
    assert client.get("/calendar/2027/confirm/").status_code == 405


def test_nobody_else_changes_the_calendar(worker: Person, as_actor: Callable[[Person], Client]) -> None:
    client = as_actor(worker)
    urls = ["/calendar/announce/", "/calendar/2027/confirm/"]
    assert [client.post(url, NOTICE).status_code for url in urls] == [403, 403]
    assert not Announcement.objects.exists()


def test_programs_count_a_term(as_actor: Callable[[Person], Client], worker: Person) -> None:
    client = as_actor(worker)
    found = client.get(
        "/api/calendar/due", {"start": "2026-09-14", "amount": 5, "unit": "working_day", "place": HUDONG}
    ).json()
    assert (found["due_at"], found["skipped"]) == ("2026-09-20T18:00:00+08:00", [{"day": "2026-09-19", "why": "周六"}])
    wrong = [{"start": "x"}, {"amount": 0}, {"unit": "moon"}, {"place": "x"}, {"start": "2040-01-01"}]
    term = {"start": "2026-09-14", "amount": 5, "unit": "working_day"}
    assert [client.get("/api/calendar/due", term | one).status_code for one in wrong] == [422] * 5


def test_programs_read_and_announce_the_calendar(
    as_actor: Callable[[Person], Client], worker: Person, reviewer: Person
) -> None:
    client = as_actor(reviewer)
    days = client.get("/api/calendar/2026").json()
    assert (len(days), days[262]["day"], days[262]["kind"], days[262]["is_workday"]) == (
        365,
        "2026-09-20",
        "swapped_workday",
        True,
    )
    assert [client.get(f"/api/calendar/{year}").status_code for year in (2014, 99)] == [404, 422]
    notice = {"place": HAIBOWAN, "days": ["2026-09-17"], "kind": "local_holiday", "reason": "x", "source": "y"}

    def post(**changed: object) -> int:
        return client.post("/api/calendar/announce", notice | changed, content_type="application/json").status_code

    assert [post(), post(place="1501"), post(place=""), post(days=["2040-01-01"]), post(days=[])] == [
        200,
        403,
        403,
        422,
        422,
    ]
    client = as_actor(worker)
    assert post() == 403


def test_every_month_what_is_published_is_taken_over_but_not_over_a_day_announced_by_hand() -> None:
    actions.announce(
        place_path=WUHAI, days=[date(2026, 9, 15)], kind=DayKind.LOCAL_HOLIDAY, reason="x", source="y", by=SYSTEM
    )
    load_calendar(timestamp=0)
    assert Calendar.objects.ruling(HUDONG).days.get(day="2026-09-15").kind == "local_holiday"
