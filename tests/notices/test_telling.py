"""Events become messages: everybody concerned is told once, in words that hold no personal data, and nobody else."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from linli.commons.deadlines.models import Todo
from linli.commons.notices import actions, queries, templates
from linli.commons.notices.models import Channel, Delivery, Message, Preference, Sending
from linli.commons.notices.templates import Group, Recipient, Urgency, register
from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.core import actions as core
from linli.ground.core import clock, feed, registry
from linli.ground.organisations.models import Why
from linli.ground.people.models import Account
from linli.ground.places.queries import _cities

from .town import GROUP, HUDONG, MORNING, Wuhai, acting, found_city, go_on, happen, reader, tell_of


def test_each_recipient_reads_of_an_event_once(wuhai: Wuhai, words: None) -> None:
    li, wang = wuhai.account(), wuhai.account()
    tell_of("test.thing.move", Recipient(account=li.pk), Recipient(account=wang.pk), Recipient(account=li.pk))
    tell_of("test.thing.move", Recipient(account=li.pk), title="Again", audience_name="second")
    event = happen(old="a")
    go_on()
    actions.fan_out(event)
    [told] = queries.inbox(reader(li)).items
    assert (told.title, told.text, told.about) == ("Moved: a matter", "From a", None)
    assert Message.objects.filter(event=event).count() == 2
    assert queries.unread(reader(li)).number == 1
    assert queries.inbox(reader(wuhai.account())).items == []


def todo(wuhai: Wuhai, body: object) -> Todo:
    return Todo.objects.create(
        about="test.thing:1",
        verb="test.answer",
        title="答复",
        body=body,
        place_path=HUDONG,
        opened_at=MORNING,
        due_at=MORNING,
    )


def test_a_reminder_reaches_whoever_holds_a_post_in_the_body_today(wuhai: Wuhai) -> None:
    body, other = wuhai.body(HUDONG, "居委会"), wuhai.body(HUDONG, "监委会")
    (li, post), (gone, _past), (elsewhere, _other) = (
        wuhai.hold(body),
        wuhai.hold(body, ends_on=date(2026, 9, 13)),
        wuhai.hold(other),
    )
    event = core.record("deadlines.todo.remind", todo(wuhai, body), by=SYSTEM, place_path=HUDONG)
    go_on()
    assert list(Message.objects.filter(event=event).values_list("account", "post")) == [(li.pk, registry.ref(post))]
    assert {gone.pk, elsewhere.pk} & set(Message.objects.values_list("account", flat=True)) == set()


def test_a_reminder_of_a_todo_that_is_gone_is_told_to_nobody(wuhai: Wuhai) -> None:
    core.record("deadlines.todo.remind", "deadlines.todo:999999", by=SYSTEM)
    go_on()
    assert Message.objects.count() == 0


def test_nothing_reaches_somebody_who_has_lost_the_post(wuhai: Wuhai, sms_sent: list[tuple[str, str, str]]) -> None:
    body = wuhai.body(HUDONG, "居委会")
    account, holding = wuhai.hold(body)
    core.record("deadlines.todo.escalate", todo(wuhai, body), by=SYSTEM, place_path=HUDONG)
    go_on()
    assert Delivery.objects.get().status == Sending.QUEUED
    holding.end(on=clock.today(), why=Why.DISMISSED, by=SYSTEM)
    with clock.stopped_at(MORNING + timedelta(days=1)):
        core.record("deadlines.todo.escalate", todo(wuhai, wuhai.body(HUDONG, "新")), by=SYSTEM, place_path=HUDONG)
        go_on()
        actions.send_deliveries()
        assert queries.inbox(reader(account)).items == []
        assert [(one.status, one.last_fault) for one in Delivery.objects.all()] == [(Sending.DROPPED, "nobody_to_tell")]
    assert sms_sent == []


def test_sms_wait_for_the_morning_unless_they_are_urgent(wuhai: Wuhai, words: None) -> None:
    li = wuhai.account()
    tell_of("test.thing.move", Recipient(account=li.pk), channels=(Channel.SMS,))
    tell_of("test.thing.burn", Recipient(account=li.pk), channels=(Channel.SMS,), urgency=Urgency.URGENT)
    eight = MORNING - timedelta(hours=2)
    for at, first in (
        (eight - timedelta(seconds=1), eight),
        (eight, eight),
        (eight + timedelta(hours=13, seconds=-1), eight + timedelta(hours=13, seconds=-1)),
        (eight + timedelta(hours=13), eight + timedelta(days=1)),
    ):
        with clock.stopped_at(at):
            happen()
            happen("test.thing.burn")
            go_on()
        calm, urgent = Delivery.objects.order_by("-pk")[:2][::-1]
        assert (calm.next_try_at, urgent.next_try_at) == (first, at)


def test_what_is_old_when_it_is_told_comes_to_the_inbox_only(wuhai: Wuhai, words: None) -> None:
    li = wuhai.account()
    tell_of(
        "test.thing.move",
        Recipient(account=li.pk),
        Recipient(contact="c" * 64, phone="13900000001"),
        channels=(Channel.SMS,),
    )
    happen(at=MORNING - timedelta(days=1, seconds=1))
    happen(at=MORNING - timedelta(days=1))
    go_on()
    assert list(Message.objects.order_by("pk").values_list("account", "deliveries__channel")) == [
        (li.pk, None),
        (None, None),
        (li.pk, "sms"),
        (None, "sms"),
    ]
    assert [one.phone for one in Message.objects.filter(account=None).order_by("pk")] == ["", "13900000001"]


def test_a_contact_without_a_number_and_an_account_without_address_get_no_delivery(wuhai: Wuhai, words: None) -> None:
    li = wuhai.account()
    tell_of("test.thing.move", Recipient(contact="c" * 64), channels=(Channel.SMS, Channel.EMAIL))
    tell_of("test.thing.turn", Recipient(account=li.pk), channels=(Channel.EMAIL,))
    happen()
    happen("test.thing.turn")
    go_on()
    assert (Message.objects.count(), Delivery.objects.count()) == (2, 0)


def test_a_channel_that_was_switched_off_stays_silent(wuhai: Wuhai, words: None) -> None:
    li = wuhai.account()
    tell_of("test.thing.move", Recipient(account=li.pk), channels=(Channel.SMS, Channel.EMAIL))
    Preference.objects.create(account=li, muted=["things.sms"], email="li@example.org", confirmed_at=MORNING)
    happen()
    go_on()
    assert [one.channel for one in Delivery.objects.all()] == [Channel.EMAIL]


def test_a_city_of_recipients_is_written_in_batches(wuhai: Wuhai, words: None) -> None:
    accounts = Account.objects.bulk_create([Account(username=f"many{number}") for number in range(2500)])
    tell_of("test.thing.move", *[Recipient(account=one.pk) for one in accounts], channels=(Channel.SMS,))
    event = happen()
    with CaptureQueriesContext(connection) as spent:
        actions.fan_out(event)
    assert Message.objects.filter(event=event).count() == Delivery.objects.count() == 2500
    assert len(spent) <= 25


def test_the_groups_that_a_person_can_switch(wuhai: Wuhai, words: None) -> None:
    tell_of("test.thing.move", channels=(Channel.EMAIL,))
    tell_of("test.thing.turn", channels=(Channel.SMS,))
    register("test.other.move", group=Group("others", "Others"), audience=lambda event: [], title="", text="")
    staff = Group("staff", "Staff", queries.is_in_post)
    register("test.staff.move", group=staff, audience=lambda event: [], title="", text="", channels=(Channel.SMS,))
    _account, holding = wuhai.hold(wuhai.body(HUDONG, "居委会"))
    assert templates.groups(VISITOR) == [(GROUP, (Channel.SMS, Channel.EMAIL)), (Group("others", "Others"), ())]
    assert templates.groups(acting(holding))[2:] == [(staff, (Channel.SMS,))]


@pytest.mark.usefixtures("own_city", "words")
def test_a_follower_that_fails_half_way_tells_nobody_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.stopped_at(MORNING):
        wuhai = found_city()
        li = wuhai.account()
        stumbled: list[int] = []

        def audience(event: object) -> list[Recipient]:
            if len(stumbled) == 1:
                stumbled.append(2)
                raise RuntimeError
            stumbled.append(1)
            return [Recipient(account=li.pk)]

        register("test.thing.move", group=GROUP, audience=audience, title="–", text="–")
        events = [happen(), happen()]
        core.relay()
        with pytest.raises(RuntimeError):
            feed.follow("notices", feed._handlers["notices"])
        assert Message.objects.count() == 0
        while feed.follow("notices", feed._handlers["notices"]):
            pass
        assert list(Message.objects.order_by("pk").values_list("event", flat=True)) == [one.pk for one in events]
    _cities.clear()


def test_the_database_refuses_a_message_that_makes_no_sense(wuhai: Wuhai, words: None) -> None:
    li = wuhai.account()
    event = happen()
    for wrong in ({}, {"account": li, "contact": "c"}, {"account": li, "phone": "13900000001"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.create(event=event, template="x", created_at=MORNING, **wrong)
    message = Message.objects.create(event=event, template="x", created_at=MORNING, account=li)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(event=event, template="x", created_at=MORNING, account=li)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(channel=Channel.SMS, next_try_at=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(message=message, channel="pigeon", next_try_at=MORNING)


@pytest.mark.parametrize(("language", "spoken"), [("en", "your"), ("zh-hans", "您")])
def test_no_name_for_those_who_see_to_delivery_speaks_to_the_recipient(language: str, spoken: str) -> None:
    with translation.override(language):
        names = [str(one.called or one.title).lower() for one in templates._templates.values()]
    assert len(names) > 20
    assert [name for name in names if spoken in name] == []
