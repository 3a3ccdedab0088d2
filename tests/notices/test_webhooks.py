"""Partners hear what they asked to hear, signed, once, and again until they answer."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.commons.notices import actions, queries, rules, tasks
from linli.commons.notices.models import Message, Sending, Subscription, SubscriptionStatus, WebhookDelivery
from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.core import clock, feed
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event, Follower
from linli.ground.places.queries import _cities

from .town import HUDONG, MORNING, Partner, Wuhai, found_city, go_on, happen


def subscribed(partner: Partner, *verbs: str, place_path: str = "1503") -> tuple[Subscription, str]:
    return Subscription.subscribe(
        label="12345 热线", url=partner.url, verbs=list(verbs) or ["test"], place_path=place_path, by=SYSTEM
    )


def states() -> list[tuple[str, int, str]]:
    return list(WebhookDelivery.objects.order_by("pk").values_list("status", "tries", "last_fault"))


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
    assert list(WebhookDelivery.objects.order_by("pk").values_list("event", flat=True)) == [one.pk for one in heard]


def test_what_happened_before_the_webhook_and_what_is_private_is_not_told(wuhai: Wuhai, partner: Partner) -> None:
    happen(at=MORNING - timedelta(hours=1))
    subscribed(partner, "test", "people", "authority")
    happen("people.person.unmask")
    happen("authority.apitoken.issue")
    go_on()
    assert states() == []


def test_only_a_webhook_of_the_whole_city_hears_what_has_no_place(wuhai: Wuhai, partner: Partner) -> None:
    subscribed(partner, place_path="")
    subscribed(partner, place_path="1503")
    happen(place_path="")
    go_on()
    assert WebhookDelivery.objects.filter(event__verb="test.thing.move").count() == 1


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
    dead = WebhookDelivery.objects.get()
    assert (dead.fault, dead.kind, str(dead)) == ("HTTP 400", "late", f"{dead.pk} dead")
    assert str(dead.subscription) == "12345 热线"


def test_a_dead_call_is_redelivered_by_an_administrator(wuhai: Wuhai, partner: Partner) -> None:
    webhook, _secret = subscribed(partner)
    happen()
    go_on()
    delivery = WebhookDelivery.objects.get()
    delivery.tries = 5
    delivery.failed("timeout")
    chief = wuhai.administrator()
    assert rules.may_redeliver(chief, delivery)
    assert [one.pk for one in queries.calls(webhook, chief, only_dead=True).items] == [delivery.pk]
    delivery.redeliver(by=chief)
    assert actions.call_partners() == 1
    assert states() == [(Sending.SENT, 1, "")]
    assert queries.calls(webhook, chief, only_dead=True).items == []
    assert Event.objects.filter(verb="notices.webhookdelivery.redeliver").count() == 1
    with pytest.raises(Refused):
        delivery.redeliver(by=chief)


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


def test_three_days_of_failure_pause_the_webhook_and_the_administrators_are_told(
    wuhai: Wuhai, partner: Partner
) -> None:
    chief, elsewhere = wuhai.administrator("1503"), wuhai.administrator("150302001")
    subscribed(partner, place_path="150302")
    moment = MORNING
    for _day in range(4):
        with clock.stopped_at(moment):
            happen()
            go_on()
            partner.answers = [500]
            actions.call_partners()
        moment += timedelta(days=1)
    assert Subscription.objects.get().status == SubscriptionStatus.PAUSED
    pause = Event.objects.get(verb="notices.subscription.pause")
    assert (pause.actor, pause.data["status"]) == ("system", ["active", "paused"])
    go_on()
    told = Message.objects.get(event=pause)
    assert (told.account_id, told.post) == (int(chief.ref.rpartition(":")[2]), chief.post_ref)
    with clock.stopped_at(moment):
        [shown] = queries.inbox(chief).items
        assert shown.title == "Webhook paused: 12345 热线"
        assert shown.about is not None
        assert (shown.about.url, str(told)) == (
            f"/notices/webhooks/{Subscription.objects.get().pk}/",
            f"{told.template} {told.pk}",
        )
        assert queries.inbox(elsewhere).items == []


def test_what_happens_while_a_webhook_is_paused_is_sent_when_it_resumes(wuhai: Wuhai, partner: Partner) -> None:
    webhook, _secret = subscribed(partner)
    chief = wuhai.administrator()
    webhook.pause(by=chief)
    happen()
    go_on()
    assert actions.call_partners() == 0
    webhook.resume(by=chief)
    assert actions.call_partners() == 1
    assert len(partner.heard) == 1
    assert not Message.objects.exists()


def test_a_webhook_that_has_ended_is_never_called_again(wuhai: Wuhai, partner: Partner) -> None:
    webhook, _secret = subscribed(partner)
    happen()
    go_on()
    webhook.end(by=wuhai.administrator())
    happen()
    go_on()
    assert actions.call_partners() == 0
    assert states() == [(Sending.DROPPED, 0, "ended")]
    assert Subscription.objects.get().secret == ""
    with pytest.raises(Refused):
        webhook.resume(by=SYSTEM)


def test_a_person_who_pauses_first_is_no_fault(wuhai: Wuhai, partner: Partner) -> None:
    webhook, _secret = subscribed(partner)
    stale = Subscription.objects.get()
    stale.failing_since = MORNING - timedelta(days=4)
    webhook.pause(by=SYSTEM)
    stale.missed(there=False, by=SYSTEM)
    assert Subscription.objects.get().status == SubscriptionStatus.PAUSED


def test_a_webhook_paused_within_a_batch_leaves_the_rest_for_later(wuhai: Wuhai, partner: Partner) -> None:
    subscribed(partner)
    happen()
    happen()
    go_on()
    Subscription.objects.update(failing_since=MORNING - timedelta(days=4))
    partner.answers = [400]
    assert actions.call_partners() == 2
    assert states() == [(Sending.FAILED, 1, "http_400"), (Sending.QUEUED, 0, "")]


def test_a_test_event_reaches_the_partner_whatever_it_hears(wuhai: Wuhai, partner: Partner) -> None:
    webhook, _secret = subscribed(partner, "cases")
    actions.ping(subscription=webhook, by=wuhai.administrator())
    go_on()
    tasks.call(0)
    assert [json.loads(body)["type"] for _headers, body in partner.heard] == ["linli.notices.subscription.ping"]


def test_a_test_event_is_not_sent_twice_to_a_partner_that_hears_notices(wuhai: Wuhai, partner: Partner) -> None:
    webhook, _secret = subscribed(partner, "notices")
    actions.ping(subscription=webhook, by=SYSTEM)
    go_on()
    tasks.call(0)
    heard = [json.loads(body)["type"] for _headers, body in partner.heard]
    assert sorted(heard) == ["linli.notices.subscription.ping", "linli.notices.subscription.subscribe"]


def test_administrators_see_to_the_webhooks_of_their_area_only(wuhai: Wuhai, partner: Partner) -> None:
    own, _secret = subscribed(partner, place_path="150302001")
    above, _secret = subscribed(partner, place_path="1503")
    national, _secret = subscribed(partner, place_path="")
    local, chief = wuhai.administrator("150302001"), wuhai.administrator("1503")
    asked = (rules.may_see_webhook, rules.may_pause, rules.may_resume, rules.may_end, rules.may_ping)
    for who, seen in ((local, [own]), (chief, [own, above, national]), (VISITOR, [])):
        assert list(Subscription.objects.visible_to(who).order_by("pk")) == seen
        for rule in asked:
            assert [one for one in (own, above, national) if rule(who, one)] == seen
        assert [one.pk for one in queries.webhooks(who).items] == [one.pk for one in reversed(seen)]
        assert rules.may_see_webhooks(who) is rules.may_subscribe(who) is (who is not VISITOR)


@pytest.mark.usefixtures("own_city")
def test_a_follower_that_fails_half_way_tells_nobody_twice(partner: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.stopped_at(MORNING):
        found_city()
        subscribed(partner)
        events = [happen() for _number in range(3)]
        stumbled: list[int] = []

        def stumble(event: Event) -> None:
            actions.fan_out_to_partners(event)
            if event.pk == events[1].pk and not stumbled:
                stumbled.append(event.pk)
                raise RuntimeError

        monkeypatch.setitem(feed._handlers, "webhooks", stumble)
        go_on()
        assert (len(stumbled), Follower.objects.get(name="webhooks").fault) == (1, "")
        actions.fan_out_to_partners(events[0])
        assert list(WebhookDelivery.objects.order_by("pk").values_list("event", flat=True)) == [
            one.pk for one in events
        ]
        tasks.call(0)
    assert [json.loads(body)["id"] for _headers, body in partner.heard] == [str(one.pk) for one in events]
    _cities.clear()


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://example.org/"},
        {"verbs": []},
        {"status": "paused"},
        {"status": "ended", "ended_at": None},
        {"failures": 1},
    ],
)
def test_the_database_refuses_a_webhook_that_makes_no_sense(
    wuhai: Wuhai, partner: Partner, wrong: dict[str, object]
) -> None:
    subscribed(partner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.update(**wrong)


def test_the_database_refuses_a_call_settled_without_a_time(wuhai: Wuhai, partner: Partner) -> None:
    subscribed(partner)
    happen()
    go_on()
    for wrong in ({"status": Sending.SENT}, {"status": "lost"}, {"settled_at": MORNING}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WebhookDelivery.objects.update(**wrong)
