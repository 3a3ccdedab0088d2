"""The rates are shares of call-backs and of nothing else: against a naive count, in any mixture of judgements, misses and exclusions."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from fractions import Fraction

import pytest
from cases.conftest import MONDAY, Town, about, set_locally
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.flows.callbacks import actions, queries
from linli.flows.callbacks.models import Exclusion, Reason
from linli.flows.callbacks.queries.rates import Tally
from linli.flows.callbacks.queries.trend import trend_of
from linli.flows.cases import actions as cases
from linli.flows.cases.models import CallBack, Case, Missed, Satisfied, Solved, Way
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.organisations.models import Body
from linli.ground.ui.rates import Rate

from .conftest import ANGRY, CONTENT, answered

SEPTEMBER = queries.Span("1503", date(2026, 9, 1), date(2026, 9, 30))


def tally(town: Town, who: str = "officer", span: queries.Span = SEPTEMBER) -> Tally:
    method = queries.method_of(span.place_path)
    return queries.total(queries.lines(town.actor(who), span, "place", method))


def judged(case: Case, **said: object) -> None:
    """A row as `rate` writes it."""
    facts = {"way": Way.SELF, "lead": case.lead, "round": case.round, "at": clock.now(), "by": "people.account:1"}
    CallBack.objects.create(case=case, **(facts | said))


KINDS = st.tuples(
    st.sampled_from(["judged", "missed"]),
    st.booleans(),
    st.sampled_from(list(Solved)),
    st.sampled_from(list(Satisfied)),
    st.sampled_from(["", "out", "back"]),
)


def naive(rows: Iterable[tuple[str, bool, Solved, Satisfied, str]]) -> Tally:
    """The same, counted one by one as one would on paper."""
    due = contacted = answers = solved = satisfied = out = 0
    for kind, in_time, outcome, mood, left in rows:
        if left == "out":
            out += 1
            continue
        due += 1
        if kind == "missed":
            continue
        answers += 1
        contacted += in_time
        solved += outcome == "yes"
        satisfied += mood in {"yes", "fairly"}
    return Tally(due, contacted, answers, solved, satisfied, out)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(KINDS, max_size=6))
def test_the_rates_are_what_one_counts_on_paper(
    town: Town, rows: list[tuple[str, bool, Solved, Satisfied, str]]
) -> None:
    with transaction.atomic():
        for kind, in_time, outcome, mood, left in rows:
            case = town.receive()
            if kind == "judged":
                judged(case, contacted=in_time, solved=outcome, satisfied=mood)
            else:
                judged(case, way=Way.PHONE, missed=Missed.OFF)
            if left:
                back = clock.now() if left == "back" else None
                Exclusion.objects.create(case=case, round=1, reason=Reason.OUTSIDE, text="不属于职责", included_at=back)
        found, wanted = tally(town), naive(rows)
        assert found == wanted
        assert sum(asdict(found)[one] for one in ("due", "excluded")) == len(rows)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 0, "—"), (0, 7, "0.0%"), (7, 7, "100.0%"), (14, 15, "93.3%"), (1, 2000, "0.1%"), (2, 3, "66.7%")],
)
def test_a_rate_is_said_with_one_decimal_and_of_nothing_there_is_none(part: int, whole: int, words: str) -> None:
    assert str(Rate(part, whole)) == words


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_rounding_is_of_whole_numbers_half_up(part: int, whole: int) -> None:
    tenths = Fraction(str(Rate(part, whole)).removesuffix("%")) * 10
    assert Fraction(-1, 2) < Fraction(1000 * part, whole) - tenths <= Fraction(1, 2) or (
        Fraction(1000 * part, whole) - tenths == Fraction(-1, 2)
    )


def test_the_three_are_weighed_by_the_rulebook() -> None:
    counts = Tally(due=10, contacted=9, answered=8, solved=6, satisfied=4, excluded=1)
    assert counts.composite((10, 45, 45)) == Fraction(90 * 10 + 75 * 45 + 50 * 45, 10000)
    assert Tally(due=1, contacted=0).composite((10, 45, 45)) is None
    assert counts.composite((0, 0, 0)) is None


def test_half_answers_count_as_the_rulebook_says(town: Town) -> None:
    judged(town.receive(), contacted=True, solved=Solved.PARTLY, satisfied=Satisfied.FAIRLY)
    assert (tally(town).solved, tally(town).satisfied) == (0, 1)
    set_locally("cases.rates.partly", "true")
    set_locally("cases.rates.fairly", "false")
    assert (tally(town).solved, tally(town).satisfied) == (1, 0)


def test_each_sees_the_rates_of_the_cases_that_they_see(town: Town) -> None:
    for place in (town.east, town.west, town.places["150302007001"]):
        judged(town.receive(place=place), contacted=True, solved=Solved.YES, satisfied=Satisfied.YES)
    seen = {name: tally(town, name).due for name in ("worker", "officer", "outsider")}
    assert seen == {"worker": 1, "officer": 2, "outsider": 1}


def test_a_span_is_a_place_some_days_a_lead_and_a_category(town: Town) -> None:
    east, west = town.receive(), town.receive(place=town.west, category=about("parking"))
    for case in (east, west):
        judged(case, contacted=True, solved=Solved.YES, satisfied=Satisfied.YES)
    with clock.stopped_at(MONDAY + timedelta(days=40)):
        judged(town.receive(), contacted=False, solved=Solved.NO, satisfied=Satisfied.NO)
    spans = {
        "place": queries.Span(town.west.path, SEPTEMBER.first, SEPTEMBER.last),
        "days": queries.Span("1503", date(2026, 10, 1), date(2026, 10, 31)),
        "lead": queries.Span("1503", SEPTEMBER.first, SEPTEMBER.last, lead=east.lead.reference),
        "category": queries.Span("1503", SEPTEMBER.first, SEPTEMBER.last, category="parking"),
    }
    found = {name: [one.case for one in _behind(town, span)] for name, span in spans.items()}
    assert found | {"days": len(found["days"])} == {"place": [west], "days": 1, "lead": [east], "category": [west]}


def _behind(town: Town, span: queries.Span) -> list[CallBack]:
    return list(queries.behind(town.actor("officer"), span, "due", queries.method_of("1503")))


@pytest.mark.parametrize("by", queries.GROUPS)
def test_the_groups_together_are_the_whole_and_each_leads_to_its_cases(town: Town, by: str) -> None:
    for place, category in (
        (town.east, "parking"),
        (town.west, "surroundings-other"),
        (town.east, "surroundings-other"),
    ):
        judged(town.receive(place=place, category=about(category)), contacted=True, solved="yes", satisfied="no")
    officer, method = town.actor("officer"), queries.method_of("1503")
    lines = queries.lines(officer, SEPTEMBER, by, method)
    assert queries.total(lines) == Tally(3, 3, 3, 3, 0, 0)
    for line in lines:
        span = queries.narrowed(SEPTEMBER, by, line.key)
        for kind in queries.KINDS:
            assert queries.behind(officer, span, kind, method).count() == getattr(line.tally, kind)
    names = queries.names_of(by, [line.key for line in lines])
    assert by == "month" or set(names) == {line.key for line in lines}


def test_the_place_groups_by_the_divisions_right_below(town: Town) -> None:
    judged(town.receive(), contacted=True, solved="yes", satisfied="yes")
    officer, method = town.actor("officer"), queries.method_of("1503")
    keys = [
        [
            one.key
            for one in queries.lines(officer, queries.Span(path, SEPTEMBER.first, SEPTEMBER.last), "place", method)
        ]
        for path in ("1503", "150302", "150302006", "150302006001")
    ]
    assert keys == [["150302"], ["150302006"], ["150302006001"], ["150302006001"]]


def test_counting_costs_the_same_for_one_row_and_for_thirty(town: Town) -> None:
    judged(town.receive(), contacted=True, solved="yes", satisfied="yes")
    officer, method = town.actor("officer"), queries.method_of("1503")

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            queries.lines(officer, SEPTEMBER, "lead", method)
        return len(found)

    one = asked()
    for _number in range(29):
        judged(town.receive(), contacted=True, solved="yes", satisfied="yes")
    assert (one, asked()) == (1, 1)


def test_months_are_drawn_from_four_on_and_a_gap_parts_the_line(town: Town) -> None:
    months = {f"2026-{month:02}": Tally(2, 2, 2, 1, 1) for month in (3, 4, 6, 7)}
    lines = [queries.Line(key, counts) for key, counts in months.items()]
    drawn = trend_of(lines)
    assert drawn is not None
    assert [len(curve.pieces) for curve in drawn.curves] == [2, 2, 2]
    assert [f"{month:%m}" for month, _at, _tally in drawn.months] == ["03", "04", "05", "06", "07"]
    assert (drawn.curves[1].last, drawn.curves[0].points[0]) == ("50.0%", ("0.0", "0.0"))
    over_the_year = trend_of([queries.Line(key, Tally(1, 1)) for key in ("2025-11", "2026-02")])
    assert over_the_year is not None
    assert (len(over_the_year.months), over_the_year.curves[1].last, over_the_year.curves[1].pieces) == (4, "—", [])
    assert trend_of(lines[:2]) is None
    assert trend_of([]) is None


def test_the_reviewing_office_leaves_a_round_out_and_counts_it_again(reviewed: Town) -> None:
    town, reviewer = reviewed, reviewed.actor("reviewer")
    case = answered(town)
    actions.rate(case, **ANGRY, by=town.resident)
    assert tally(town, "reviewer") == Tally(1, 0, 1, 0, 0, 0)
    actions.exclude(case, round=1, reason=Reason.UNLAWFUL, text="要求违反消防规定。", by=reviewer)
    assert tally(town, "reviewer") == Tally(0, 0, 0, 0, 0, 1)
    [row] = queries.behind(reviewer, SEPTEMBER, "excluded", queries.method_of("1503"))
    [(_row, out, post)] = queries.with_exclusions([row], reviewer)
    assert out is not None
    assert (out.text, out.post, "·" in post) == ("要求违反消防规定。", reviewer.post_ref, True)
    with pytest.raises(Refused):
        actions.exclude(case, round=1, reason=Reason.OTHER, text="再一次。", by=reviewer)
    actions.include(case, round=1, text="经复核，应当计入。", by=reviewer)
    assert tally(town, "reviewer").due == 1
    with pytest.raises(Refused):
        actions.include(case, round=1, text="再一次。", by=reviewer)
    events = Event.objects.filter(verb__in=["cases.case.exclude", "cases.case.include"]).order_by("pk")
    assert [one.data for one in events] == [{"round": 1, "reason": "unlawful"}, {"round": 1}]


@pytest.mark.parametrize("wrong", [{"round": 2}, {"round": 0}, {"reason": Reason.UNREACHED}])
def test_only_what_is_over_is_left_out_and_unreached_is_the_city_s_own_word(
    reviewed: Town, wrong: dict[str, object]
) -> None:
    case = answered(reviewed)
    said = {"round": 1, "reason": Reason.OTHER, "text": "原因写在这里。"} | wrong
    with pytest.raises(Refused):
        actions.exclude(case, **said, by=reviewed.actor("reviewer"))
    with pytest.raises(Refused):
        actions.exclude(reviewed.receive(), **said | {"round": 1}, by=reviewed.actor("reviewer"))


def test_a_body_never_leaves_out_what_it_was_judged_for(reviewed: Town) -> None:
    town, case = reviewed, answered(reviewed)
    actions.rate(case, **ANGRY, by=town.resident)
    actions.exclude(case, round=1, reason=Reason.OTHER, text="系统试算。", by=SYSTEM)
    CallBack.objects.update(lead=town.bodies["reviewing_office", "1503"])
    with pytest.raises(Refused):
        actions.include(case, round=1, text="恢复计入。", by=town.actor("reviewer"))
    Exclusion.objects.all().delete()
    with pytest.raises(Refused):
        actions.exclude(case, round=1, reason=Reason.OTHER, text="不想计入。", by=town.actor("reviewer"))


def test_an_earlier_round_keeps_its_judgement_when_another_begins(reviewed: Town) -> None:
    town, case = reviewed, answered(reviewed)
    actions.rate(case, **ANGRY, by=town.resident)
    cases.reopen(case, text="还是不亮。", by=town.resident)
    assert queries.rounds_over(case) == [1]
    cases.accept(case, by=town.actor("worker"))
    cases.answer(case, text="已换新灯。", by=town.actor("worker"))
    actions.rate(case, **CONTENT, by=town.resident)
    assert queries.rounds_over(case) == [2, 1]
    assert tally(town, "reviewer") == Tally(2, 1, 2, 1, 1, 0)
    actions.exclude(case, round=1, reason=Reason.REPEATED, text="第一轮反映不实。", by=town.actor("reviewer"))
    assert queries.rounds_excluded(case) == [1]
    assert tally(town, "reviewer") == Tally(1, 1, 1, 1, 1, 1)


@pytest.mark.parametrize(
    "wrong", [{"reason": "mood"}, {"text": ""}, {"included_post": "organisations.holding:1"}, {"included_text": "理由"}]
)
def test_the_database_refuses_an_exclusion_without_grounds(town: Town, wrong: dict[str, str]) -> None:
    case = answered(town)
    Exclusion.objects.create(case=case, round=1, reason=Reason.OUTSIDE, text="不属于职责。")
    with pytest.raises(IntegrityError), transaction.atomic():
        Exclusion.objects.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exclusion.objects.create(case=case, round=1, reason=Reason.OTHER, text="再一次。")


def test_a_lead_that_is_gone_keeps_its_rates(town: Town) -> None:
    case = answered(town)
    actions.rate(case, **CONTENT, by=town.resident)
    Body.objects.filter(pk=case.lead_id).update(ended_on=date(2026, 9, 15))
    [line] = queries.lines(town.actor("officer"), SEPTEMBER, "lead", queries.method_of("1503"))
    assert line.key == case.lead.reference
