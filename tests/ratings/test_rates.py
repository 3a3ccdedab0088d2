"""What applications come to, against a naive count; what each may see; one question for any number of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from cases.conftest import set_locally
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.flows.ratings import queries, rules
from linli.flows.ratings.queries import Span, Tally
from linli.flows.services import actions
from linli.flows.services.models import Application, Outcome, Satisfied
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock

from .conftest import LOW, MONDAY, SPOT, URGENT, Desk

AUTUMN = Span("1503", date(2026, 9, 1), date(2026, 11, 30))
LATE = MONDAY + timedelta(days=40)
"""After the time of every decision that began on that Monday or is deemed to have."""


def live(desk: Desk, life: str, mood: Satisfied | None = None, code: str = URGENT) -> Application:
    """Let an application have a life: accepted, noticed, silent; decided in time, late or not at all; rated."""
    one = desk.receive(code)
    if "notice" in life:
        actions.ask_papers(one, gaps={2: "没有票据"}, by=desk.worker)
        actions.complete(one, text="已交", by=desk.resident)
    if "silent" in life:
        with clock.stopped_at(MONDAY + timedelta(days=8)):
            actions.deem_accepted(by=SYSTEM)
        one = Application.objects.get(pk=one.pk)
    elif "new" not in life:
        actions.accept(one, by=desk.worker)
    if "decided" in life or "late" in life:
        at = MONDAY + timedelta(days=2) if "decided" in life and "silent" not in life else LATE
        with clock.stopped_at(at):
            actions.decide(one, outcome=Outcome.GRANTED, reason="", by=desk.worker)
            if mood is not None:
                actions.deliver(one, by=desk.worker)
                actions.rate(one, satisfied=mood, by=desk.resident)
    return one


def tally(desk: Desk, who: str = "reviewer", span: Span = AUTUMN, *, fairly: bool = True) -> Tally:
    return queries.total(queries.lines(desk.town.actor(who), span, "item", fairly=fairly))


LIVES = st.tuples(
    st.sampled_from(["new", "notice new", "accepted", "notice decided", "decided", "late", "silent", "silent late"]),
    st.sampled_from([None, *Satisfied]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=st.lists(LIVES, max_size=5), fairly=st.booleans())
def test_the_counts_are_what_one_counts_on_paper(
    desk: Desk, lives: list[tuple[str, Satisfied | None]], fairly: bool
) -> None:
    with transaction.atomic():
        for life, mood in sorted(lives, key=lambda one: "silent" not in one[0]):  # it accepts all that waits
            live(desk, life, mood)
        with clock.stopped_at(LATE + timedelta(days=1)):
            found = tally(desk, fairly=fairly)
        words = [life.split() for life, _mood in lives]
        moods = [mood for life, mood in lives if mood and ("decided" in life or "late" in life)]
        good = {Satisfied.YES, *([Satisfied.FAIRLY] if fairly else [])}
        assert found == Tally(
            received=len(lives),
            noticed=sum("notice" in each for each in words),
            deemed=sum("silent" in each for each in words),
            decided=sum("decided" in each or "late" in each for each in words),
            on_time=sum("decided" in each for each in words),
            late=sum("decided" not in each and "new" not in each for each in words),
            rated=len(moods),
            satisfied=sum(mood in good for mood in moods),
            days=found.days,
        )
        assert found.in_time.whole == found.on_time + found.late
        transaction.set_rollback(True)


def test_nobody_looks_better_by_not_deciding(desk: Desk) -> None:
    live(desk, "decided")
    live(desk, "accepted")
    assert str(tally(desk).in_time) == "100.0%"
    with clock.stopped_at(LATE):
        assert str(tally(desk).in_time) == "50.0%"


def test_the_working_days_are_those_of_the_calendar(desk: Desk) -> None:
    one = desk.receive()
    actions.accept(one, by=desk.worker)
    with clock.stopped_at(MONDAY + timedelta(days=21)):  # 9月20日上班，中秋、国庆放假
        actions.decide(one, outcome=Outcome.GRANTED, reason="", by=desk.worker)
    start, end = (
        row.number
        for row in queries.CalendarDay.objects.filter(day__in=[date(2026, 9, 14), date(2026, 10, 5)]).order_by("day")
    )
    assert (tally(desk).days, tally(desk).average) == (end - start, f"{end - start}.0")
    assert (Tally().average, str(Tally().in_time)) == ("—", "—")


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("place", ["150302"]),
        ("item", [LOW, URGENT, SPOT]),
        ("field", ["employment", "relief"]),
        ("month", ["2026-09", "2026-10"]),
    ],
)
def test_in_groups(desk: Desk, by: str, keys: list[str]) -> None:
    live(desk, "decided")
    live(desk, "accepted", code=LOW)
    with clock.stopped_at(MONDAY + timedelta(days=30)):
        actions.settle(desk.receive(SPOT), by=desk.worker)
    found = queries.lines(desk.town.actor("reviewer"), AUTUMN, by, fairly=True)
    assert sorted(line.key for line in found) == sorted(keys)
    assert queries.total(found).received == 3
    names = queries.names_of(by, keys)
    assert set(names) >= set(keys) if by != "month" else names == {}
    first = found[0].key
    if by != "month":
        inner = queries.narrowed(AUTUMN, by, first)
        assert tally(desk, span=inner).received == found[0].tally.received


def test_by_handler_and_narrowed_to_it(desk: Desk) -> None:
    one, other = desk.receive(), desk.receive(place=desk.town.west)
    found = queries.lines(desk.town.actor("reviewer"), AUTUMN, "handler", fairly=True)
    assert [line.key for line in found] == sorted({one.handler.reference, other.handler.reference}, key=str) or len(
        found
    ) == 2
    assert queries.names_of("handler", [one.handler.reference]) == {one.handler.reference: one.handler.name}
    assert tally(desk, span=queries.narrowed(AUTUMN, "handler", one.handler.reference)).received == 1


def test_everybody_counts_what_they_may_see(desk: Desk) -> None:
    desk.receive()
    desk.receive(place=desk.town.west)
    seen = {name: tally(desk, name).received for name in ("worker", "officer", "reviewer", "outsider")}
    assert seen == {"worker": 1, "officer": 2, "reviewer": 2, "outsider": 0}
    assert [rules.may_count(each) for each in (desk.worker, desk.resident)] == [True, False]


def test_what_counts_as_satisfied_is_the_citys_to_say(desk: Desk) -> None:
    assert queries.counts_fairly("1503")
    set_locally("services.rates.fairly", "false")
    assert not queries.counts_fairly("1503")


def test_behind_a_number_stand_those_that_it_counts(desk: Desk) -> None:
    good, slow = live(desk, "notice decided", Satisfied.YES), live(desk, "late")
    found: dict[str, list[Any]] = {
        kind: sorted(one.pk for one in queries.behind(desk.town.actor("reviewer"), AUTUMN, kind, fairly=True))
        for kind in queries.KINDS
    }
    both = sorted([good.pk, slow.pk])
    assert found == {
        "received": both,
        "noticed": [good.pk],
        "deemed": [],
        "decided": both,
        "on_time": [good.pk],
        "late": [slow.pk],
        "rated": [good.pk],
        "satisfied": [good.pk],
    }


def test_it_is_counted_by_the_database(desk: Desk) -> None:
    reviewer = desk.town.actor("reviewer")

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            queries.lines(reviewer, AUTUMN, "handler", fairly=True)
        return len([each for each in found if "database_change" not in each["sql"]])

    live(desk, "decided", Satisfied.YES)
    one = asked()
    for _number in range(10):
        desk.receive()
    assert (one, asked()) == (2, 2)


def test_four_months_are_drawn(desk: Desk) -> None:
    months = {f"2026-{month:02}": Tally(2, 0, 0, 2, 1, 1, 1, 1) for month in (3, 4, 5, 6)}
    drawn = queries.trend_of([queries.Line(key, counts) for key, counts in months.items()])
    assert drawn is not None
    assert [(str(curve.name), curve.last) for curve in drawn.curves] == [("按时办结率", "50.0%"), ("好评率", "100.0%")]
    assert queries.trend_of([]) is None
