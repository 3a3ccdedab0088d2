"""Organisations and legal bodies sign in through a delegate, and only while that delegate's post is held."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from linli.commons.notices.queries import holders_in
from linli.ground.accounts import actions, queries
from linli.ground.accounts.models import KeptAccount
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.organisations.actions import dissolve
from linli.ground.organisations.models import Holding, Why
from linli.ground.organisations.queries import actor_in_post, posts_of
from linli.ground.people.models import Account, AccountKind
from tests.organisations import town as stage

from .conftest import MORNING, PASSWORD, Office

CHOOSE = "/accounts/act-as/"


def opened(office: Office) -> actions.Slip:
    return actions.open_for(office.school, holding=office.delegate, username="school", by=office.city)


def successor(office: Office) -> Holding:
    return office.seated(office.school, "delegate", "吴刚")


def hand_over(office: Office, account: Account, holding: Holding) -> actions.Slip:
    return actions.change_delegate(account, holding=holding, seen=queries.link_of(account).pk, by=office.city)


def test_kind_and_title_are_taken_from_the_body(office: Office, browser: Client) -> None:
    address = reverse("accounts:open_for", args=[office.school.reference])
    assert "湖东路小学" in browser.get(address).content.decode()
    answer = browser.post(address, {"holding": office.delegate.pk, "username": "school"})
    account = Account.objects.get(username="school")
    assert (answer.status_code, account.kind, account.title, account.person, account.body) == (
        201,
        AccountKind.LEGAL_BODY,
        "湖东路小学",
        office.delegate.person,
        office.school.pk,
    )
    club = stage.body("association", office.town.east, name="湖东书法社")
    head = office.seated(club, "head", "郑义")
    slip = actions.open_for(club, holding=head, username="club", by=office.city)
    assert slip.account.kind == AccountKind.ORGANISATION


def test_a_refused_form_keeps_what_was_typed(office: Office, browser: Client) -> None:
    address = reverse("accounts:open_for", args=[office.school.reference])
    answer = browser.post(address, {"holding": office.delegate.pk, "username": "SCHOOL 1"})
    page = answer.content.decode()
    assert (answer.status_code, 'value="SCHOOL 1"' in page, "checked" in page) == (422, True, True)
    opened(office)
    again = browser.post(address, {"holding": office.delegate.pk, "username": "school2"})
    assert (again.status_code, "has an account already" in again.content.decode()) == (422, True)


def test_only_organisations_beside_government_have_one(office: Office, browser: Client) -> None:
    assert browser.get(reverse("accounts:open_for", args=[office.committee.reference])).status_code == 403
    office.delegate.end(on=clock.today() - timedelta(days=1), why=Why.MOVED, by=SYSTEM)
    page = browser.get(reverse("accounts:open_for", args=[office.school.reference])).content.decode()
    assert "Nobody is its delegate today" in page
    with pytest.raises(ValidationError, match="delegate"):
        opened(office)
    with pytest.raises(ValidationError, match="delegate"):
        actions.open_for(office.school, holding=office.chair, username="x", by=office.city)


def test_a_dissolved_body_gets_no_account(office: Office) -> None:
    dissolve(body=office.school, on=clock.today(), by=SYSTEM)
    with pytest.raises(ValidationError, match="that stands"):
        opened(office)


def test_a_body_has_one_account_at_a_time(office: Office) -> None:
    opened(office)
    with pytest.raises(IntegrityError, match="one_account_a_body"):
        Account.objects.create(kind=AccountKind.LEGAL_BODY, title="湖东路小学", body=office.school.pk)


def test_the_account_acts_only_in_its_own_organisation(office: Office) -> None:
    other = stage.body("resident_unit", office.town.west, name="湖西医院")
    stage.appointed(other.posts.get(code="delegate"), office.delegate.person)
    account = opened(office).account
    assert [post.body for post in posts_of(account, clock.today())] == [office.school.pk]


def test_it_is_neither_told_nor_used_for_other_posts_of_its_delegate(office: Office) -> None:
    account = opened(office).account
    chair = stage.appointed(office.committee.posts.get(code="member"), office.delegate.person)
    assert [one.account for one in holders_in(office.school.pk)] == [account.pk]
    assert holders_in(office.committee.pk) == []
    assert actor_in_post(ref(chair)) is None
    actor = actor_in_post(ref(office.delegate))
    assert actor is not None
    assert actor.ref == ref(account)


def test_authority_ends_with_the_delegates_term(office: Office, browser: Client) -> None:
    slip = opened(office)
    account = actions.accept(queries.link_of(slip.account), password=PASSWORD)
    inside = office.browser(account)
    assert inside.get(CHOOSE).context["posts"][0][1].ref == ref(office.delegate)
    office.delegate.end(on=clock.today(), why=Why.RESIGNED, by=SYSTEM)
    assert inside.get(CHOOSE).status_code == 200
    with clock.stopped_at(MORNING + timedelta(days=1)):
        late = office.browser(account)
        assert late.get(CHOOSE).status_code == 302, "the account is nobody's until it is handed over"
        page = office.browser().get(reverse("accounts:show", args=[account.pk])).content.decode()
        assert "The delegate’s term is over" in page


def test_the_next_delegate_gets_it_and_the_last_one_is_out(office: Office, browser: Client) -> None:
    account = actions.accept(queries.link_of(opened(office).account), password=PASSWORD)
    last = office.browser(account)
    new = successor(office)
    office.delegate.end(on=clock.today() - timedelta(days=1), why=Why.RESIGNED, by=SYSTEM)
    address = reverse("accounts:change_delegate", args=[account.pk])
    seen = browser.get(address).context["form"].initial["seen"]
    assert browser.post(address, {"seen": seen}).status_code == 422
    answer = browser.post(address, {"holding": new.pk, "seen": seen})
    account.refresh_from_db()
    assert (answer.status_code, account.person, account.has_usable_password()) == (201, new.person, False)
    assert last.get(CHOOSE).status_code == 302
    assert Event.objects.filter(verb="people.account.change_delegate", data={"holding": new.pk}).count() == 1


def test_a_hand_over_is_refused_to_strangers_to_the_same_and_too_late(office: Office, browser: Client) -> None:
    account = opened(office).account
    assert "no other delegate" in browser.get(reverse("accounts:change_delegate", args=[account.pk])).content.decode()
    for holding, said in ((office.chair, "delegate"), (office.delegate, "already")):
        with pytest.raises(ValidationError, match=said):
            hand_over(office, account, holding)
    new = successor(office)
    with pytest.raises(ValidationError, match="just made a link"):
        actions.change_delegate(account, holding=new, seen=0, by=office.city)
    late = browser.post(reverse("accounts:change_delegate", args=[account.pk]), {"holding": new.pk, "seen": 0})
    assert (late.status_code, "just made a link" in late.content.decode(), "checked" in late.content.decode()) == (
        422,
        True,
        True,
    )
    actions.close(account, by=office.city)
    with pytest.raises(ValidationError, match="closed"):
        hand_over(office, account, new)


def test_a_closed_account_makes_room_for_another(office: Office) -> None:
    actions.close(opened(office).account, by=office.city)
    slip = actions.open_for(office.school, holding=office.delegate, username="school", by=office.city)
    assert slip.account.is_active
    assert KeptAccount.objects.visible_to(office.city).filter(body=office.school.pk).count() == 2


def test_a_bodys_page_says_who_can_sign_in_to_the_administrator_alone(office: Office, browser: Client) -> None:
    school, committee = (
        reverse("organisations:show", args=[one.reference]) for one in (office.school, office.committee)
    )
    assert "Open its account" in browser.get(school).content.decode()
    assert reverse("accounts:invite", args=[office.chair.pk]) in browser.get(committee).content.decode()
    slip = opened(office)
    assert reverse("accounts:show", args=[slip.account.pk]) in browser.get(school).content.decode()
    assert "Who can sign in" not in Client(headers={"accept-language": "en"}).get(school).content.decode()
