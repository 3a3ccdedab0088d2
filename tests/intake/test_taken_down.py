"""A need that staff take down: how it came, when it was said, whose number calls, and what the form says while one writes."""

from datetime import timedelta

import pytest
from cases.conftest import MONDAY, NEED, PHONE, STRANGER, Town, visitor
from django.test import Client
from django.utils.timezone import localtime

from linli.flows.cases.models import Case, Channel
from linli.flows.cases.queries import who_asked
from linli.flows.intake.queries import alike_for, hints_for
from linli.flows.supports.queries import Spot
from linli.ground.core.models import Event
from linli.ground.redaction.queries import Kind

CALL = NEED | {"channel": "phone", "came_at": "2026-09-14T09:58", "phone": "0473-202 0133"}


def test_a_call_is_taken_down_with_its_hour_and_the_number_that_called(town: Town) -> None:
    worker = town.client("worker")
    answer = worker.post("/cases/register/", CALL)
    case = Case.objects.get()
    assert answer.url == f"/cases/{case.reference}/receipt/"
    assert (case.channel, f"{localtime(case.came_at):%H:%M}", case.reporter.phone) == (
        Channel.PHONE,
        "09:58",
        "04732020133",
    )
    assert "09:58" in worker.get(f"/cases/{case.reference}/").content.decode()
    assert "?channel=phone" in worker.get(answer.url).content.decode(), "the next call"


def test_a_landline_gets_no_text_message(town: Town) -> None:
    town.client("worker").post("/cases/register/", CALL)
    assert [one.phone for one in who_asked(Event.objects.filter(verb="cases.case.receive").get())] == [""]


def test_a_call_of_tomorrow_is_a_slip(town: Town) -> None:
    tomorrow = f"{MONDAY + timedelta(days=1):%Y-%m-%dT%H:%M}"
    answer = town.client("worker").post("/cases/register/", CALL | {"came_at": tomorrow})
    assert (answer.status_code, Case.objects.count()) == (422, 0)
    assert answer.context["form"].errors["came_at"] == ["这个时间还没有到，请核对日期和钟点。"]


def test_a_landline_without_its_area_code_is_asked_for_it(town: Town) -> None:
    answer = town.client("worker").post("/cases/register/", CALL | {"phone": "2020133"})
    assert answer.context["form"].errors["phone"] == ["固定电话请连区号一起写，例如 0473-2020133。"]


@pytest.mark.parametrize("channel", ["desk", "phone", "letter", "visit"])
def test_the_form_opens_for_the_way_that_was_asked_for(town: Town, channel: str) -> None:
    form = town.client("worker").get(f"/cases/register/?channel={channel}").context["form"]
    assert form["channel"].value() == channel


def test_a_way_that_nobody_takes_down_is_refused(town: Town) -> None:
    answer = town.client("worker").post("/cases/register/", CALL | {"channel": "web"})
    assert list(answer.context["form"].errors) == ["channel"]


def test_who_wishes_keeps_their_matter_off_public_pages(town: Town) -> None:
    visitor(PHONE).post("/cases/report/", NEED | {"is_private": "on"})
    case = Case.objects.get()
    assert case.is_private
    assert "不在公开页面显示" in visitor(PHONE).get(f"/cases/{case.reference}/").content.decode()


def test_a_private_matter_is_neither_shown_to_neighbours_nor_followed_by_them(town: Town) -> None:
    first = town.receive(category="street-light", is_private=True)
    spot = Spot(town.east.path, "东门", {})
    assert alike_for(town.stranger, first.category, spot, STRANGER, is_private=False) == []
    neighbour = town.receive(category="street-light", name="陌生人", phone=STRANGER, by=town.stranger)
    again = town.receive(category="street-light", is_private=True)
    assert (neighbour.pk != first.pk, again.pk) == (True, first.pk)


@pytest.mark.parametrize(
    ("text", "answers", "numbers"),
    [
        ("楼道里有煤气味", {}, ["119"]),
        ("有人受伤了，车祸", {}, ["120", "122"]),
        ("没有人受伤，没有起火", {}, []),
        ("没有起火，后来又起火了", {}, ["119"]),
        ("预防火灾的宣传", {}, []),
        ("停气了", {"danger": "有"}, ["119"]),
        ("停气了", {"danger": "没有"}, []),
        ("路灯不亮", {}, []),
    ],
)
def test_an_emergency_is_known_by_words_and_answers(text: str, answers: dict[str, str], numbers: list[str]) -> None:
    hints = hints_for(text, category="water-power-gas", answers=answers)
    assert [number for number, _name in hints.services] == numbers


def test_the_form_says_at_once_whom_to_call_and_that_a_number_will_be_masked(town: Town) -> None:
    typed = {"text": f"煤气味很大，我是{PHONE}", "where": "", "category": "water-power-gas", "asked_danger": "没有"}
    answer = Client().post("/cases/report/hints/", typed)
    shown = answer.content.decode()
    assert (answer.context["hints"].kinds, 'href="tel:119"' in shown) == ([Kind.MOBILE], True)
    assert "文字中像是有手机号；别人能看到的地方会遮住" in shown
    assert Client().post("/cases/report/hints/", {"text": "路灯不亮"}).content.decode().strip() == ""
    assert Case.objects.count() == 0


def test_before_the_code_is_typed_the_emergency_number_stands_on_the_page(town: Town) -> None:
    stranger = Client()
    stranger.post("/cases/report/", NEED | {"text": "楼道起火了，快来。", "phone": "13904730077"})
    assert 'href="tel:119"' in stranger.get("/cases/report/confirm/").content.decode()
