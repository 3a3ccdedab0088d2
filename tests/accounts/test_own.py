"""A resident closes the own account: warned, by a code to the phone; what was reported and the register stay."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from linli.ground.accounts import actions
from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.authority.models import ApiToken
from linli.ground.core.models import Event
from linli.ground.organisations.models import Holding
from linli.ground.people import actions as people
from linli.ground.people import queries as who
from linli.ground.people.models import Account, Residence
from linli.ground.people.models import Person as Resident
from tests.factories.people import sign_in

from .conftest import Office

PHONE, OTHER = "13900000077", "13900000078"
CLOSE, ME = "/accounts/own/close/", "/residents/me/"


@pytest.fixture
def wang(office: Office) -> Account:
    return opened(office)


def opened(office: Office) -> Account:
    place = office.town.east
    return people.open_account(phone=PHONE, name="王秀兰", place=place, residence=Residence.LIVING, by=VISITOR)


def browser_of(account: Account) -> Client:
    return sign_in(Client(headers={"accept-language": "en"}), account, strong=False)


def test_a_resident_closes_the_own_account_by_a_code(wang: Account) -> None:
    browser, elsewhere = browser_of(wang), browser_of(wang)
    assert CLOSE in browser.get(ME).content.decode()
    page = browser.get(CLOSE).content.decode()
    assert ("This cannot be undone" in page, "stays" in page) == (True, True)
    assert ("cannot sign in any more" in page, "you open an account anew" in page) == (True, True)
    assert "Close my account for good" in browser.post(CLOSE, {"phone": "139 0000 0077"}).content.decode()
    answer = browser.post(CLOSE, {"code": who.last_code(PHONE)}, follow=True)
    assert "Your account is closed" in answer.content.decode()
    wang.refresh_from_db()
    assert (wang.is_active, wang.contact, Resident.objects.get(pk=wang.person_id).name) == (False, None, "王秀兰")
    assert [one.get(ME).status_code for one in (browser, elsewhere)] == [302, 302]
    assert Event.objects.filter(verb="people.account.close").count() == 1


def test_another_phone_and_a_wrong_code_close_nothing(wang: Account) -> None:
    browser = browser_of(wang)
    wrong = browser.post(CLOSE, {"phone": OTHER})
    assert (wrong.status_code, OTHER in wrong.content.decode()) == (422, True)
    assert browser.post(CLOSE, {"code": "123456"}).status_code == 422  # no code was asked for
    browser.post(CLOSE, {"phone": PHONE})
    right = who.last_code(PHONE) or ""
    for left in (4, 3):
        page = browser.post(CLOSE, {"code": f"{(int(right) + 1) % 1_000_000:06d}"}).content.decode()
        assert f"tries left: {left}" in page
    with pytest.raises(ValidationError):
        actions.close_own(wang, contact=who.contact_of(OTHER), by=SYSTEM)
    wang.refresh_from_db()
    assert wang.is_active is True


def test_a_code_for_signing_in_closes_nothing(wang: Account) -> None:
    browser = browser_of(wang)
    browser.post("/people/sign-in/", {"phone": PHONE})
    assert browser.post(CLOSE, {"code": who.last_code(PHONE)}).status_code == 422


def test_who_closed_the_account_may_open_it_again_as_the_same_person(office: Office, wang: Account) -> None:
    actions.close_own(wang, contact=str(wang.contact), by=SYSTEM)
    again = opened(office)
    assert (again, again.person, again.is_active, Resident.objects.filter(pk=wang.person_id).count()) == (
        wang,
        wang.person,
        True,
        1,
    )
    assert again.get_session_auth_hash() != wang.get_session_auth_hash()


def test_a_staff_account_is_closed_by_the_administrator(office: Office, wang: Account) -> None:
    wang.username = "wangxiulan"
    wang.save()
    with pytest.raises(ValidationError):
        actions.close_own(wang, contact=str(wang.contact), by=SYSTEM)
    browser = browser_of(wang)
    browser.post(CLOSE, {"phone": PHONE})
    assert "Ask your administrator" in browser.post(CLOSE, {"code": who.last_code(PHONE)}).content.decode()
    assert browser_of(office.city_account).get(CLOSE).status_code == 403


@pytest.mark.parametrize("whose", ["chair", "delegate"])
def test_closing_revokes_the_tokens_of_the_posts_and_no_others(office: Office, whose: str) -> None:
    if whose == "chair":
        account = actions.invite(office.chair, username="limei", by=office.city).account
    else:
        account = actions.open_for(office.school, holding=office.delegate, username="school", by=office.city).account
    holdings: dict[str, Holding] = {"chair": office.chair, "delegate": office.delegate}
    tokens = {name: actions.issue(one, label=name, by=office.city)[0] for name, one in holdings.items()}
    actions.close(account, by=office.city)
    assert list(ApiToken.objects.live()) == [token for name, token in tokens.items() if name != whose]
