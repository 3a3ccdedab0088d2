"""Signing in at the door: residents by phone and code, staff by password and second factor; idle sessions end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.people import actions, queries
from linli.ground.people.models import Account, Person, PhoneCode

from .town import Town, account_of, enter

PHONE = "13900000001"
PASSWORD = "qu1te-long-enough"
SIGN_IN, CODE = reverse("people:sign_in"), reverse("people:prove_code")
STAFF, FACTOR = reverse("people:sign_in_staff"), reverse("people:prove_second_factor")
SET_UP = reverse("people:set_up_second_factor")


def prove(browser: Client, phone: str = PHONE, onward: str = "") -> object:
    browser.post(SIGN_IN + (f"?next={onward}" if onward else ""), {"phone": phone})
    return browser.post(CODE, {"code": queries.last_code(phone)})


def test_a_resident_signs_in_with_the_code_and_goes_where_they_wanted(browser: Client, town: Town) -> None:
    account = account_of(enter(town.east), PHONE)
    assert browser.get(SIGN_IN).status_code == 200
    assert prove(browser, "+86 139 0000 0001", onward="/somewhere/").url == "/somewhere/"
    assert browser.session["_auth_user_id"] == str(account.pk)
    assert (browser.session["strong"], browser.session["contact"]) == (False, queries.contact_of(PHONE))


def test_nobody_is_led_out_of_the_city(browser: Client, town: Town) -> None:
    account_of(enter(town.east), PHONE)
    assert prove(browser, onward="https://example.org/").url == "/"


def test_the_answer_is_the_same_for_a_phone_with_and_without_an_account(browser: Client, town: Town) -> None:
    account_of(enter(town.east), PHONE)
    answers = [browser.post(SIGN_IN, {"phone": phone}) for phone in (PHONE, "13900000002")]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, CODE)] * 2


@pytest.mark.parametrize(
    "phone", ["", "139", "0473-2012345", "x" * 5000, "<script>", "'; DROP TABLE people_person; --"]
)
def test_a_wrong_phone_is_refused_with_422(browser: Client, phone: str) -> None:
    answer = browser.post(SIGN_IN, {"phone": phone})
    assert (answer.status_code, PhoneCode.objects.count()) == (422, 0)


def test_a_second_code_within_a_minute_is_refused_at_the_field(browser: Client) -> None:
    browser.post(SIGN_IN, {"phone": PHONE})
    answer = browser.post(SIGN_IN, {"phone": PHONE})
    assert (answer.status_code, answer.context["form"].errors["phone"][0].startswith("You can ask")) == (422, True)


def test_a_wrong_code_says_how_many_tries_are_left(browser: Client) -> None:
    assert browser.get(CODE).url == SIGN_IN
    browser.post(SIGN_IN, {"phone": PHONE})
    assert browser.get(CODE).status_code == 200
    answer = browser.post(CODE, {"code": "000000"})
    assert (answer.status_code, answer.context["form"].errors["code"]) == (
        422,
        ["The code is wrong; tries left: 4."],
    )
    assert b"13900000001" not in answer.content


def test_a_proven_phone_without_account_opens_one_or_goes_on(browser: Client, town: Town) -> None:
    answer = prove(browser, onward="/cases/new/")
    assert answer.url == reverse("people:open_account")
    assert browser.session["contact"] == queries.contact_of(PHONE)
    assert b"/cases/new/" in browser.get(answer.url).content
    given = {"name": "王秀兰", "place": town.east.pk, "residence": "living", "agreed": "on"}
    assert browser.post(answer.url, given | {"agreed": ""}).status_code == 422
    assert browser.post(answer.url, given).url == "/cases/new/"
    assert Account.objects.get(contact=queries.contact_of(PHONE)).person.name == "王秀兰"


def test_no_account_is_opened_for_another_phone_than_the_proven_one(browser: Client, town: Town) -> None:
    prove(browser)
    browser.post(SIGN_IN, {"phone": "13900000002"})
    given = {"name": "王秀兰", "place": town.east.pk, "residence": "living", "agreed": "on"}
    assert browser.post(reverse("people:open_account"), given).url == SIGN_IN
    assert Account.objects.count() == 0


def test_a_phone_whose_account_was_opened_meanwhile_is_told(browser: Client, town: Town) -> None:
    prove(browser)
    account_of(enter(town.east), PHONE)
    given = {"name": "王秀兰", "place": town.east.pk, "residence": "living", "agreed": "on"}
    assert browser.post(reverse("people:open_account"), given).status_code == 422


def staff(name: str = "liu") -> Account:
    return actions.create_staff_account(username=name, password=PASSWORD, name="刘洋", by=SYSTEM)


def shown(account: Account, ahead: int = 0) -> str:
    return account.second_factor._totp().generate(int(timezone.now().timestamp()) + ahead).decode()


def set_up(browser: Client) -> tuple[Account, list[str]]:
    account = staff()
    browser.post(STAFF, {"username": "liu", "password": PASSWORD})
    browser.get(SET_UP)
    account.refresh_from_db()
    return account, browser.post(SET_UP, {"code": shown(account)}).context["codes"]


def test_staff_are_led_to_set_up_a_second_factor_and_get_ten_recovery_codes(browser: Client) -> None:
    account = staff()
    answer = browser.post(STAFF, {"username": "liu", "password": PASSWORD})
    assert (answer.url, "_auth_user_id" in browser.session) == (SET_UP, False)
    page = browser.get(SET_UP)
    assert (page.status_code, b"style=" in page.content, b'<path d="M4 4h1v1h-1z' in page.content) == (200, False, True)
    account.refresh_from_db()
    assert browser.post(SET_UP, {"code": "000"}).status_code == 422
    answer = browser.post(SET_UP, {"code": shown(account)})
    assert (len(answer.context["codes"]), browser.session["strong"]) == (10, True)


def test_staff_sign_in_with_password_and_app_or_recovery_code(browser: Client) -> None:
    account, spare = set_up(browser)
    for code in (shown(account, 30), spare[0]):
        browser.post(reverse("people:sign_out"))
        assert browser.get(FACTOR).url == STAFF
        assert browser.post(STAFF, {"username": "liu", "password": PASSWORD}).url == FACTOR
        assert browser.get(SET_UP).url == FACTOR
        assert browser.get(FACTOR).status_code == 200
        assert browser.post(FACTOR, {"code": "000"}).status_code == 422
        assert browser.post(FACTOR, {"code": code}).url == "/"
        assert browser.session["strong"] is True


def test_the_second_factor_has_ten_minutes(browser: Client) -> None:
    set_up(browser)
    browser.post(reverse("people:sign_out"))
    browser.post(STAFF, {"username": "liu", "password": PASSWORD})
    with clock.stopped_at(timezone.now() + timedelta(minutes=11)):
        assert (browser.get(FACTOR).url, browser.get(SET_UP).url) == (STAFF, STAFF)


def test_five_failures_lock_the_account_and_say_until_when(browser: Client) -> None:
    staff()
    wrong = {"username": "liu", "password": "wrong"}
    said = [browser.post(STAFF, wrong).context["form"].non_field_errors()[0] for _try in range(5)]
    assert said[:4] == ["User name or password is wrong."] * 4
    locked = browser.post(STAFF, {"username": "liu", "password": PASSWORD})
    assert locked.status_code == 422
    assert (
        locked.context["form"]
        .non_field_errors()[0]
        .startswith("Too many failures; sign-in is locked. Try again after ")
    )
    assert browser.get(STAFF).status_code == 200


def test_an_unknown_user_name_locks_just_the_same(browser: Client) -> None:
    said = [
        browser.post(STAFF, {"username": "ghost", "password": "wrong"}).context["form"].non_field_errors()[0]
        for _try in range(6)
    ]
    assert (said[0], said[5].startswith("Too many failures")) == ("User name or password is wrong.", True)


def test_a_staff_session_ends_after_thirty_idle_minutes(browser: Client) -> None:
    set_up(browser)
    start = timezone.now()
    for minutes, signed_in in [(20, True), (40, True), (71, False)]:
        with clock.stopped_at(start + timedelta(minutes=minutes)):
            browser.get(SIGN_IN)
            assert ("_auth_user_id" in browser.session) is signed_in


def test_a_residents_session_lasts_through_the_month(browser: Client, town: Town) -> None:
    account_of(enter(town.east), PHONE)
    prove(browser)
    with clock.stopped_at(timezone.now() + timedelta(days=29)):
        browser.get(SIGN_IN)
        assert browser.session["seen"] == int(clock.now().timestamp())


def test_a_password_is_changed_by_its_owner(browser: Client) -> None:
    address = reverse("people:change_password")
    assert browser.get(address).url.partition("?")[0] == SIGN_IN
    account, _spare = set_up(browser)
    assert browser.get(address).status_code == 200
    for given in ({"old": "wrong", "new": "another-long-one"}, {"old": PASSWORD, "new": "short"}):
        assert browser.post(address, given).status_code == 422
    assert browser.post(address, {"old": PASSWORD, "new": "another-long-one"}).url == "/"
    account.refresh_from_db()
    assert (account.check_password("another-long-one"), "_auth_user_id" in browser.session) == (True, True)


def test_a_new_phone_is_proven_before_it_counts(browser: Client, town: Town) -> None:
    account, new, address = account_of(enter(town.east), PHONE), "13900000009", reverse("people:change_phone")
    prove(browser)
    assert browser.get(address).status_code == 200
    for wrong in ({"phone": "139"}, {"code": "1"}):
        assert browser.post(address, wrong).status_code == 422
    assert browser.post(address, {"phone": new}).status_code == 200
    assert browser.post(address, {"phone": new}).status_code == 422
    assert browser.post(address, {"code": queries.last_code(new)}).url == "/"
    account.refresh_from_db()
    assert (account.contact, account.person.personal.phone) == (queries.contact_of(new), new)


def test_signing_out_forgets_the_phone_too(browser: Client, town: Town) -> None:
    account_of(enter(town.east), PHONE)
    prove(browser)
    assert browser.get(reverse("people:sign_out")).status_code == 405
    assert browser.post(reverse("people:sign_out")).url == "/"
    assert ("contact" in browser.session, "_auth_user_id" in browser.session) == (False, False)
    assert browser.post(reverse("people:sign_out")).status_code == 302


def test_an_erased_or_closed_account_is_signed_out(browser: Client, town: Town) -> None:
    account = account_of(enter(town.east), PHONE)
    prove(browser)
    actions.close_account(account, by=SYSTEM)
    assert browser.get(reverse("people:change_password")).url.partition("?")[0] == SIGN_IN
    assert Person.objects.count() == 1
