"""Whoever is erased gets a last message that says what went and what stays by law; then their phone is forgotten too."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db import IntegrityError, transaction
from people.town import Town, enter

from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.people import sms
from linli.ground.people.models import Person, PersonalData
from linli.ground.residents import actions, tasks
from linli.ground.residents.models import DataRequest, RequestKind

from .desk import PHONE


class Sender:
    """A gateway that keeps what it is given, or is down."""

    sent: ClassVar[list[tuple[str, str, str]]] = []
    is_down = False


def keep(phone: str, text: str, key: str) -> None:
    """Take a message."""
    if Sender.is_down:
        raise sms.NotSent("down")
    Sender.sent.append((phone, text, key))


@pytest.fixture
def gateway(settings: Any) -> Iterator[type[Sender]]:
    settings.SMS_SENDER = f"{__name__}.keep"
    Sender.sent.clear()
    Sender.is_down = False
    yield Sender
    Sender.is_down = False


def erased(person: Person, wish: str = "") -> DataRequest:
    asked = actions.ask(person, kind=RequestKind.ERASURE, wish=wish, by=SYSTEM)
    assert actions.erase(asked, by=SYSTEM) is bool(person.personal.phone)
    return DataRequest.objects.get(pk=asked.pk)


def test_the_message_says_what_went_and_what_stays_and_the_phone_goes_with_it(
    gateway: type[Sender], somebody: Person
) -> None:
    asked = erased(somebody, wish="不再居住。")
    assert (asked.parting, asked.wish, PersonalData.objects.get(pk=somebody.pk).phone) == (PHONE, "", "")
    for _twice in range(2):
        tasks.send_parting(asked.pk)
    ((phone, text, key),) = gateway.sent
    assert (phone, key) == (PHONE, f"residents.datarequest:{asked.pk}")
    assert [word for word in (asked.reference, "identity number", "art. 47", "12345") if word not in text] == []
    assert [word for word in ("王秀兰", PHONE) if word in text] == []
    asked.refresh_from_db()
    assert asked.parting == ""
    assert [event.data for event in Event.objects.all() if PHONE in str(event.data)] == []


def test_a_gateway_that_is_down_is_tried_again_for_three_days(gateway: type[Sender], somebody: Person) -> None:
    asked = erased(somebody)
    gateway.is_down = True
    with pytest.raises(sms.NotSent):
        tasks.send_parting(asked.pk)
    for days, kept in ((2, PHONE), (4, "")):
        with clock.stopped_at(asked.decided_at + timedelta(days=days)):
            tasks.forget_partings(0)
        asked.refresh_from_db()
        assert asked.parting == kept


def test_without_a_phone_nothing_is_kept_and_nothing_sent(gateway: type[Sender], town: Town) -> None:
    asked = erased(enter(town.east, "李明"))
    tasks.send_parting(asked.pk)
    assert (asked.parting, gateway.sent) == ("", [])


def test_only_an_erasure_that_is_done_keeps_a_phone(somebody: Person) -> None:
    asked = actions.ask(somebody, kind=RequestKind.CORRECTION, wish="名字写错了", by=SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.filter(pk=asked.pk).update(parting=PHONE)
