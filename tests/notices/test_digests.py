"""One e-mail a day instead of many."""

from datetime import timedelta

import pytest
from django.core import mail

from linli.commons.notices import actions, tasks
from linli.commons.notices.models import (
    Channel,
    Delivery,
    Digest,
    DigestPeriod,
    Preference,
    Sending,
)
from linli.commons.notices.templates import Recipient, Urgency
from linli.ground.authority.actors import Person
from linli.ground.core import clock
from linli.ground.core.registry import ref

from .town import MORNING, Wuhai, go_on, happen, tell, writes

pytestmark = pytest.mark.usefixtures("words")


def test_a_day_s_messages_come_in_one_email(wuhai: Wuhai) -> None:
    li, wang = wuhai.account(), wuhai.account()
    writes(li, digest=DigestPeriod.DAILY)
    writes(wang)
    tell(Recipient(account=li.pk), Recipient(account=wang.pk), channels=(Channel.EMAIL,))
    tell(Recipient(account=li.pk), verb="test.thing.burn", channels=(Channel.EMAIL,), urgency=Urgency.URGENT)
    happen()
    happen()
    happen("test.thing.burn")
    go_on()
    actions.send_deliveries()
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        [f"{li.username}@example.org", *[f"{wang.username}@example.org"] * 2]
    )
    mail.outbox.clear()
    tasks.digest(0)
    happen()
    go_on()
    tasks.digest(0)
    actions.send_deliveries()
    [letter] = [one for one in mail.outbox if one.to == [f"{li.username}@example.org"]]
    assert letter.body.startswith("1. Moved\n   By hand\n\n2. Moved\n   By hand\n\nhttp")
    with clock.stopped_at(MORNING + timedelta(days=1)):
        assert actions.compose_digests() == 1
        assert actions.compose_digests() == 0
    assert Digest.objects.count() == 2
    assert str(Digest.objects.order_by("pk")[0]) == "digest 2026-09-14"


def test_a_digest_holds_fifty_messages_and_says_how_many_more_wait(wuhai: Wuhai) -> None:
    li = wuhai.account()
    writes(li, digest=DigestPeriod.DAILY)
    tell(Recipient(account=li.pk), channels=(Channel.EMAIL,))
    for _number in range(52):
        happen()
    go_on()
    actions.compose_digests()
    actions.send_deliveries()
    lines = mail.outbox[0].body.split("\n\n")
    assert (lines[49], len(lines)) == ("50. Moved\n   By hand", 52)
    assert lines[50].count("2") == 1


def test_a_digest_whose_messages_were_read_meanwhile_is_dropped(wuhai: Wuhai) -> None:
    li = wuhai.account()
    writes(li, digest=DigestPeriod.DAILY)
    tell(Recipient(account=li.pk), channels=(Channel.EMAIL,))
    happen()
    go_on()
    actions.compose_digests()
    actions.read_all(by=Person(ref=ref(li)))
    actions.send_deliveries()
    assert mail.outbox == []
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.place_path) == (Sending.DROPPED, "")
    assert list(Delivery.objects.visible_to(wuhai.administrator())) == [delivery]


def test_a_digest_is_not_made_for_a_group_that_is_muted_or_an_address_unconfirmed(wuhai: Wuhai) -> None:
    li, wang = wuhai.account(), wuhai.account()
    writes(li, digest=DigestPeriod.DAILY, muted=["things.email"])
    Preference.objects.create(account=wang, email="wang@example.org", digest=DigestPeriod.DAILY)
    tell(Recipient(account=li.pk), Recipient(account=wang.pk), channels=(Channel.EMAIL,))
    happen()
    go_on()
    assert actions.compose_digests() == 0
    assert Delivery.objects.count() == 0
