"""Accounts of the three kinds: opened, created, changed, closed."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.people import actions, queries
from linli.ground.people.models import Account, AccountKind, Consent, Residence, Source

from .town import Town, account_of, enter, post

PHONE = "13900000001"
PASSWORD = "qu1te-long-enough"


def open_account(town: Town, name: str = "王秀兰", phone: str = PHONE) -> Account:
    return actions.open_account(phone=phone, name=name, place=town.east, residence=Residence.LIVING, by=VISITOR)


def test_a_resident_opens_an_account_and_is_entered_as_declared(town: Town) -> None:
    account = open_account(town)
    person = account.person
    assert (person.name, person.personal.phone, person.source, person.verification) == (
        "王秀兰",
        PHONE,
        Source.SELF,
        "declared",
    )
    assert person.confirmed_at is not None
    assert (account.is_staff_account, account.has_usable_password(), str(account)) == (False, False, f"#{account.pk}")
    consent = Consent.objects.get()
    assert (consent.person, consent.title, consent.given, str(consent)) == (person, "your account", True, "account +")


def test_the_entry_that_the_desk_made_becomes_the_residents_own(town: Town) -> None:
    desk = enter(town.east, "王秀兰", phone=PHONE)
    assert open_account(town).person == desk
    desk.refresh_from_db()
    assert desk.confirmed_at is not None


def test_somebody_elses_entry_with_the_same_phone_is_not_taken_over(town: Town) -> None:
    mother = enter(town.east, "王秀兰", phone=PHONE)
    assert open_account(town, name="王小明").person != mother


def test_a_phone_opens_one_account(town: Town) -> None:
    open_account(town)
    with pytest.raises(ValidationError) as refusal:
        open_account(town, name="别人")
    assert refusal.value.messages == ["This phone has an account already; please sign in."]


def test_staff_need_not_live_in_the_city(town: Town) -> None:
    account = actions.create_staff_account(username=" liu ", password=PASSWORD, name="刘洋", by=SYSTEM)
    assert (account.username, str(account), account.is_staff_account) == ("liu", "liu", True)
    assert (account.person.place, account.person.residence, account.person.place_path) == (None, Residence.NONE, "")
    assert queries.staff_account("liu") == account
    assert Account.objects.get_by_natural_key("liu") == account


def test_a_resident_who_becomes_staff_keeps_the_account(town: Town) -> None:
    resident = open_account(town)
    staff = actions.create_staff_account(username="wang", password=PASSWORD, name="", by=SYSTEM, person=resident.person)
    assert (staff.pk, staff.contact) == (resident.pk, resident.contact)


@pytest.mark.parametrize("password", ["short", "1234567890123", "password1234"])
def test_a_weak_password_is_refused(town: Town, password: str) -> None:
    with pytest.raises(ValidationError):
        actions.create_staff_account(username="liu", password=password, name="刘洋", by=SYSTEM)


def test_a_user_name_is_given_once(town: Town) -> None:
    actions.create_staff_account(username="liu", password=PASSWORD, name="刘洋", by=SYSTEM)
    with pytest.raises(ValidationError):
        actions.create_staff_account(username="liu", password=PASSWORD, name="刘阳", by=SYSTEM)


def test_an_organisations_account_needs_its_name(town: Town) -> None:
    lone = Account(kind=AccountKind.ORGANISATION, person=enter(town.east))
    with pytest.raises(ValidationError) as refusal:
        lone.full_clean(exclude=["password"])
    assert refusal.value.messages == ["An organisation's account needs the organisation's name."]


def test_a_person_has_one_account_of_their_own(town: Town) -> None:
    person = enter(town.east)
    account_of(person, PHONE)
    with pytest.raises(Exception, match="one_account_each"):
        account_of(person, "13900000002")


def test_a_changed_password_opens_the_account(town: Town) -> None:
    account = actions.create_staff_account(username="liu", password=PASSWORD, name="刘洋", by=SYSTEM)
    actions.change_password(account, password="another-long-one", by=Person(ref=ref(account)))
    request = RequestFactory().post("/")
    assert authenticate(request, username="liu", password=PASSWORD) is None
    assert authenticate(request, username="liu", password="another-long-one") == account


def test_a_changed_phone_moves_sign_in_and_entry(town: Town) -> None:
    account = open_account(town)
    open_account(town, name="李明", phone="13900000002")
    with pytest.raises(ValidationError):
        actions.change_phone(account, phone="13900000002", by=SYSTEM)
    actions.change_phone(account, phone="13900000003", by=SYSTEM)
    account.person.personal.refresh_from_db()
    assert (queries.account_of_contact(queries.contact_of("13900000003")), account.person.personal.phone) == (
        account,
        "13900000003",
    )
    lone = Account.objects.create(username="x", person=None)
    actions.change_phone(lone, phone="13900000004", by=SYSTEM)
    assert Event.objects.filter(verb="people.account.change_phone").count() == 2


def test_a_closed_account_opens_to_nobody(town: Town) -> None:
    account = open_account(town)
    actions.close_account(account, by=SYSTEM)
    assert queries.account_of_contact(queries.contact_of(PHONE)) is None


def test_accounts_are_seen_here_by_their_owner_alone(town: Town) -> None:
    mine, _others = open_account(town), open_account(town, name="李明", phone="13900000002")
    owner, administrator = Person(ref=ref(mine)), post(RoleCode.ADMINISTRATOR, "1503")
    assert list(Account.objects.visible_to(owner)) == [mine]
    assert list(Account.objects.visible_to(administrator)) == []
    assert list(Account.objects.visible_to(VISITOR)) == []


def test_a_consent_is_withdrawn_as_easily_as_given(town: Town) -> None:
    person = enter(town.east)
    with pytest.raises(ValidationError):
        actions.withdraw_consent(person, purpose="survey", by=SYSTEM)
    actions.give_consent(person, purpose="survey", notice="1", by=SYSTEM)
    actions.withdraw_consent(person, purpose="survey", by=SYSTEM)
    assert [str(line) for line in Consent.objects.order_by("pk")] == ["survey +", "survey -"]
    with pytest.raises(ValidationError):
        actions.withdraw_consent(person, purpose="survey", by=SYSTEM)


def test_the_consent_ledger_cannot_be_rewritten(town: Town) -> None:
    line = actions.give_consent(enter(town.east), purpose="survey", notice="1", by=SYSTEM)
    with pytest.raises(Exception, match="permission denied"):
        Consent.objects.filter(pk=line.pk).update(given=False)
