"""Partners hear what they asked to hear, signed, once, and again until they answer."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from notices.town import HUDONG, MORNING, Wuhai, found_city, go_on, happen

from linli.commons.notices.models import Sending
from linli.commons.webhooks import actions, queries, rules, tasks
from linli.commons.webhooks.models import PRIVATE, Call, Subscription
from linli.ground.core import clock, feed
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event, Follower
from linli.ground.places.queries import _cities
from tests.factories.registries import of_its_own

from .partner import Partner, states, subscribed


def test_a_partner_hears_an_event_and_can_check_who_sent_it(wuhai: Wuhai, partner: Partner) -> None:
    _webhook, secret = subscribed(partner)
    event = happen(status=["accepted", "answered"])
    go_on()
    assert actions.call_partners() == 1
    [(headers, body)] = partner.heard
    assert json.loads(body) == {
        "specversion": "1.0",
        "id": str(event.pk),
        "source": "http://127.0.0.1:8000",
        "type": "linli.test.thing.move",
        "subject": "test.thing:1",
        "time": "2026-09-14T02:00:00+00:00",
        "datacontenttype": "application/json",
        "data": {"place": HUDONG, "fields": {"status": ["accepted", "answered"]}},
    }
    assert headers["Content-Type"] == "application/cloudevents+json; charset=utf-8"
    stamp, _, proof = headers["Linli-Signature"].partition(",v1=")
    seconds = stamp.removeprefix("t=")
    assert int(seconds) == int(MORNING.timestamp())
    assert proof == hmac.digest(secret.encode(), seconds.encode() + b"." + body, hashlib.sha256).hex()
    assert states() == [(Sending.SENT, 1, "")]
    assert actions.call_partners() == 0


def test_a_partner_hears_only_its_words_and_its_place(wuhai: Wuhai, partner: Partner) -> None:
    subscribed(partner, "test.thing", "test.other.end", place_path="150302")
    heard = [
        happen("test.thing.move"),
        happen("test.other.end"),
    ]
    happen("test.thingummy.move")
    happen("test.other.begin")
    happen("test.thing.move", place_path="150303001")
    happen("test.thing.move", place_path="")
    go_on()
    assert list(Call.objects.order_by("pk").values_list("event", flat=True)) == [one.pk for one in heard]


def test_what_happened_before_the_webhook_and_what_is_private_is_not_told(wuhai: Wuhai, partner: Partner) -> None:
    happen(at=MORNING - timedelta(hours=1))
    subscribed(partner, "test", *PRIVATE)
    happen("people.person.unmask")
    happen("residents.legalhold.hold")
    happen("authority.apitoken.issue")
    go_on()
    assert states() == []


def test_only_a_webhook_of_the_whole_city_hears_what_has_no_place(wuhai: Wuhai, partner: Partner) -> None:
    subscribed(partner, place_path="")
    subscribed(partner, place_path="1503")
    happen(place_path="")
    go_on()
    assert Call.objects.filter(event__verb="test.thing.move").count() == 1


def test_a_refused_call_is_tried_again_later_and_later_and_then_dead(wuhai: Wuhai, partner: Partner) -> None:
    subscribed(partner)
    happen()
    go_on()
    partner.answers = [400] * 6
    waits = [1, 5, 30, 120, 720]
    moment = MORNING
    for number, minutes in enumerate(waits, start=1):
        with clock.stopped_at(moment):
            assert actions.call_partners() == 1
        assert states() == [(Sending.FAILED, number, "http_400")]
        with clock.stopped_at(moment + timedelta(minutes=minutes, seconds=-1)):
            assert actions.call_partners() == 0
        moment += timedelta(minutes=minutes)
    with clock.stopped_at(moment):
        assert actions.call_partners() == 1
    assert states() == [(Sending.DEAD, 6, "http_400")]
    assert len(partner.heard) == 6
    dead = Call.objects.get()
    assert (dead.fault, dead.kind, str(dead)) == ("HTTP 400", "late", f"{dead.pk} dead")
    assert str(dead.subscription) == "12345 热线"


def test_a_dead_call_is_redelivered_by_an_administrator(wuhai: Wuhai, partner: Partner) -> None:
    webhook, _secret = subscribed(partner)
    happen()
    go_on()
    call = Call.objects.get()
    call.tries = 5
    call.failed("timeout")
    chief = wuhai.administrator()
    assert rules.may_redeliver(chief, call)
    assert [one.pk for one in queries.calls(webhook, chief, only_dead=True).items] == [call.pk]
    call.redeliver(by=chief)
    assert actions.call_partners() == 1
    assert states() == [(Sending.SENT, 1, "")]
    assert queries.calls(webhook, chief, only_dead=True).items == []
    assert Event.objects.filter(verb="webhooks.call.redeliver").count() == 1
    with pytest.raises(Refused):
        call.redeliver(by=chief)


def test_a_partner_that_is_away_is_tried_once_and_keeps_nobody_waiting(wuhai: Wuhai, partner: Partner) -> None:
    away = Partner(url="http://127.0.0.1:9/")
    subscribed(away, "test.away")
    subscribed(partner, "test.thing")
    for verb in ("test.away.move", "test.away.move", "test.away.move", "test.thing.move"):
        happen(verb)
    go_on()
    assert actions.call_partners() == 4
    assert len(partner.heard) == 1
    assert states() == [
        (Sending.FAILED, 1, "connection"),
        (Sending.QUEUED, 0, ""),
        (Sending.QUEUED, 0, ""),
        (Sending.SENT, 1, ""),
    ]
    assert actions.call_partners() == 0
    with clock.stopped_at(MORNING + timedelta(minutes=1)):
        assert actions.call_partners() == 3
    with clock.stopped_at(MORNING + timedelta(minutes=2)):
        assert actions.call_partners() == 0


def test_a_partner_that_answers_again_is_no_longer_failing(wuhai: Wuhai, partner: Partner) -> None:
    subscribed(partner)
    happen()
    go_on()
    partner.answers = [503]
    actions.call_partners()
    failing = Subscription.objects.get()
    assert (failing.failures, failing.failing_since) == (1, MORNING)
    with clock.stopped_at(MORNING + timedelta(minutes=1)):
        actions.call_partners()
    well = Subscription.objects.get()
    assert (well.failures, well.failing_since, well.wait_until) == (0, None, None)


@pytest.mark.usefixtures("own_city")
def test_a_follower_that_fails_half_way_tells_nobody_twice(partner: Partner) -> None:
    with clock.stopped_at(MORNING), of_its_own(feed._handlers):
        found_city()
        subscribed(partner)
        events = [happen() for _number in range(3)]
        stumbled: list[int] = []

        def stumble(event: Event) -> None:
            actions.fan_out(event)
            if event.pk == events[1].pk and not stumbled:
                stumbled.append(event.pk)
                raise RuntimeError

        feed.register_follower("webhooks", stumble)
        faults = []
        for _turn in range(2):
            go_on()
            faults.append(Follower.objects.get(name="webhooks").fault)
        assert faults == ["RuntimeError", ""]
        actions.fan_out(events[0])
        assert list(Call.objects.order_by("pk").values_list("event", flat=True)) == [one.pk for one in events]
        tasks.call(0)
    assert [json.loads(body)["id"] for _headers, body in partner.heard] == [str(one.pk) for one in events]
    _cities.clear()


def test_calls_are_kept_for_thirty_days(wuhai: Wuhai, partner: Partner) -> None:
    subscribed(partner)
    happen()
    go_on()
    for days, left in ((30, 1), (31, 0)):
        with clock.stopped_at(MORNING + timedelta(days=days)):
            tasks.forget(0)
        assert Call.objects.count() == left


def test_the_database_refuses_a_call_settled_without_a_time(wuhai: Wuhai, partner: Partner) -> None:
    subscribed(partner)
    happen()
    go_on()
    for wrong in ({"status": Sending.SENT}, {"status": "lost"}, {"settled_at": MORNING}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.update(**wrong)
