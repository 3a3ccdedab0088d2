"""Who asks about their own data is waited for by nobody, and waits for one body: a clock, a to-do, an answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from deadlines.conftest import BINHE, HUDONG, at, stand_up
from linli.commons.deadlines.actions import chase, follow_requests
from linli.commons.deadlines.models import Clock, Todo
from linli.commons.notices.models import Delivery, Message
from linli.commons.notices.queries import inbox
from linli.faces.desk.queries import home
from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock, feed
from linli.ground.core.actions import relay
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body, Holding, Post
from linli.ground.people import actions as people
from linli.ground.people.models import Account, Residence, Source
from linli.ground.people.models import Person as Resident
from linli.ground.places.models import Place
from linli.ground.residents import actions
from linli.ground.residents.models import DataRequest, Refusal, RequestKind
from linli.ground.residents.sections import Due, with_dues
from tests.factories import people as cast
from tests.factories.places import open_city

MONDAY = at("2026-09-14T10:40")
DUE = at("2026-10-10T18:00")
"""Fifteen working days on: the swapped Sunday and Saturday count, Mid-Autumn and the National Day do not."""
NEVER = date(2028, 1, 1)


@pytest.fixture(autouse=True)
def monday(places: dict[str, Place]) -> Iterator[None]:
    open_city(places["1503"])
    with clock.stopped_at(MONDAY):
        yield


def seat(body: Body, role: RoleCode = RoleCode.WORKER, person: Resident | None = None) -> Holding:
    code = f"{role}{Post.objects.count()}"
    post = Post.objects.create(body=body, code=code, name=f"职务{code}", role=role, seats=1)
    holder = person or enter(None, "李明")
    return Holding.objects.create(post=post, person=holder, begins_on=MONDAY.date(), ends_on=NEVER, how="appointed")


def enter(place: Place | None, name: str = "王秀兰") -> Resident:
    kind = Residence.LIVING if place else Residence.NONE
    return people.enter_person(people.Entry(name=name, residence=kind, source=Source.DESK, place=place), by=SYSTEM)


@pytest.fixture
def wang(places: dict[str, Place]) -> Resident:
    person = enter(places[HUDONG])
    person.personal.correct(name="王秀兰", phone="13900000001", id_number="", by=SYSTEM)
    Account.objects.create(person=person, contact=person.personal.phone_index)
    return person


def ask(person: Resident, kind: RequestKind = RequestKind.CORRECTION) -> DataRequest:
    return actions.ask(person, kind=kind, wish="名字写错了", by=SYSTEM)


def go_on() -> None:
    while relay():
        pass
    while feed.run_followers():
        pass


def open_todos() -> list[tuple[str, int, datetime]]:
    return list(Todo.objects.open().order_by("pk").values_list("about", "body", "due_at"))


def test_a_request_waits_on_the_desk_of_the_body_that_decides(committee: Body, wang: Resident) -> None:
    seat(committee)
    asked = ask(wang)
    with clock.stopped_at(MONDAY + timedelta(seconds=9)):
        go_on()
    assert open_todos() == [(ref(asked), committee.pk, DUE)]
    running = Clock.objects.get(about=ref(asked))
    assert (running.started_at, running.limit, running.rule_ref.startswith("rulebook.ruleversion:")) == (
        asked.requested_at,
        "15 个工作日",
        True,
    )
    worker = cast.in_post(RoleCode.WORKER, committee.place.path, body=committee.pk, number=1)
    (line,) = [line for group in home(worker).groups for line in group.lines]
    assert (line.title, line.note, line.url) == (
        f"更正个人信息 {asked.reference}",
        "王某某",
        f"/residents/requests/{asked.reference}/",
    )


def test_until_when_a_request_waits_is_told_to_both_sides(committee: Body, wang: Resident) -> None:
    holding, asked = seat(committee), ask(wang)
    (before,) = with_dues([asked])
    assert before == (asked, None)
    go_on()
    assert with_dues([asked]) == [(asked, Due(DUE, "还剩 15 个工作日", "ok"))]
    keeper = cast.sign_in(Client(), Account.objects.create(person=holding.person, username="keeper"))
    own = cast.sign_in(Client(), wang.accounts.get(), strong=False)
    doors = [
        (keeper, "/residents/requests/"),
        (keeper, f"/residents/requests/{asked.reference}/"),
        (own, "/residents/me/"),
    ]
    told = ["10月10日（周六）18:00" in client.get(address).content.decode() for client, address in doors]
    assert told == [True, True, True]
    asked.refuse(refusal=Refusal.CORRECT, reason="与证件一致", by=SYSTEM)
    go_on()
    assert with_dues([asked]) == [(asked, None)]


def test_late_it_is_first_on_the_desk_and_the_office_above_is_told(
    committee: Body, office: Body, wang: Resident
) -> None:
    seat(committee)
    asked = ask(wang)
    go_on()
    with clock.stopped_at(DUE - timedelta(days=1)):
        assert chase(by=SYSTEM) == (1, 0)
    with clock.stopped_at(DUE + timedelta(hours=1)):
        assert chase(by=SYSTEM) == (0, 1)
        worker = cast.in_post(RoleCode.WORKER, committee.place.path, body=committee.pk, number=1)
        assert [(group.urgency, len(group.lines)) for group in home(worker).groups if group.lines] == [("overdue", 1)]
        assert set(Todo.objects.open().values_list("body", "verb")) == {
            (committee.pk, "residents.decide"),
            (office.pk, "residents.decide.overdue"),
        }
        asked.finish(by=SYSTEM)
        go_on()
    assert open_todos() == []
    assert Clock.objects.get(about=ref(asked)).is_late is True


def test_a_refusal_ends_the_waiting_and_is_told(committee: Body, wang: Resident) -> None:
    seat(committee)
    asked = ask(wang, RequestKind.ERASURE)
    go_on()
    asked.refuse(refusal=Refusal.DUTY, reason="居民登记依法保存", by=SYSTEM)
    go_on()
    assert (open_todos(), Clock.objects.get().status) == ([], "stopped")
    message = Message.objects.get()
    assert (message.account, [one.channel for one in message.deliveries.all()]) == (wang.accounts.get(), ["sms"])
    reader = Person(ref=ref(wang.accounts.get()), person=wang.pk)
    (told,) = inbox(reader).items
    assert (told.title, told.about and told.about.url) == (
        "您的个人信息请求未获同意",
        f"/residents/requests/{asked.reference}/",
    )


def test_a_correction_is_told_when_it_is_made_and_a_copy_is_not(committee: Body, wang: Resident) -> None:
    seat(committee)
    ask(wang, RequestKind.EXPORT)
    asked = ask(wang)
    go_on()
    assert (len(open_todos()), Message.objects.count()) == (1, 0)
    asked.finish(by=SYSTEM)
    go_on()
    (told,) = inbox(Person(ref=ref(wang.accounts.get()), person=wang.pk)).items
    assert (told.title, open_todos()) == ("您的个人信息已更正", [])


def test_erased_data_end_the_waiting_and_leave_nobody_to_tell(committee: Body, wang: Resident) -> None:
    seat(committee)
    asked = ask(wang, RequestKind.ERASURE)
    go_on()
    actions.erase(asked, by=SYSTEM)
    go_on()
    assert (open_todos(), Message.objects.count(), Delivery.objects.count()) == ([], 0, 0)


def test_what_was_decided_before_anybody_read_of_it_opens_nothing(committee: Body, wang: Resident) -> None:
    seat(committee)
    ask(wang).finish(by=SYSTEM)
    go_on()
    assert (Todo.objects.count(), Clock.objects.count()) == (0, 0)


def test_nobody_decides_about_themselves_and_the_nearest_decides(
    committee: Body, office: Body, places: dict[str, Place], wang: Resident
) -> None:
    seat(committee, person=wang)
    seat(office, RoleCode.WORKER)
    station = stand_up("workstation", places[HUDONG], "湖东社区工作站", office)
    asked = ask(wang)
    go_on()
    assert open_todos() == [(ref(asked), office.pk, DUE)]
    seat(station, RoleCode.SUBDISTRICT)
    seat(station, RoleCode.CHAIR)
    other = ask(enter(places[HUDONG], "赵刚"))
    go_on()
    assert open_todos()[1:] == [(ref(other), station.pk, DUE)]


def test_where_nobody_keeps_the_register_whoever_leads_sees_that_it_waits(
    office: Body, places: dict[str, Place], wang: Resident
) -> None:
    asked = ask(wang)
    go_on()
    assert open_todos() == [(ref(asked), office.pk, DUE)]


def test_a_city_without_bodies_has_nobody_to_wait_for(wang: Resident) -> None:
    ask(wang)
    go_on()
    assert open_todos() == []


def test_who_moves_is_answered_by_the_new_community_on_the_same_clock(
    committee: Body, office: Body, places: dict[str, Place], wang: Resident
) -> None:
    seat(committee)
    seat(office)
    asked = ask(wang)
    go_on()
    wang.correct(fields={"sex": "female"}, by=SYSTEM)
    wang.correct(fields={"place": places[BINHE]}, by=SYSTEM)
    go_on()
    assert (open_todos(), Clock.objects.count()) == ([(ref(asked), office.pk, DUE)], 1)
    kept = enter(places[HUDONG], "王秀兰")
    DataRequest.objects.update(person=kept)
    wang.merge(into=kept, by=SYSTEM)
    go_on()
    assert (open_todos(), Clock.objects.count()) == ([(ref(asked), committee.pk, DUE)], 1)


@contextmanager
def killed_before(words: str) -> Iterator[None]:
    """The worker dies right before the first statement that holds these words."""

    def die(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        if words in sql:
            raise KeyboardInterrupt
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die):
        yield


@pytest.mark.parametrize("words", ['INTO "deadlines_todo"', 'UPDATE "core_follower" SET "position"'])
def test_a_killed_worker_leaves_exactly_one_to_do(committee: Body, wang: Resident, words: str) -> None:
    seat(committee)
    while relay():
        pass
    asked = ask(wang)
    relay()
    with pytest.raises(KeyboardInterrupt), killed_before(words):
        feed.follow("deadlines", follow_requests)
    assert (Todo.objects.count(), Clock.objects.count()) == (0, 0)
    go_on()
    feed.begin_at("deadlines", MONDAY - timedelta(days=1))  # an administrator lets it read all of it again
    go_on()
    assert open_todos() == [(ref(asked), committee.pk, DUE)]
    assert Event.objects.filter(verb="deadlines.todo.open").count() == 1
