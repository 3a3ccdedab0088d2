"""Messages leave the house: by SMS and e-mail, once, again when a gateway was away, and before a person when nothing helps."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from linli.commons.notices import actions, channels, queries, rules, tasks
from linli.commons.notices.models import (
    Channel,
    Delivery,
    Digest,
    Message,
    Preference,
    Sending,
)
from linli.commons.notices.templates import Recipient
from linli.ground.authority.actors import VISITOR, Person
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.people.models import Account
from linli.ground.places.queries import _cities
from linli.ground.residents import personal_data
from linli.ground.residents.models import LegalHold

from .town import HUDONG, MORNING, Wuhai, found_city, go_on, happen, tell, writes

pytestmark = pytest.mark.usefixtures("words")


def test_an_sms_goes_to_the_number_in_the_register_once(wuhai: Wuhai, sms_sent: list[tuple[str, str, str]]) -> None:
    li = wuhai.account()
    tell(Recipient(account=li.pk), channels=(Channel.SMS,))
    happen()
    go_on()
    tasks.send(0)
    tasks.send(0)
    key = f"notices.delivery:{Delivery.objects.get().pk}"
    assert sms_sent == [(li.person.personal.phone, "Moved\nBy hand", key)]
    assert Delivery.objects.get().status == Sending.SENT


def test_the_number_of_somebody_without_account_is_forgotten_when_the_sms_is_sent(
    wuhai: Wuhai, sms_sent: list[tuple[str, str, str]]
) -> None:
    tell(Recipient(contact="c" * 64, phone="13900000001"), channels=(Channel.SMS,))
    happen()
    go_on()
    actions.send_deliveries()
    assert [one[0] for one in sms_sent] == ["13900000001"]
    assert Message.objects.get().phone == ""
    assert [one.title for one in queries.inbox(Person(contact="c" * 64)).items] == ["Moved"]


def test_whoever_has_no_number_any_more_is_not_tried_again(wuhai: Wuhai, sms_sent: list[tuple[str, str, str]]) -> None:
    li, unknown = wuhai.account(), Account.objects.create(username="unknown")
    li.person.personal.phone = ""
    li.person.personal.save()
    tell(
        Recipient(account=li.pk),
        Recipient(account=unknown.pk),
        Recipient(contact="c" * 64, phone="13900000001"),
        channels=(Channel.SMS,),
    )
    happen()
    go_on()
    Message.objects.update(phone="")
    actions.send_deliveries()
    assert [(one.status, one.last_fault) for one in Delivery.objects.all()] == [(Sending.DROPPED, "no_address")] * 3
    assert sms_sent == []


def test_a_gateway_that_is_away_is_tried_again_by_day_and_given_up_after_six_tries(
    wuhai: Wuhai, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(phone: str, text: str, key: str) -> None:
        raise channels.sms.NotSent

    monkeypatch.setattr(channels.sms, "console", away)
    tell(Recipient(account=wuhai.account().pk), channels=(Channel.SMS,))
    happen()
    go_on()
    tried = []
    for _number in range(6):
        moment = Delivery.objects.get().next_try_at
        tried.append(moment)
        with clock.stopped_at(moment):
            assert actions.send_deliveries() == 1
            assert actions.send_deliveries() == 0
    assert [one - MORNING for one in tried] == [
        timedelta(0),
        timedelta(minutes=1),
        timedelta(minutes=6),
        timedelta(minutes=36),
        timedelta(minutes=156),
        timedelta(hours=22),  # 0:36 at night waits until 8:00
    ]
    dead = Delivery.objects.get()
    assert (dead.status, dead.tries, dead.last_fault) == (Sending.DEAD, 6, "sms_not_taken")


def test_a_dead_delivery_is_sent_again_by_an_administrator_of_its_area(
    wuhai: Wuhai, sms_sent: list[tuple[str, str, str]]
) -> None:
    tell(Recipient(account=wuhai.account().pk), channels=(Channel.SMS,))
    happen()
    happen(place_path="")
    go_on()
    inside, nowhere = Delivery.objects.order_by("pk")
    for one in (inside, nowhere):
        one.tries = 5
        one.failed("sms_not_taken")
    chief, local, other = (wuhai.administrator(path) for path in ("1503", "150302001", "15"))
    for who, seen in ((chief, [inside, nowhere]), (local, [inside]), (other, [inside, nowhere]), (VISITOR, [])):
        assert list(Delivery.objects.visible_to(who).order_by("pk")) == seen
        assert [one for one in (inside, nowhere) if rules.may_send_again(who, one)] == seen
        assert [one.pk for one in queries.undelivered(who).items] == [one.pk for one in reversed(seen)]
        assert rules.may_see_undelivered(who) is (who is not VISITOR)
    inside.send_again(by=local)
    assert Event.objects.get(verb="notices.delivery.send_again").place_path == HUDONG
    with pytest.raises(Refused):
        inside.send_again(by=local)
    actions.send_deliveries()
    assert len(sms_sent) == 1
    assert [one.pk for one in queries.undelivered(chief).items] == [nowhere.pk]


def test_a_row_that_a_worker_holds_is_not_taken_by_another_until_the_lease_is_over(wuhai: Wuhai) -> None:
    tell(Recipient(account=wuhai.account().pk), channels=(Channel.SMS,))
    happen()
    go_on()
    assert len(Delivery.objects.claim(10)) == 1
    assert Delivery.objects.claim(10) == []
    with clock.stopped_at(MORNING + timedelta(minutes=10)):
        assert len(Delivery.objects.claim(10)) == 1


def test_one_message_that_cannot_be_put_into_words_does_not_stop_the_others(
    wuhai: Wuhai, sms_sent: list[tuple[str, str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    def values(event: Event) -> dict[str, str]:
        return {"old": event.data["old"]}

    tell(Recipient(account=wuhai.account().pk), channels=(Channel.SMS,), values=values)
    happen()
    happen(old="a")
    go_on()
    tasks.send(0)
    assert [(one.status, one.last_fault) for one in Delivery.objects.order_by("pk")] == [
        (Sending.FAILED, "own_fault"),
        (Sending.SENT, ""),
    ]
    assert len(sms_sent) == 1


@pytest.mark.usefixtures("own_city")
def test_two_workers_at_once_never_take_the_same_row() -> None:
    with clock.stopped_at(MORNING):
        wuhai = found_city()
        tell(*[Recipient(account=wuhai.account().pk) for _number in range(30)], channels=(Channel.SMS,))
        happen()
        go_on()
    taken: list[int] = []
    start = threading.Barrier(3)

    def work() -> None:
        start.wait(5)
        while rows := Delivery.objects.claim(3):
            taken.extend(row.pk for row in rows)
        connection.close()

    workers = [threading.Thread(target=work) for _number in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(taken) == list(Delivery.objects.order_by("pk").values_list("pk", flat=True))
    _cities.clear()


def test_what_is_old_is_forgotten(wuhai: Wuhai) -> None:
    li = wuhai.account()
    tell(Recipient(account=li.pk), Recipient(contact="c" * 64, phone="13900000001"), channels=(Channel.SMS,))
    happen()
    go_on()
    Digest.objects.create(account=li, day=MORNING.date())
    for days, left in ((30, (2, 2, 1)), (31, (2, 2, 0)), (181, (1, 1, 0)), (731, (0, 0, 0))):
        with clock.stopped_at(MORNING + timedelta(days=days)):
            tasks.forget(0)
        assert (Message.objects.count(), Delivery.objects.count(), Message.objects.exclude(phone="").count()) == left
    assert Digest.objects.count() == 0


def test_nothing_is_forgotten_about_people_whose_data_are_kept_by_law(wuhai: Wuhai) -> None:
    li, wang = wuhai.account(), wuhai.account()
    before = wuhai.person()  # told by phone, before there was an account
    visitor = Account.objects.create(username="visitor", person=wuhai.person(), contact="d" * 64)
    tell(
        Recipient(account=li.pk),
        Recipient(account=wang.pk),
        Recipient(contact=before.personal.phone_index, phone="13900000001"),
        Recipient(contact="d" * 64, phone="13900000002"),
        Recipient(contact="c" * 64, phone="13900000003"),
        channels=(Channel.SMS,),
    )
    happen()
    go_on()
    for account in (li, wang):
        Digest.objects.create(account=account, day=MORNING.date())
    holds = [
        LegalHold.objects.create(person=person, basis="lawsuit", review_on=date(2030, 1, 1))
        for person in (li.person, before, visitor.person)
    ]
    with clock.stopped_at(MORNING + timedelta(days=731)):
        tasks.forget(0)
        kept = set(Message.objects.values_list("account", "contact"))
        assert kept == {(li.pk, ""), (None, before.personal.phone_index), (None, "d" * 64)}
        assert {one.phone for one in Message.objects.exclude(phone="")} == {"13900000001", "13900000002"}
        assert [one.account for one in Digest.objects.all()] == [li]
        LegalHold.objects.filter(pk__in=[one.pk for one in holds]).update(lifted_at=clock.now())
        tasks.forget(0)
    assert (Message.objects.count(), Digest.objects.count()) == (0, 0)


def test_a_person_gets_a_copy_of_their_messages_and_has_them_erased(wuhai: Wuhai) -> None:
    li, wang = wuhai.account(), wuhai.account()
    writes(li)
    tell(Recipient(account=li.pk), Recipient(account=wang.pk), Recipient(contact=li.person.personal.phone_index))
    happen()
    go_on()
    rows = queries.copy_for(li.person)
    assert [list(row.values())[1:] for row in rows] == [["Moved", "By hand"], ["Moved", "By hand"], []]
    assert list(rows[2].values()) == [f"{li.username}@example.org"]
    assert "notices" in personal_data._holdings
    actions.erase_for(li.person)
    assert [one.account_id for one in Message.objects.all()] == [wang.pk]
    assert Preference.objects.count() == 0
