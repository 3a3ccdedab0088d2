"""The list of accounts: found, filtered, paged, in both languages, in as many queries for 30 rows as for one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.ground.accounts import actions, queries
from linli.ground.accounts.models import State
from linli.ground.authority.actors import Person
from linli.ground.organisations.models import Holding
from tests.organisations import town as stage

from .conftest import Office

LIST, WAITING, TOKENS = "/accounts/", "/accounts/waiting/", "/accounts/tokens/"


def names(answer: object) -> list[str]:
    return sorted(row.account.username for row in answer.context["list"].rows)  # type: ignore[attr-defined]


def workers(office: Office, number: int) -> list[Holding]:
    """Workers of a workstation of the village."""
    station = office.station
    return [office.seated(station, "worker", f"周{one}") for one in range(number)]


def let_in(office: Office, number: int) -> None:
    for holding in workers(office, number):
        username = f"zhou{holding.pk}"
        actions.invite(holding, username=username, by=office.city)
        actions.issue(holding, label=username, by=office.city)


def asked(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries_run:
        assert browser.get(address).status_code == 200
    return len(queries_run)


@pytest.mark.parametrize("address", [LIST, WAITING, TOKENS])
@pytest.mark.parametrize("fill", [workers, let_in])
def test_thirty_rows_cost_as_many_queries_as_one(
    office: Office, browser: Client, address: str, fill: Callable[[Office, int], object]
) -> None:
    fill(office, 1)
    actions.issue(office.chair, label="first", by=office.city)
    browser.get(address)
    few = asked(browser, address)
    fill(office, 32)
    assert asked(browser, address) == few
    assert few <= 12 + 4  # beside session, account, posts and the city


def test_a_bodys_page_costs_the_same_for_one_holder_and_many(office: Office, browser: Client) -> None:
    address = reverse("organisations:show", args=[office.station.reference])
    workers(office, 1)
    few = asked(browser, address)
    let_in(office, 10)
    assert asked(browser, address) == few


def test_accounts_are_found_by_user_name_organisation_and_whole_name(office: Office, browser: Client) -> None:
    actions.invite(office.chair, username="limei", by=office.city)
    actions.open_for(office.school, holding=office.delegate, username="xiaoxue", by=office.city)
    for text, found in (
        ("LIM", ["limei"]),
        ("湖东路", ["xiaoxue"]),
        ("李梅", ["limei"]),
        ("何", ["xiaoxue"]),
        ("李", ["limei"]),
        ("梅", []),
    ):
        assert names(browser.get(LIST, {"q": text})) == found, text
    assert names(browser.get(LIST, {"kind": "legal_body"})) == ["xiaoxue"]
    assert names(browser.get(LIST, {"kind": "organisation"})) == []
    assert names(browser.get(LIST, {"state": "invited"})) == ["limei", "xiaoxue"]
    own = sorted([office.city_account.username, office.district_account.username])
    assert names(browser.get(LIST, {"state": "active", "kind": "natural"})) == own
    assert "No account fits" in browser.get(LIST, {"q": "nobody"}).content.decode()
    assert names(browser.get(LIST, {"state": "x", "kind": "\x00", "q": "\x00"})) == names(browser.get(LIST))


def test_the_list_pages_by_key_there_and_back(office: Office, browser: Client) -> None:
    let_in(office, 35)
    first = browser.get(LIST)
    assert "37 accounts" in first.content.decode()
    second = browser.get(LIST, {"page": first.context["list"].page.next})
    assert (len(names(first)), len(names(second)), "waiting" in second.context) == (30, 7, False)
    back = browser.get(LIST, {"page": second.context["list"].page.previous})
    assert names(back) == names(first)
    assert browser.get(LIST, {"page": "x"}).status_code == 400


def test_who_waits_is_counted_and_listed_the_first_five_here(office: Office, browser: Client) -> None:
    workers(office, 34)
    page = browser.get(LIST)
    assert ("Hold a post but cannot sign in yet: 35" in page.content.decode(), len(page.context["waiting"])) == (
        True,
        5,
    )
    listed = browser.get(WAITING)
    assert ("35 people" in listed.content.decode(), len(listed.context["waiting"])) == (True, 30)
    assert len(browser.get(WAITING, {"page": listed.context["page"].next}).context["waiting"]) == 5


def test_members_without_powers_and_the_dead_do_not_wait(office: Office) -> None:
    office.seated(office.committee, "member", "赵六")
    assert [one.pk for one in queries.waiting(office.city)] == [office.chair.pk]
    type(office.chair.person).objects.filter(pk=office.chair.person_id).update(died_on="2026-11-01")
    assert list(queries.waiting(office.city)) == []
    assert list(queries.waiting(Person())) == []


def test_a_closed_account_is_still_found(office: Office) -> None:
    actions.close(office.district_account, by=office.city)
    found = queries.accounts(office.district, state=State.CLOSED)
    assert [one.pk for one in found] == [office.district_account.pk]


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "账户管理"), ("en", "Accounts")])
def test_every_page_reads_in_both_languages(office: Office, language: str, said: str) -> None:
    account = actions.invite(office.chair, username="limei", by=office.city).account
    school = actions.open_for(office.school, holding=office.delegate, username="school", by=office.city).account
    stage.appointed(office.school.posts.get(code="delegate"), stage.resident(None, "吴刚"))
    token, _secret = actions.issue(office.chair, label="hotline", by=office.city)
    browser = office.browser()
    pages = [
        LIST,
        WAITING,
        TOKENS,
        reverse("accounts:show", args=[account.pk]),
        reverse("accounts:show", args=[school.pk]),
    ]
    pages += [reverse(f"accounts:{name}", args=[account.pk]) for name in ("reset", "close")]
    pages += [reverse("accounts:change_delegate", args=[school.pk]), reverse("accounts:revoke", args=[token.pk])]
    pages += [reverse("accounts:issue", args=[office.chair.pk])]
    for address in pages:
        page = browser.get(address, headers={"accept-language": language})
        assert (page.status_code, said in page.content.decode()) == (200, True), address
