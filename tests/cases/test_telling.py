"""Whom the city tells about a matter: the account of whoever asked, else the phone that they proved, else nobody."""

from linli.commons.notices.templates import Recipient
from linli.flows.cases import queries
from linli.flows.cases.models import Channel, Reporter
from linli.ground.authority.actors import SYSTEM
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.people.actions import open_account
from linli.ground.people.models import Residence
from linli.ground.people.queries import contact_of

from .conftest import PHONE, Town


def told(town: Town, **need: object) -> list[Recipient]:
    return queries.who_asked(Event.objects.get(subject=ref(town.receive(**need)), verb="cases.case.receive"))


def test_a_resident_without_an_account_is_told_on_the_phone_that_they_proved(town: Town) -> None:
    assert told(town) == [Recipient(contact=contact_of(PHONE), phone=PHONE)]


def test_a_resident_with_an_account_is_told_there(town: Town) -> None:
    account = open_account(phone=PHONE, name="张女士", place=town.east, residence=Residence.REGISTERED, by=SYSTEM)
    assert told(town) == [Recipient(account=account.pk)]


def test_who_left_no_phone_is_told_by_nobody(town: Town) -> None:
    account = open_account(phone=PHONE, name="张女士", place=town.east, residence=Residence.REGISTERED, by=SYSTEM)
    assert told(town, phone="", channel=Channel.DESK) == []
    assert told(town, phone="", channel=Channel.DESK, person=account.person) == []


def test_of_a_matter_whose_reporter_is_not_kept_nobody_is_told(town: Town) -> None:
    event = Event.objects.get(subject=ref(town.receive()), verb="cases.case.receive")
    Reporter.objects.all().delete()
    assert queries.who_asked(event) == []
