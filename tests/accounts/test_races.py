"""Two at once: one account, one open link, one way in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from linli.ground.accounts import actions, queries
from linli.ground.accounts.models import Invitation, LinkStatus, Lost
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.organisations.models import Holding, Why
from linli.ground.people.models import Account

from .conftest import MORNING, PASSWORD, Office, build

pytestmark = pytest.mark.usefixtures("own_city")
TOGETHER = 4


def at_once(act: Callable[[int], object]) -> list[str]:
    """Do something several times at the same moment; how each ended."""
    start = Barrier(TOGETHER)

    def one(number: int) -> str:
        try:
            with clock.stopped_at(MORNING):
                start.wait()
                act(number)
        except ValidationError as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(TOGETHER) as pool:
        return sorted(pool.map(one, range(TOGETHER)))


def only_one() -> list[str]:
    return ["ValidationError"] * (TOGETHER - 1) + ["done"]


def test_administrators_who_invite_the_same_person_at_once_open_one_account() -> None:
    office = build()
    ended = at_once(lambda number: actions.invite(office.chair, username=f"limei{number}", by=office.city))
    assert (ended, office.chair.person.accounts.count(), Invitation.objects.count()) == (only_one(), 1, 1)


def test_one_user_name_is_given_to_one_of_those_who_ask_at_once() -> None:
    office = build()
    holdings = [office.seated(office.committee, "member", f"赵{number}") for number in "一二三四"]
    ended = at_once(lambda number: actions.invite(holdings[number], username="zhao", by=office.city))
    assert (ended, Account.objects.filter(username="zhao").count()) == (only_one(), 1)


def test_administrators_who_reset_at_once_hand_over_one_slip() -> None:
    office = build()
    account = actions.invite(office.chair, username="limei", by=office.city).account
    seen = queries.link_of(account).pk
    ended = at_once(lambda _number: actions.reset(account, lost=Lost.BOTH, seen=seen, by=office.city))
    open_links = Invitation.objects.filter(status=LinkStatus.OPEN)
    assert (ended, open_links.count(), Event.objects.filter(verb="people.account.reset").count()) == (only_one(), 1, 1)


def test_an_organisation_is_opened_and_handed_over_once() -> None:
    office = build()
    ended = at_once(
        lambda number: actions.open_for(
            office.school, holding=office.delegate, username=f"school{number}", by=office.city
        )
    )
    assert (ended, Account.objects.filter(body=office.school.pk).count()) == (only_one(), 1)
    account, new = Account.objects.get(body=office.school.pk), successor(office)
    seen = queries.link_of(account).pk
    ended = at_once(lambda _number: actions.change_delegate(account, holding=new, seen=seen, by=office.city))
    assert (ended, Invitation.objects.filter(status=LinkStatus.OPEN).count()) == (only_one(), 1)


def test_one_link_used_by_several_at_once_lets_one_in() -> None:
    slip = actions.invite(build().chair, username="limei", by=SYSTEM)
    guests, answers = [Client() for _guest in range(TOGETHER)], {}
    with clock.stopped_at(MORNING):
        for guest in guests:
            guest.get(reverse("accounts:follow", args=[slip.code]))

    def come(number: int) -> None:
        word = f"{PASSWORD}-{number}"
        answers[number] = guests[number].post(reverse("accounts:accept"), {"password": word, "again": word})

    at_once(come)
    account = Account.objects.get(username="limei")
    inside = [number for number, answer in answers.items() if answer.status_code == 302]
    assert sorted(answer.status_code for answer in answers.values()) == [302, 410, 410, 410]
    assert [account.check_password(f"{PASSWORD}-{number}") for number in inside] == [True]
    assert Event.objects.filter(verb="accounts.invitation.use").count() == 1


def test_a_token_revoked_by_several_at_once_is_on_record_once() -> None:
    office = build()
    token, _secret = actions.issue(office.chair, label="hotline", by=office.city)
    at_once(lambda _number: ApiToken.objects.get(pk=token.pk).revoke(by=office.city))
    assert Event.objects.filter(verb="authority.apitoken.revoke").count() == 1


def successor(office: Office) -> Holding:
    new = office.seated(office.school, "delegate", "吴刚")
    office.delegate.end(on=clock.today() - timedelta(days=1), why=Why.RESIGNED, by=SYSTEM)
    return new
