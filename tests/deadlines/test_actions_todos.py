"""To-dos: one per act and body, ticked off together, and the body above hears of what is overdue."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from linli.commons.calendar.actions import announce
from linli.commons.calendar.models import DayKind
from linli.commons.deadlines import actions
from linli.commons.deadlines.models import Todo
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock as city_clock
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.organisations.models import Body
from tests.factories.races import just_before

from .conftest import HUDONG, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september")]
CASE = "cases.case:1"
DUE = at("2026-09-15T18:00")


def opened(body: Body, verb: str = "cases.accept", about: str = CASE, due: object = DUE) -> Todo:
    return actions.open_todo(about=about, verb=verb, title="路灯不亮", body=body, due_at=due, by=SYSTEM)


def waiting() -> list[tuple[str, str]]:
    return list(Todo.objects.open().order_by("pk").values_list("verb", "body__name"))


def test_a_body_owes_an_act_once(committee: Body, office: Body) -> None:
    first = opened(committee)
    assert opened(committee) == first
    assert opened(office) != first
    assert opened(committee, "cases.answer") != first
    assert [
        (event.data["verb"], event.place_path) for event in Event.objects.filter(subject=f"deadlines.todo:{first.pk}")
    ] == [("cases.accept", HUDONG)]
    assert (str(first), first.place_path, first.opened_at) == ("路灯不亮", HUDONG, at("2026-09-14T10:40"))


def test_what_is_ticked_off_in_the_moment_it_is_asked_for_again_is_owed_anew(committee: Body) -> None:
    first = opened(committee)
    with just_before('SELECT "deadlines_todo"', lambda: first.close(by=SYSTEM)):
        second = opened(committee)
    assert (second.pk == first.pk, list(Todo.objects.open())) == (False, [second])


def test_a_todo_of_a_thing_names_it_by_reference(committee: Body) -> None:
    todo = actions.open_todo(
        about=committee, verb="x.y", title="t", body=committee, due_at=DUE, by=SYSTEM, place_path=HUDONG + "001"
    )
    assert (todo.about, todo.place_path) == (f"organisations.body:{committee.pk}", HUDONG + "001")
    assert actions.close_todos(about=committee, by=SYSTEM) == 1


def test_a_todo_needs_a_date_or_a_clock(committee: Body) -> None:
    with pytest.raises(ValueError, match="a date or a clock"):
        opened(committee, due=None)


def test_nonsense_is_refused_by_the_database_and_not_tried_again(committee: Body) -> None:
    with pytest.raises(IntegrityError):
        actions.open_todo(about=CASE, verb="x.y", title=None, body=committee, due_at=DUE, by=SYSTEM)  # type: ignore[arg-type]


def test_a_todo_follows_its_clock(committee: Body) -> None:
    clock = actions.start_clock(about=CASE, name="办理", amount=5, unit="working_day", place_path=HUDONG, by=SYSTEM)
    todo = actions.open_todo(about=CASE, verb="cases.answer", title="路灯", body=committee, clock=clock, by=SYSTEM)
    assert todo.due_at == clock.due_at
    clock.extend(amount=1, reason="x", by=SYSTEM)
    assert Todo.objects.get().due_at == at("2026-09-21T18:00")
    clock.pause(reason="x", by=SYSTEM)
    assert Todo.objects.get().is_waiting
    other = actions.open_todo(about=CASE, verb="cases.supply", title="补充材料", body=committee, clock=clock, by=SYSTEM)
    assert other.is_waiting
    with city_clock.stopped_at(at("2026-09-16T09:00")):
        assert not other.is_late
        clock.resume(by=SYSTEM)
    assert set(Todo.objects.values_list("is_waiting", "due_at")) == {(False, at("2026-09-22T18:00").astimezone())}
    announce(place_path=HUDONG, days=[date(2026, 9, 18)], kind=DayKind.LOCAL_HOLIDAY, reason="x", source="y", by=SYSTEM)
    assert set(Todo.objects.values_list("due_at", flat=True)) == {at("2026-09-23T18:00")}


def test_closing_a_matter_ticks_off_what_is_asked_for(committee: Body, office: Body) -> None:
    for verb, body in [("cases.accept", committee), ("cases.answer", committee), ("cases.answer", office)]:
        opened(body, verb)
    assert actions.close_todos(about=CASE, verb="cases.accept", by=SYSTEM) == 1
    assert actions.close_todos(about=CASE, body=office, by=SYSTEM) == 1
    assert waiting() == [("cases.answer", committee.name)]
    assert (actions.close_todos(about=CASE, by=SYSTEM), actions.close_todos(about=CASE, by=SYSTEM)) == (1, 0)
    assert Event.objects.filter(verb="deadlines.todo.close").count() == 3
    assert opened(committee).pk is not None


def test_what_is_ticked_off_stays_so(committee: Body) -> None:
    todo = opened(committee)
    todo.close(by=SYSTEM, at=at("2026-09-14T12:00"))
    assert (todo.done_at, todo.is_late) == (at("2026-09-14T12:00"), False)
    for again in (todo.close, todo.remind, todo.escalate):
        with pytest.raises(Refused):
            again(by=SYSTEM)
    with pytest.raises(IntegrityError):
        Todo.objects.update(done_at=at("2026-09-13T12:00"))


def test_a_reminder_comes_once_on_the_working_day_before(committee: Body) -> None:
    for number, due in enumerate(["2026-09-15T18:00", "2026-09-16T18:00", "2026-09-14T09:00"]):
        opened(committee, about=f"cases.case:{number}", due=at(due))
    assert actions.chase(by=SYSTEM) == (0, 1), "what was opened today is news enough"
    Todo.objects.filter(verb="cases.accept").update(opened_at=at("2026-09-11T10:00"))
    assert actions.chase(by=SYSTEM) == (1, 0)
    assert actions.chase(by=SYSTEM) == (0, 0)
    reminded = Event.objects.get(verb="deadlines.todo.remind")
    assert (reminded.subject, reminded.actor) == (
        f"deadlines.todo:{Todo.objects.get(about='cases.case:0').pk}",
        "system",
    )


def test_before_a_local_holiday_the_reminder_there_comes_earlier(committee: Body, office: Body) -> None:
    announce(place_path=HUDONG, days=[date(2026, 9, 15)], kind=DayKind.LOCAL_HOLIDAY, reason="x", source="y", by=SYSTEM)
    opened(committee, due=at("2026-09-16T18:00"))
    opened(office, due=at("2026-09-16T18:00"))
    Todo.objects.update(opened_at=at("2026-09-11T10:00"))
    assert actions.chase(by=SYSTEM) == (1, 0)
    assert list(Todo.objects.filter(reminded_at__isnull=False).values_list("body__name", flat=True)) == [committee.name]


def test_what_is_overdue_goes_to_the_body_above_once_and_ends_with_it(committee: Body, office: Body) -> None:
    opened(committee)
    with city_clock.stopped_at(at("2026-09-16T08:30")):
        assert actions.chase(by=SYSTEM) == (0, 1)
        assert waiting() == [("cases.accept", committee.name), ("cases.accept.overdue", office.name)]
        above = Todo.objects.get(body=office)
        assert (above.due_at, above.title, above.place_path) == (DUE, "路灯不亮", HUDONG), (
            "overdue since the same moment"
        )
        assert (above.escalates_at, above.is_late) == (at("2026-09-17T18:00"), True)
        assert Todo.objects.get(body=committee).is_late
    with city_clock.stopped_at(at("2026-09-18T08:30")):
        assert actions.chase(by=SYSTEM) == (0, 1), "the office stands under nobody here: the event alone"
        assert actions.close_todos(about=CASE, verb="cases.accept", by=SYSTEM) == 2
    assert waiting() == []


def test_the_body_above_waits_on_while_another_below_is_overdue(committee: Body, office: Body) -> None:
    second = Body.objects.create(
        kind=committee.kind,
        place=committee.place,
        slot="2",
        name="第二居委会",
        short_name="二",
        parent=office,
        founded_on="2020-01-01",
    )
    for body in (committee, second):
        opened(body)
    with city_clock.stopped_at(at("2026-09-16T08:30")):
        assert actions.chase(by=SYSTEM) == (0, 2)
        assert actions.close_todos(about=CASE, verb="cases.accept", body=committee, by=SYSTEM) == 1
        assert ("cases.accept.overdue", office.name) in waiting()
        assert actions.close_todos(about=CASE, verb="cases.accept", by=SYSTEM) == 2


def test_an_act_overdue_above_goes_further_up_under_the_same_verb(committee: Body, office: Body) -> None:
    office.parent = Body.objects.create(
        kind=office.kind, place=office.place.parent, name="海勃湾区人民政府", short_name="区", founded_on="2020-01-01"
    )
    office.save()
    opened(committee)
    for day in (16, 18, 22):
        with city_clock.stopped_at(at(f"2026-09-{day}T08:30")):
            actions.chase(by=SYSTEM)
    assert [verb for verb, _body in waiting()] == ["cases.accept", "cases.accept.overdue", "cases.accept.overdue"]


def test_who_urges_gives_a_working_day_and_takes_it_off_the_desks_below(committee: Body, office: Body) -> None:
    office.parent = Body.objects.create(
        kind=office.kind, place=office.place.parent, name="海勃湾区人民政府", short_name="区", founded_on="2020-01-01"
    )
    office.save()
    owed, above = opened(committee), ("cases.accept.overdue", office.name)
    for day in (16, 18):
        with city_clock.stopped_at(at(f"2026-09-{day}T08:30")):
            actions.chase(by=SYSTEM)
    assert len(waiting()) == 3
    with city_clock.stopped_at(at("2026-09-18T10:00")):
        owed.refresh_from_db()
        actions.urge(owed, body=office.pk, by=SYSTEM)
        assert waiting() == [("cases.accept", committee.name), ("cases.accept.overdue", "海勃湾区人民政府")]
        assert actions.chase(by=SYSTEM) == (0, 0), "a day is given"
    with city_clock.stopped_at(at("2026-09-21T08:30")):
        assert actions.chase(by=SYSTEM)[1] >= 1
        assert above in waiting()


def test_urging_without_having_been_told_leaves_the_desks_of_others_alone(committee: Body, office: Body) -> None:
    owed = opened(committee)
    with city_clock.stopped_at(at("2026-09-16T08:30")):
        actions.chase(by=SYSTEM)
        owed.refresh_from_db()
        actions.urge(owed, body=0, by=SYSTEM)
    assert ("cases.accept.overdue", office.name) in waiting()
    owed.close(by=SYSTEM)
    with pytest.raises(Refused):
        actions.urge(owed, body=office.pk, by=SYSTEM)


def test_what_is_looked_into_follows_the_clock_of_the_act(committee: Body, office: Body) -> None:
    clock = actions.start_clock(about=CASE, name="办理", amount=1, unit="working_day", place_path=HUDONG, by=SYSTEM)
    actions.open_todo(about=CASE, verb="cases.answer", title="路灯", body=committee, clock=clock, by=SYSTEM)
    with city_clock.stopped_at(at("2026-09-16T08:30")):
        actions.chase(by=SYSTEM)
        clock.extend(amount=5, reason="x", by=SYSTEM)
        assert [todo.is_late for todo in Todo.objects.open()] == [False, False]


def test_the_time_of_an_act_ends_after_its_moment(committee: Body) -> None:
    todo = opened(committee)
    with city_clock.stopped_at(DUE + timedelta(seconds=1)):
        assert todo.is_late
    with city_clock.stopped_at(DUE):
        assert not todo.is_late
