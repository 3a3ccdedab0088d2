"""API tokens: made for a post that is held, shown once, ended with the post or by hand."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from linli.ground.accounts import actions, queries, rules
from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.authority.models import ApiToken
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Holding, Why
from linli.ground.people.models import Account

from .conftest import MORNING, Office

TOKENS = "/accounts/tokens/"


def let_in(office: Office) -> Account:
    return actions.invite(office.chair, username="limei", by=office.city).account


def me(secret: str) -> int:
    return Client().get("/api/people/me", headers={"authorization": f"Bearer {secret}"}).status_code


def test_an_administrator_makes_a_token_for_a_post_and_sees_the_secret_once(office: Office, browser: Client) -> None:
    let_in(office)
    address = reverse("accounts:issue", args=[office.chair.pk])
    assert browser.get(address).status_code == 200
    wrong = browser.post(address, {"label": "长" * 101})
    assert (wrong.status_code, "长" * 101 in wrong.content.decode()) == (422, True)
    answer = browser.post(address, {"label": "hotline"})
    secret, page = answer.context["secret"], answer.content.decode()
    assert (answer.status_code, f'value="{secret}"' in page, f"Bearer {secret}" in page) == (201, True, True)
    assert me(secret) == 200
    assert secret not in browser.get(TOKENS).content.decode()
    token = ApiToken.objects.get()
    assert (token.post, token.place_path) == (ref(office.chair), office.town.east.path)
    assert Event.objects.get(verb="authority.apitoken.issue").place_path == office.town.east.path


def test_a_holder_sees_makes_and_revokes_the_own_posts_tokens_alone(office: Office) -> None:
    chair = office.browser(let_in(office))
    foreign = office.seated(office.committee, "member", "赵六")
    assert "No tokens yet" in chair.get(TOKENS).content.decode()
    assert chair.post(reverse("accounts:issue", args=[office.chair.pk]), {"label": "mine"}).status_code == 201
    token, _secret = actions.issue(foreign, label="theirs", by=office.city)
    assert [row.token.label for row in chair.get(TOKENS).context["rows"]] == ["mine"]
    assert chair.get(reverse("accounts:revoke", args=[token.pk])).status_code == 404
    assert chair.get(reverse("accounts:issue", args=[foreign.pk])).status_code == 403
    mine = ApiToken.objects.get(label="mine")
    assert chair.get(reverse("accounts:revoke", args=[mine.pk])).status_code == 200
    assert chair.post(reverse("accounts:revoke", args=[mine.pk])).url == TOKENS


def test_a_revoked_token_opens_nothing_and_is_on_record_once(office: Office, browser: Client) -> None:
    let_in(office)
    token, secret = actions.issue(office.chair, label="hotline", by=office.city)
    address = reverse("accounts:revoke", args=[token.pk])
    assert "hotline" in browser.get(address).content.decode()
    browser.post(address)
    browser.post(address)
    assert me(secret) == 401
    assert Event.objects.filter(verb="authority.apitoken.revoke").count() == 1
    page = browser.get(TOKENS).content.decode()
    assert "revoked" in page
    assert "It was revoked on" in browser.get(address).content.decode()


def test_a_token_ends_with_its_post_and_the_list_says_so(office: Office) -> None:
    let_in(office)
    _token, secret = actions.issue(office.chair, label="hotline", by=office.city)
    office.chair.end(on=clock.today(), why=Why.RESIGNED, by=SYSTEM)
    assert me(secret) == 200
    with clock.stopped_at(MORNING + timedelta(days=1)):
        assert me(secret) == 401
        rows, _page = queries.tokens(office.city)
        assert [(row.is_held, row.token.revoked_at) for row in rows] == [(False, None)]
        assert "ended with the post" in office.browser().get(TOKENS).content.decode()
        with pytest.raises(ValidationError, match="not held today"):
            actions.issue(office.chair, label="late", by=office.city)
        late = office.browser().post(reverse("accounts:issue", args=[office.chair.pk]), {"label": "late"})
        assert (late.status_code, "late" in late.content.decode()) == (422, True)


def test_a_district_sees_its_own_tokens_only(office: Office) -> None:
    actions.issue(office.chair, label="east", by=office.city)
    holding = Holding.objects.get(pk=office.city.post_ref.rpartition(":")[2])
    actions.issue(holding, label="city", by=office.city)
    assert [row.token.label for row in queries.tokens(office.city)[0]] == ["city", "east"]
    assert [row.token.label for row in queries.tokens(office.district)[0]] == ["east"]
    assert list(ApiToken.objects.visible_to(Person())) == []


def test_a_token_of_an_earlier_time_is_shown_without_its_post(office: Office) -> None:
    ApiToken.issue(post="x", label="old", place_path="1503", by=SYSTEM)
    rows, _page = queries.tokens(office.city)
    assert [(row.holding, row.is_held) for row in rows] == [(None, False)]
    assert queries.token_row(rows[0].token).holding is None


def test_who_acts_in_no_post_has_no_tokens(office: Office) -> None:
    assert not rules.may_list_tokens(Person(ref="people.account:1"))
    assert Client().get(TOKENS).status_code == 302
