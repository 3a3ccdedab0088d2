"""Inviting, keeping and closing accounts: only within the own place, never the own, never a post of the wider place."""

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from linli.ground.accounts import actions, queries, rules
from linli.ground.accounts.models import KeptAccount, Lost, State
from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Holding, Why
from linli.ground.organisations.queries import actor_in_post
from linli.ground.people import actions as people
from linli.ground.people.models import Account, Residence
from tests.organisations import town as stage

from .conftest import PASSWORD, Office, second_holder

LIST = "/accounts/"


def invite(office: Office, holding: Holding | None = None, username: str = "limei") -> actions.Slip:
    return actions.invite(holding or office.chair, username=username, by=office.city)


def kept(office: Office, account: Account) -> KeptAccount:
    return KeptAccount.objects.visible_to(office.city).get(pk=account.pk)


def test_one_click_opens_the_account_and_shows_the_slip_once(office: Office, browser: Client) -> None:
    row = browser.get(LIST).context["waiting"][0]
    assert (row.holding, row.username[:-4]) == (office.chair, "li")
    answer = browser.post(reverse("accounts:invite", args=[office.chair.pk]), {"username": row.username})
    page = answer.content.decode()
    code = answer.context["slip"].code
    assert (answer.status_code, f"http://testserver/accounts/link/{code}/" in page, row.username in page) == (
        201,
        True,
        True,
    )
    assert answer["Cache-Control"].startswith("max-age=0")
    assert "李某" in page
    assert "李梅" not in page
    account = Account.objects.get(username=row.username)
    assert (account.person, account.has_usable_password()) == (office.chair.person, False)
    assert browser.get(LIST).context["waiting"] == []
    assert code not in browser.get(reverse("accounts:show", args=[account.pk])).content.decode()


def test_a_refused_user_name_comes_back_with_what_to_mend(office: Office, browser: Client) -> None:
    address = reverse("accounts:invite", args=[office.chair.pk])
    taken = office.city_account.username
    for typed, said in (
        ("李 梅", "Use 3 to 40 small letters"),
        (taken, "This user name is taken"),
        ("", "Please fill in"),
    ):
        answer = browser.post(address, {"username": typed})
        page = answer.content.decode()
        assert (answer.status_code, said in page, f'value="{typed}"' in page or not typed) == (422, True, True)
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"username": "LiMei"}).context["slip"].account.username == "limei"
    answer = browser.post(address, {"username": "limei2"})
    assert (answer.status_code, "has an account already" in answer.content.decode()) == (422, True)


def test_a_residents_own_account_becomes_the_staff_account(office: Office) -> None:
    person = office.chair.person
    mine = Account(person=person, contact="proven")
    mine.set_unusable_password()
    mine.save()
    before = mine.password
    slip = invite(office)
    slip.account.refresh_from_db()
    assert (slip.account.pk, slip.account.contact, slip.account.password) == (mine.pk, "proven", before)


def test_a_closed_account_opens_again_without_its_old_password(office: Office) -> None:
    account = people.create_staff_account(
        username="limei", password=PASSWORD, name="", person=office.chair.person, by=SYSTEM
    )
    with pytest.raises(ValidationError, match="already"):
        invite(office)
    actions.close(account, by=office.city)
    with pytest.raises(ValidationError, match="closed"):
        actions.close(account, by=office.city)
    assert kept(office, account).standing == State.CLOSED
    slip = invite(office)
    slip.account.refresh_from_db()
    assert (slip.account.pk, slip.account.is_active, slip.account.has_usable_password()) == (account.pk, True, False)


def test_nobody_is_invited_for_a_term_that_is_over(office: Office) -> None:
    office.chair.end(on=clock.today().replace(day=1), why=Why.RESIGNED, by=SYSTEM)
    with pytest.raises(ValidationError, match="ended"):
        invite(office)


def test_an_administrator_of_another_place_finds_nothing(office: Office) -> None:
    slip = invite(office)
    elsewhere = stage.Place.objects.create(
        path="1505", name="通辽市", level="prefecture", parent=office.town.city.parent, begun_on=clock.today()
    )
    account, person = stage.staff(None, "外地")
    stage.appointed(stage.body("city_government", elsewhere).posts.get(code="administrator"), person)
    stranger = office.browser(account)
    token, _secret = actions.issue(office.chair, label="x", by=office.city)
    found = stranger.get(LIST).context["list"].rows
    assert [row.account.pk for row in found] == [account.pk]
    for name, key in (
        ("show", slip.account.pk),
        ("reset", slip.account.pk),
        ("close", slip.account.pk),
        ("change_delegate", slip.account.pk),
        ("invite", office.chair.pk),
        ("issue", office.chair.pk),
        ("revoke", token.pk),
    ):
        assert stranger.get(reverse(f"accounts:{name}", args=[key])).status_code == 404, name
    for name in ("invite_again", "unlock", "reset", "close"):
        assert stranger.post(reverse(f"accounts:{name}", args=[slip.account.pk])).status_code == 404, name
    assert stranger.get(reverse("accounts:open_for", args=[office.school.reference])).status_code == 403
    assert stranger.get(LIST, {"q": "limei"}).context["list"].rows == []


