"""The page of the office hours: everybody reads them, those who keep the calendar set them and are told first what moves."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from linli.commons.calendar.models import OfficeHours
from linli.commons.deadlines.actions import start_clock
from linli.commons.deadlines.models import Clock
from linli.ground.authority.actors import SYSTEM, VISITOR, Person

from .conftest import HAIBOWAN, HUDONG, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september", "places")]
PAGE, SET = f"/calendar/hours/?place={HAIBOWAN}", "/calendar/hours/set/"
WINTER = {
    "place_path": HAIBOWAN,
    "begins_on": "2026-09-15",
    "opens": "08:30",
    "break_begins": "12:00",
    "break_ends": "14:00",
    "closes": "17:30",
    "notice": "海政办发〔2026〕3号",
}


@pytest.fixture
def keeper(reviewer: Person, as_actor: Callable[[Person], Client]) -> Client:
    return as_actor(reviewer)


@pytest.fixture
def term() -> Clock:
    return start_clock(about="cases.case:1", name="办理", amount=5, unit="working_day", place_path=HUDONG, by=SYSTEM)


def test_everybody_reads_when_offices_are_open(as_actor: Callable[[Person], Client]) -> None:
    page = as_actor(VISITOR).get("/calendar/hours/").content.decode()
    for words in ("08:30–12:00 14:30–18:00", "现在开门", "全国", "先按各地通常的办公时间计", "午休"):
        assert words in page
    assert "设定办公时间" not in page
    assert as_actor(VISITOR).get("/calendar/hours/?place=x").status_code == 404


def test_where_none_are_set_the_whole_working_day_counts(as_actor: Callable[[Person], Client]) -> None:
    OfficeHours.objects.all().delete()
    assert "未设定：工作日全天计时" in as_actor(VISITOR).get(PAGE).content.decode()


def test_the_keeper_is_told_how_many_deadlines_move_before_setting_hours(keeper: Client, term: Clock) -> None:
    asked = keeper.post(SET, WINTER)
    assert (asked.status_code, "正在计时的 1 个期限将随之调整" in asked.content.decode()) == (200, True)
    assert not OfficeHours.objects.filter(place_path=HAIBOWAN).exists()
    back = keeper.post(SET, WINTER | {"edit": "1"})
    assert (back.status_code, "海政办发〔2026〕3号" in back.content.decode()) == (200, True)
    done = keeper.post(SET, WINTER | {"sure": "1"})
    assert (done.status_code, done["Location"]) == (302, PAGE)
    page = keeper.get(PAGE).content.decode()
    for words in (
        "办公时间已设定。1 个期限随之调整。",
        "08:30–12:00 14:00–17:30",
        "海政办发〔2026〕3号",
        "尚未施行",
        "撤下",
    ):
        assert words in page
    assert Clock.objects.get().due_at == at("2026-09-20T17:30")


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"place_path": "1501"}, "place_path", ""),
        ({"begins_on": "2026-09-13"}, "begins_on", "办公时间只能自今天或以后施行"),
        ({"begins_on": ""}, "begins_on", ""),
        ({"opens": "25:00"}, "opens", ""),
        ({"closes": "13:00"}, "__all__", "各时段须按一天的先后顺序填写"),
        ({"notice": ""}, "notice", ""),
    ],
)
def test_hours_that_are_not_right_come_back_with_what_was_typed(
    wrong: dict[str, str], field: str, words: str, keeper: Client
) -> None:
    answer = keeper.post(SET, WINTER | {"sure": "1"} | wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    page = answer.content.decode()
    assert ("14:00" in page, words in page) == (True, True)
    assert not OfficeHours.objects.filter(place_path=HAIBOWAN).exists()


def test_an_empty_form_shows_its_errors(keeper: Client) -> None:
    assert [keeper.post(url, {}).status_code for url in (SET, "/calendar/announce/")] == [422, 422]


def test_a_day_that_has_hours_already_says_what_to_do(keeper: Client) -> None:
    keeper.post(SET, WINTER | {"sure": "1"})
    answer = keeper.post(SET, WINTER | {"sure": "1"})
    assert (answer.status_code, "请先撤下再设" in answer.content.decode()) == (422, True)


def test_coming_hours_are_removed_and_those_that_hold_are_not(keeper: Client, term: Clock) -> None:
    keeper.post(SET, WINTER | {"sure": "1"})
    address = f"/calendar/hours/{OfficeHours.objects.get(place_path=HAIBOWAN).pk}/remove/"
    assert "正在计时的 1 个期限将随之调整" in keeper.get(address).content.decode()
    assert keeper.post(address)["Location"] == PAGE
    assert Clock.objects.get().due_at == term.due_at
    assert keeper.get(address).status_code == 404
    keeper.post(SET, WINTER | {"sure": "1", "begins_on": "2026-09-14"})
    begun = f"/calendar/hours/{OfficeHours.objects.get(place_path=HAIBOWAN).pk}/remove/"
    assert [keeper.get(begun).status_code, keeper.post(begun).status_code] == [409, 409]


def test_nobody_else_sets_or_removes_hours(
    worker: Person, as_actor: Callable[[Person], Client], keeper: Client
) -> None:
    keeper.post(SET, WINTER | {"sure": "1"})
    nation = OfficeHours.objects.get(place_path="", begins_on=date(2015, 1, 1)).pk
    assert keeper.post(f"/calendar/hours/{nation}/remove/").status_code == 403
    stranger, own = as_actor(worker), OfficeHours.objects.get(place_path=HAIBOWAN).pk
    urls = [SET, f"/calendar/hours/{own}/remove/"]
    assert [stranger.post(url, WINTER).status_code for url in urls] == [403, 403]
    assert OfficeHours.objects.filter(pk=own).exists()
