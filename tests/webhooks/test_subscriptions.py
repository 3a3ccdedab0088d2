"""A partner's webhook: set up, paused, resumed, ended, tested, and seen to by the administrators of its area."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from notices.town import MORNING, Wuhai, go_on, happen

from linli.commons.notices.models import Message, Sending
from linli.commons.notices.queries import inbox
from linli.commons.webhooks import actions, queries, rules, tasks
from linli.commons.webhooks.models import Subscription, SubscriptionStatus
from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event

from .partner import Partner, states, subscribed


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
    pause = Event.objects.get(verb="webhooks.subscription.pause")
    assert (pause.actor, pause.data["status"]) == ("system", ["active", "paused"])
    go_on()
    told = Message.objects.get(event=pause)
    assert (told.account_id, told.post) == (int(chief.ref.rpartition(":")[2]), chief.post_ref)
    with clock.stopped_at(moment):
        [shown] = inbox(chief).items
        assert shown.title == "Webhook paused: 12345 热线"
        assert shown.about is not None
        assert (shown.about.url, str(told)) == (
            f"/webhooks/{Subscription.objects.get().pk}/",
            f"{told.template} {told.pk}",
        )
        assert inbox(elsewhere).items == []


def test_a_pause_that_was_logged_when_webhooks_belonged_to_notices_is_told_and_leads_to_the_webhook(
    wuhai: Wuhai, partner: Partner
) -> None:
    chief = wuhai.administrator("1503")
    webhook, _secret = subscribed(partner)
    record("notices.subscription.pause", f"notices.subscription:{webhook.pk}", by=SYSTEM, place_path="1503")
    go_on()
    [shown] = inbox(chief).items
    assert (shown.title, shown.about and shown.about.url) == ("Webhook paused: 12345 热线", f"/webhooks/{webhook.pk}/")


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
    assert [json.loads(body)["type"] for _headers, body in partner.heard] == ["linli.webhooks.subscription.ping"]


def test_a_test_event_is_not_sent_twice_to_a_partner_that_hears_of_webhooks(wuhai: Wuhai, partner: Partner) -> None:
    webhook, _secret = subscribed(partner, "webhooks")
    actions.ping(subscription=webhook, by=SYSTEM)
    go_on()
    tasks.call(0)
    heard = [json.loads(body)["type"] for _headers, body in partner.heard]
    assert sorted(heard) == ["linli.webhooks.subscription.ping", "linli.webhooks.subscription.subscribe"]


def test_administrators_see_to_the_webhooks_of_their_area_only(wuhai: Wuhai, partner: Partner) -> None:
    own, _secret = subscribed(partner, place_path="150302001")
    above, _secret = subscribed(partner, place_path="1503")
    national, _secret = subscribed(partner, place_path="")
    local, chief = wuhai.administrator("150302001"), wuhai.administrator("1503")
    asked = (rules.may_show, rules.may_pause, rules.may_resume, rules.may_end, rules.may_ping)
    for who, seen in ((local, [own]), (chief, [own, above, national]), (VISITOR, [])):
        assert list(Subscription.objects.visible_to(who).order_by("pk")) == seen
        for rule in asked:
            assert [one for one in (own, above, national) if rule(who, one)] == seen
        assert [one.pk for one in queries.webhooks(who).items] == [one.pk for one in reversed(seen)]
        assert rules.may_list(who) is rules.may_subscribe(who) is (who is not VISITOR)


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


def test_a_typo_in_the_address_is_mended_and_what_waits_is_sent_at_once(wuhai: Wuhai, partner: Partner) -> None:
    chief = wuhai.administrator()
    webhook, secret = subscribed(Partner(url="http://127.0.0.1:9/"))
    happen()
    go_on()
    actions.call_partners()
    assert states() == [("failed", 1, "connection")]
    webhook.edit(label="热线", url=partner.url, verbs=["test"], by=chief)
    assert (webhook.failing_since, webhook.wait_until, webhook.failures) == (None, None, 0)
    assert actions.call_partners() == 1
    assert states() == [("sent", 2, "")]
    assert (webhook.secret, len(partner.heard)) == (secret, 1)
    edited = Event.objects.get(verb="webhooks.subscription.edit")
    assert (edited.actor, edited.place_path) == (chief.ref, "1503")
    assert not {partner.url, "热线"} & set(json.dumps(edited.data, ensure_ascii=False).split('"'))


def test_another_name_leaves_the_waiting_as_it_is(wuhai: Wuhai) -> None:
    webhook, _secret = subscribed(Partner(url="http://127.0.0.1:9/"))
    happen()
    go_on()
    actions.call_partners()
    webhook.edit(label="市热线", url=webhook.url, verbs=["test.thing"], by=SYSTEM)
    assert (webhook.failing_since, webhook.failures) == (MORNING, 1)
    assert actions.call_partners() == 0
    webhook.end(by=SYSTEM)
    with pytest.raises(Refused):
        webhook.edit(label="热线", url=webhook.url, verbs=["test"], by=SYSTEM)