def test_a_part_does_not_open_the_whole(office: Office) -> None:
    second_holder(office, office.chair.person)
    assert rules.may_invite(office.city, office.chair)
    assert not rules.may_invite(office.district, office.chair)
    assert list(queries.waiting(office.district)) == []
    account = kept(office, invite(office).account)
    assert rules.may_reset(office.city, account)
    assert not rules.may_reset(office.district, account)
    part = office.browser(office.district_account)
    assert "also holds a post outside" in part.get(reverse("accounts:show", args=[account.pk])).content.decode()
    assert part.post(reverse("accounts:reset", args=[account.pk]), {"lost": "both", "seen": 1}).status_code == 403


def test_nobody_resets_their_own_account(office: Office, browser: Client) -> None:
    own = kept(office, office.city_account)
    assert not rules.may_reset(office.city, own)
    assert browser.get(reverse("accounts:reset", args=[own.pk])).status_code == 403
    assert "your own account" in browser.get(reverse("accounts:show", args=[own.pk])).content.decode()


def test_officers_without_the_power_see_no_accounts(office: Office) -> None:
    slip = invite(office)
    chair = office.browser(slip.account)
    assert chair.get(LIST).status_code == 403
    assert chair.get(reverse("accounts:show", args=[slip.account.pk])).status_code == 404
    assert Client().get(LIST).status_code == 302


def test_another_link_is_made_only_where_one_is_needed(office: Office, browser: Client) -> None:
    account = invite(office).account
    address = reverse("accounts:invite_again", args=[account.pk])
    link = queries.link_of(account)
    assert browser.post(address, {"seen": link.pk}).status_code == 201
    late = browser.post(address, {"seen": link.pk})
    assert (late.status_code, "Somebody else has just made a link" in late.content.decode()) == (422, True)
    assert browser.post(address).status_code == 422
    actions.accept(queries.link_of(account), password=PASSWORD)
    used = browser.post(address, {"seen": queries.link_of(account).pk})
    assert (used.status_code, "in use" in used.content.decode()) == (422, True)


def test_a_locked_account_is_unlocked_on_the_record(office: Office, browser: Client) -> None:
    account = actions.accept(queries.link_of(invite(office).account), password=PASSWORD)
    AccessAttempt.objects.create(username="limei", failures_since_start=5, attempt_time=clock.now(), ip_address="::1")
    assert kept(office, account).standing == State.LOCKED
    assert [row.account.pk for row in browser.get(LIST, {"state": "locked"}).context["list"].rows] == [account.pk]
    answer = browser.post(reverse("accounts:unlock", args=[account.pk]), follow=True)
    assert "can try again now" in answer.content.decode()
    assert kept(office, account).standing == State.ACTIVE
    assert Event.objects.filter(verb="people.account.unlock", subject=ref(account)).count() == 1


def test_a_close_needs_the_tick_and_ends_links_sessions_and_tokens(office: Office, browser: Client) -> None:
    slip = invite(office)
    token_post = ref(office.chair)
    address = reverse("accounts:close", args=[slip.account.pk])
    assert (browser.get(address).status_code, browser.post(address).status_code) == (200, 422)
    inside = office.browser(slip.account)
    assert actor_in_post(token_post) is not None
    assert browser.post(address, {"sure": "on"}, follow=True).status_code == 200
    assert inside.get(reverse("accounts:choose")).status_code == 302
    assert Client().get(reverse("accounts:follow", args=[slip.code])).status_code == 410
    assert actor_in_post(token_post) is None
    assert browser.post(address, {"sure": "on"}).status_code == 422


def test_a_reset_says_what_was_lost_and_shows_the_slip_once(office: Office, browser: Client) -> None:
    account = invite(office).account
    address = reverse("accounts:reset", args=[account.pk])
    seen = browser.get(address).context["form"].initial["seen"]
    assert browser.post(address, {"seen": seen}).status_code == 422
    assert browser.post(address, {"lost": "both", "seen": seen}).status_code == 201
    late = browser.post(address, {"lost": "both", "seen": seen})
    page = late.content.decode()
    assert (late.status_code, "just made a link" in page, "checked" in page) == (422, True, True)
    actions.close(account, by=office.city)
    with pytest.raises(ValidationError, match="closed"):
        actions.reset(account, lost=Lost.BOTH, seen=queries.link_of(account).pk, by=office.city)


def test_a_delegate_is_not_invited_but_handed_the_organisations_account(office: Office) -> None:
    assert not rules.may_invite(office.city, office.delegate)
    assert not rules.may_invite(Person(), office.chair)


def test_a_user_name_shows_the_surname_alone_and_is_free(office: Office) -> None:
    names = queries.usernames(["李梅", "欧阳华", "Anna Li", ""])
    assert [name[:-4] for name in names] == ["li", "ouyang", "a", "user"]
    assert people.create_staff_account(username=names[0], password=PASSWORD, name="李", by=SYSTEM).person is not None


def test_a_resident_alone_is_no_account_of_the_administrators(office: Office) -> None:
    account = people.open_account(
        phone="13900000001", name="王秀兰", place=office.town.east, residence=Residence.LIVING, by=SYSTEM
    )
    assert not KeptAccount.objects.visible_to(office.city).filter(pk=account.pk).exists()
