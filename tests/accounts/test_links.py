"""Links: good once, for 72 hours; they lead to a password and a second factor that no administrator ever sees."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse, reverse_lazy

from linli.ground.accounts import actions, queries
from linli.ground.accounts.models import Invitation, KeptAccount, Lost, State
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.people import actions as people
from linli.ground.people.models import Account, RecoveryCode, SecondFactor
from tests.factories.races import just_before

from .conftest import MORNING, PASSWORD, Office

NEW = {"password": "a-brand-new-phrase", "again": "a-brand-new-phrase"}


ACCEPT = reverse_lazy("accounts:accept")


def at(slip: actions.Slip) -> str:
    return reverse("accounts:follow", args=[slip.code])


def come(slip: actions.Slip, typed: dict[str, str], guest: Client | None = None) -> HttpResponse:
    """Follow a link and send what was typed."""
    browser = guest or Client(headers={"accept-language": "en"})
    followed = browser.get(at(slip))
    return browser.post(ACCEPT, typed) if followed.status_code == 302 else followed


def link(slip: actions.Slip) -> Invitation:
    found = queries.link_by(Invitation.digest_of(slip.code))
    assert found is not None
    return found


def shown(account: Account, ahead: int = 0) -> str:
    factor = SecondFactor.objects.get(account=account)
    return factor._totp().generate(int(clock.now().timestamp()) + ahead).decode()


def invited(office: Office) -> actions.Slip:
    return actions.invite(office.chair, username="limei", by=office.city)


def settled(office: Office) -> Account:
    """The chair, with a password and an authenticator app."""
    account = actions.accept(link(invited(office)), password=PASSWORD)
    people.begin_second_factor(account)
    people.confirm_second_factor(account, code=shown(account), by=SYSTEM)
    return account


def reset(office: Office, account: Account, lost: Lost) -> actions.Slip:
    return actions.reset(account, lost=lost, seen=queries.link_of(account).pk, by=office.city)


def knows(account: Account, password: str) -> bool:
    return authenticate(RequestFactory().post("/"), username=account.username, password=password) is not None


def standing(office: Office, account: Account) -> State:
    return KeptAccount.objects.visible_to(office.city).get(pk=account.pk).standing


def test_an_officer_comes_in_by_the_link_and_sets_up_a_second_factor(office: Office) -> None:
    slip, guest = invited(office), Client(headers={"accept-language": "en"})
    assert guest.get(at(slip)).url == ACCEPT, "the code leaves the address"
    assert guest.get(at(slip)).url == ACCEPT, "looking does not use it up"
    assert guest.get(ACCEPT).status_code == 200
    answer = come(slip, NEW, guest)
    assert (answer.status_code, answer.url) == (302, reverse("people:set_up_second_factor"))
    assert "_auth_user_id" not in guest.session
    guest.get(answer.url)
    assert guest.post(answer.url, {"code": shown(slip.account)}).status_code == 200
    assert guest.session["strong"] is True
    assert knows(slip.account, NEW["password"])
    assert standing(office, slip.account) == State.ACTIVE


def test_only_the_hash_of_a_link_is_kept(office: Office) -> None:
    slip = invited(office)
    row = Invitation.objects.values().get()
    assert all(slip.code not in str(value) and slip.code.replace("-", "") not in str(value) for value in row.values())
    assert str(Invitation.objects.get()) == f"link into account {slip.account.pk}"
    assert len(slip.code.replace("-", "")) == 20


def test_a_code_is_found_however_it_is_typed(office: Office) -> None:
    slip = invited(office)
    guest = Client(headers={"accept-language": "en"})
    for code in (slip.code.lower(), slip.code.replace("-", ""), f" {slip.code} "):
        assert guest.get(reverse("accounts:follow", args=[code])).url == ACCEPT


@pytest.mark.parametrize(("hours", "status"), [(71, 302), (72, 410), (1000, 410)])
def test_a_link_is_good_for_seventy_two_hours(office: Office, hours: int, status: int) -> None:
    slip = invited(office)
    with clock.stopped_at(MORNING + timedelta(hours=hours)):
        assert Client().get(at(slip)).status_code == status
        assert come(slip, NEW).status_code == status
        assert standing(office, slip.account) == (State.ACTIVE if status == 302 else State.EXPIRED)


def test_a_link_that_runs_out_while_the_form_is_open_opens_nothing(office: Office) -> None:
    found = link(invited(office))
    with clock.stopped_at(MORNING + timedelta(hours=72)), pytest.raises(Refused):
        actions.accept(found, password=PASSWORD)


def test_a_used_replaced_or_forged_link_says_nothing_about_anybody(office: Office) -> None:
    first = invited(office)
    second = actions.invite_again(first.account, seen=queries.link_of(first.account).pk, by=office.city)
    come(second, NEW)
    for address, status in (
        (at(first), 410),
        (at(second), 410),
        (reverse("accounts:follow", args=["ABCD-EFGH"]), 404),
        (reverse("accounts:follow", args=["x" * 5000]), 404),
    ):
        answer = Client().get(address)
        page = answer.content.decode()
        assert (answer.status_code, "limei" in page, "李" in page) == (status, False, False)
    assert Client().get(ACCEPT).status_code == 404


def test_a_link_that_is_replaced_while_the_form_is_open_is_over(office: Office) -> None:
    slip, guest = invited(office), Client()
    guest.get(at(slip))
    actions.invite_again(slip.account, seen=queries.link_of(slip.account).pk, by=office.city)
    assert guest.get(ACCEPT).status_code == 410
    assert guest.post(ACCEPT, NEW).status_code == 410


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Please fill in: New password"),
        ({"password": "sh0rt-1", "again": "sh0rt-1"}, "too short"),
        ({"password": "1234567890123", "again": "1234567890123"}, "entirely numeric"),
        (NEW | {"again": "another-new-phrase"}, "The two differ"),
    ],
)
def test_a_refused_password_can_be_mended_and_is_not_sent_back(
    office: Office, typed: dict[str, str], said: str
) -> None:
    slip, guest = invited(office), Client(headers={"accept-language": "en"})
    answer = come(slip, typed, guest)
    page = answer.content.decode()
    assert (answer.status_code, said in page, any(one in page for one in typed.values())) == (422, True, False)
    assert come(slip, NEW, guest).status_code == 302


def test_a_reset_password_opens_nothing_from_that_moment_and_the_app_stays(office: Office) -> None:
    account = settled(office)
    slip = reset(office, account, Lost.PASSWORD)
    assert not knows(account, PASSWORD)
    assert standing(office, account) == State.INVITED
    guest = Client()
    answer = come(slip, NEW, guest)
    assert answer.url == reverse("people:prove_second_factor")
    assert guest.post(answer.url, {"code": shown(account, 30)}).status_code == 302
    assert guest.session["strong"] is True


def test_who_lost_the_phone_needs_the_password_beside_the_link(office: Office) -> None:
    account = settled(office)
    slip = reset(office, account, Lost.PHONE)
    assert RecoveryCode.objects.filter(account=account).count() == 0
    guest = Client(headers={"accept-language": "en"})
    assert "another-guess" not in come(slip, {"password": "another-guess"}, guest).content.decode()
    assert link(slip).is_good
    answer = come(slip, {"password": PASSWORD}, guest)
    assert answer.url == reverse("people:set_up_second_factor")
    guest.get(answer.url)
    account.refresh_from_db()
    assert guest.post(answer.url, {"code": shown(account)}).status_code == 200


def test_the_password_alone_leads_nowhere_while_the_phone_is_reset(office: Office) -> None:
    account = settled(office)
    half = Client(headers={"accept-language": "en"})
    half.post(reverse("people:sign_in_staff"), {"username": "limei", "password": PASSWORD})
    reset(office, account, Lost.PHONE)
    assert half.get(reverse("people:set_up_second_factor")).url == reverse("people:sign_in_staff")
    answer = half.post(reverse("people:sign_in_staff"), {"username": "limei", "password": PASSWORD})
    assert (answer.status_code, "Your second step was reset" in answer.content.decode()) == (422, True)


def test_five_wrong_passwords_at_the_link_lock_the_account(office: Office) -> None:
    account = settled(office)
    slip, guest = reset(office, account, Lost.PHONE), Client()
    for _try in range(5):
        come(slip, {"password": "wrong"}, guest)
    assert come(slip, {"password": PASSWORD}, guest).status_code == 422


def test_a_reset_ends_every_session(office: Office) -> None:
    account = settled(office)
    for lost in Lost:
        inside = office.browser(Account.objects.get(pk=account.pk))
        assert inside.get(reverse("accounts:choose")).status_code == 200
        reset(office, account, lost)
        assert inside.get(reverse("accounts:choose")).status_code == 302


def test_both_lost_leads_to_a_new_password_and_a_new_app(office: Office) -> None:
    account = settled(office)
    slip = reset(office, account, Lost.BOTH)
    assert come(slip, NEW).url == reverse("people:set_up_second_factor")
    assert not SecondFactor.objects.filter(account=account).exists()


def test_an_account_has_one_open_link(office: Office) -> None:
    slip = invited(office)
    with pytest.raises(IntegrityError, match="one_open_link"), transaction.atomic():
        Invitation.objects.create(account=slip.account, digest="x", expires_at=clock.now() + timedelta(hours=1))


def test_what_happens_is_on_record_without_names(office: Office) -> None:
    account = settled(office)
    reset(office, account, Lost.BOTH)
    known = Event.objects.filter(subject=f"people.account:{account.pk}").order_by("pk")
    assert [one.verb for one in known] == ["people.account.invite", "people.account.reset"]
    assert known[1].data == {"lost": "both"}
    assert known[0].data == {"kind": "natural", "holding": office.chair.pk}
    assert [one.verb for one in Event.objects.filter(verb__startswith="accounts.").order_by("pk")] == [
        "accounts.invitation.use"
    ]
    assert [str(past.done) for past in queries.history(account)] == [
        "account opened, first link made",
        "link used",
        "reset, new link made",
    ]


def test_the_administrator_comes_in_again_from_the_machine(office: Office, capsys: Any) -> None:
    from django.core.management import CommandError, call_command

    call_command("reset_account", office.city_account.username)
    code = capsys.readouterr().out.strip().rstrip("/").rpartition("/")[2]
    assert queries.link_by(Invitation.digest_of(code)).account == office.city_account
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_account", "nobody")


def test_who_is_a_moment_too_late_with_a_link_is_told_that_it_is_over(office: Office) -> None:
    slip, quick, slow = invited(office), Client(), Client()
    for guest in (quick, slow):
        guest.get(at(slip))
    with just_before("SAVEPOINT", lambda: quick.post(ACCEPT, NEW)):
        late = slow.post(ACCEPT, {"password": PASSWORD, "again": PASSWORD})
    assert (late.status_code, "_auth_user_id" in slow.session) == (410, False)
    assert (knows(slip.account, NEW["password"]), knows(slip.account, PASSWORD)) == (True, False)
