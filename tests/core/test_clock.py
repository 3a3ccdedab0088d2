"""One moment for a whole request."""

from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse

from linli.ground.core import clock

NEW_YEARS_EVE_UTC = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)


def test_today_is_the_citys_day_not_greenwichs() -> None:
    with clock.stopped_at(NEW_YEARS_EVE_UTC):
        assert clock.today() == date(2027, 1, 1)


def test_a_request_has_one_moment() -> None:
    moments = []

    def view(_request: HttpRequest) -> HttpResponse:
        moments.extend([clock.now(), clock.now()])
        return HttpResponse()

    clock.ClockMiddleware(view)(HttpRequest())
    assert moments[0] == moments[1]
    assert clock.now() > moments[0]


def test_a_stopped_clock_stays_stopped_through_a_request() -> None:
    moments = []

    def view(_request: HttpRequest) -> HttpResponse:
        moments.append(clock.now())
        return HttpResponse()

    with clock.stopped_at(NEW_YEARS_EVE_UTC):
        clock.ClockMiddleware(view)(HttpRequest())
    assert moments == [NEW_YEARS_EVE_UTC]
