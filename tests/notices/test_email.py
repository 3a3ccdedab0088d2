"""E-mails go to an address that its owner has confirmed, by the mail server of the city."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from linli.commons.notices import actions, channels, queries
from linli.commons.notices.models import (
    Channel,
    Delivery,
    Preference,
)
from linli.commons.notices.models.preferences import TICKET_LIFE
from linli.commons.notices.templates import Recipient
from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.core.registry import ref

from .town import MORNING, Wuhai, go_on, happen, tell, writes

pytestmark = pytest.mark.usefixtures("words")


def test_an_email_goes_to_a_confirmed_address(wuhai: Wuhai) -> None:
    li = wuhai.account()
    writes(li)
    tell(Recipient(account=li.pk), channels=(Channel.EMAIL,))
    happen()
    go_on()
    actions.send_deliveries()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([f"{li.username}@example.org"], "Moved")
    assert letter.body == "By hand\n\nhttp://127.0.0.1:8000/notices/"


def test_an_address_withdrawn_before_the_email_left_gets_nothing(wuhai: Wuhai) -> None:
    li = wuhai.account()
    wish = writes(li)
    tell(Recipient(account=li.pk), channels=(Channel.EMAIL,))
    happen()
    go_on()
    wish.choose(muted=[], digest="off", email="", by=SYSTEM)
    actions.send_deliveries()
    assert mail.outbox == []
    assert Delivery.objects.get().last_fault == "no_address"


def test_a_real_city_without_a_mail_server_says_so(real_wuhai: Wuhai, settings: pytest.FixtureRequest) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    with pytest.raises(channels.Undelivered, match="no_mail_server"):
        channels.send_email("li@example.org", "Moved", "By hand")


def test_a_mail_server_that_is_away_or_refuses_is_a_fault_with_a_name(
    wuhai: Wuhai, settings: pytest.FixtureRequest
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(channels.Undelivered, match="mail_server_away"):
        channels.send_email("li@example.org", "Moved", "By hand")


def test_a_mail_server_that_refuses_the_recipient_is_a_fault_with_a_name(
    wuhai: Wuhai, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object, messages: object) -> int:
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with pytest.raises(channels.Undelivered, match="mail_refused"):
        channels.send_email("li@example.org", "Moved", "By hand")


def test_an_address_counts_once_its_owner_has_opened_the_link(wuhai: Wuhai) -> None:
    li = wuhai.account()
    actor = Person(ref=ref(li))
    wish = actions.choose(muted=["things.sms"], digest="daily", email="li@example.org", by=actor)
    assert (wish.confirmed_at, len(mail.outbox)) == (None, 1)
    ticket = wish.ticket()
    assert ticket in mail.outbox[0].body
    found = Preference.of_ticket(ticket)
    assert found == wish
    found.confirm(by=actor)
    actions.choose(muted=[], digest="off", email="li@example.org", by=actor)
    assert (queries.wish_of(actor).confirmed_at, len(mail.outbox)) == (MORNING, 1)
    actions.choose(muted=[], digest="off", email="new@example.org", by=actor)
    assert (queries.wish_of(actor).confirmed_at, len(mail.outbox)) == (None, 2)
    assert Preference.of_ticket(ticket) is None
    assert Preference.of_ticket("forged") is None
    changes = [event.data for event in Event.objects.filter(verb="notices.preference.choose")]
    assert "example.org" not in str(changes)
    assert str(wish).startswith("preferences of ")


def test_a_link_that_is_too_old_confirms_nothing(wuhai: Wuhai) -> None:
    wish = actions.choose(muted=[], digest="off", email="li@example.org", by=Person(ref=ref(wuhai.account())))
    ticket = wish.ticket()
    with clock.stopped_at(MORNING + TICKET_LIFE):
        assert Preference.of_ticket(ticket) == wish
    with clock.stopped_at(MORNING + TICKET_LIFE + timedelta(seconds=1)):
        assert Preference.of_ticket(ticket) is None
