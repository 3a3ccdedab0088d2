"""A form that is sent into an ended session: nothing that was typed is lost, and nothing is told of what exists."""

import re

import pytest
from django import forms
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve

from linli.ground.authority.actors import VISITOR, Actor, Person
from linli.ground.authority.doors import SignInFirst
from linli.ground.people.forms import CodeForm
from linli.ground.ui import views
from linli.ground.ui.context import Shell

pytestmark = pytest.mark.django_db
PAGE = "http://testserver/cases/7K3M9QXB/?from=desk"
TYPED = {
    "csrfmiddlewaretoken": "t",
    "version": "3",
    "solved": "yes",
    "text": "已更换灯泡。\n<b>小李</b>",
    "password": "很 秘密",
}
SENTENCE = "已更换灯泡。<br>&lt;b&gt;小李&lt;/b&gt;"


def sent(address: str, typed: dict[str, str], actor: Actor = VISITOR, **headers: str) -> HttpRequest:
    request = RequestFactory().post(address, typed, headers=headers)
    request.actor = actor  # type: ignore[attr-defined]
    request.resolver_match = resolve(address)
    return request


def test_what_was_typed_is_shown_with_the_way_back_to_its_page() -> None:
    request = sent("/cases/7K3M9QXB/answer/", TYPED, referer=PAGE)
    answer = views.forbidden(request, SignInFirst())
    page = answer.content.decode()
    assert (answer.status_code, "登录已过期，您填写的内容没有丢失" in page) == (403, True)
    assert re.findall(r'<blockquote class="c-quote">(.*?)</blockquote>', page) == [SENTENCE]
    assert 'href="/people/sign-in/?next=/cases/7K3M9QXB/%3Ffrom%3Ddesk"' in page
    assert 'href="/cases/follow/?reference=7K3M9QXB"' in page
    assert ('role="alert"' in page, "很 秘密" in page) == (True, False)


def test_a_button_alone_is_told_that_nothing_was_sent() -> None:
    request = sent("/cases/7K3M9QXB/accept/", {"csrfmiddlewaretoken": "t", "version": "1"})
    page = views.forbidden(request, SignInFirst()).content.decode()
    assert ("登录已过期，刚才的操作没有提交" in page, "c-quote" in page) == (True, False)
    assert 'href="/people/sign-in/?next=/cases/7K3M9QXB/accept/"' in page


def test_the_page_of_a_form_on_another_site_is_no_way_back() -> None:
    request = sent("/cases/register/", TYPED, referer="https://example.org/cases/7K3M9QXB/")
    page = views.forbidden(request, SignInFirst()).content.decode()
    assert ("example.org" in page, 'href="/people/sign-in/?next=/cases/register/"' in page) == (False, True)
    assert "/cases/follow/?" not in page  # a list or a new thing has nothing to prove


def test_a_part_of_a_page_says_the_same() -> None:
    request = sent("/cases/7K3M9QXB/answer/", TYPED, referer=PAGE, hx_request="true")
    page = views.forbidden(request, SignInFirst()).content.decode()
    assert ("<html" in page, SENTENCE in page, 'href="/people/sign-in/?next=' in page) == (False, True, True)


def test_every_key_is_answered_alike() -> None:
    client, pages = Client(), []
    for reference in ("7K3M9QXB", "ZZZZ2222"):
        page = client.post(f"/cases/{reference}/answer/", TYPED, headers={"referer": PAGE})
        pages.append((page.status_code, re.sub(r"E-\d{4}-\w{4}|" + reference, "", page.content.decode())))
    assert (pages[0][0], pages[0][1].replace("7K3M9QXB", "")) == (403, pages[1][1].replace("7K3M9QXB", ""))


def test_with_all_cookies_gone_the_same_page_comes_for_a_guarded_door_and_the_form_for_a_public_one() -> None:
    client, ours = Client(enforce_csrf_checks=True), {"referer": PAGE}
    guarded, public = (
        client.post(address, TYPED, headers=ours) for address in ("/cases/7K3M9QXB/answer/", "/cases/report/")
    )
    assert [(page.status_code, page.templates[0].name) for page in (guarded, public)] == [
        (403, "ui/sign_in_first.html"),
        (403, "ui/csrf.html"),
    ]
    assert [SENTENCE in page.content.decode() for page in (guarded, public)] == [True, True]
    assert f'href="{PAGE.removeprefix("http://testserver")}"' in public.content.decode()


@pytest.mark.parametrize("headers", [{}, {"referer": "https://example.org/"}])
def test_another_sites_words_are_never_shown_as_the_readers_own(headers: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    for address in ("/cases/7K3M9QXB/answer/", "/cases/report/"):
        assert "已更换灯泡" not in client.post(address, TYPED, headers=headers).content.decode()


def test_a_signed_in_reader_whose_form_is_too_old_goes_back_to_it() -> None:
    request = sent("/cases/7K3M9QXB/answer/", TYPED, Person(ref="people.account:1"), referer=PAGE)
    page = views.forged(request, "wrong").content.decode()
    assert ("/people/sign-in/?next" in page, SENTENCE in page) == (False, True)
    assert 'href="/cases/7K3M9QXB/?from=desk"' in page


def test_the_mark_of_a_reader_tells_them_from_others_and_nothing_else() -> None:
    readers = [Person(ref="people.account:1"), Person(ref="people.account:2"), Person(contact="ab12"), VISITOR]
    marks = [Shell(sent("/cases/report/", {}, one)).reader for one in readers]
    assert marks == [Shell(sent("/cases/report/", {}, one)).reader for one in readers]
    assert (len(set(marks)), marks[3], [len(one) for one in marks[:3]]) == (4, "", [16, 16, 16])
    assert [one for one in marks if "account" in one or "ab12" in one] == []


def test_passwords_and_codes_are_among_the_secrets() -> None:
    assert get_resolver().url_patterns  # every door's forms are known now
    kinds, found = [forms.BaseForm], set()
    for kind in kinds:
        kinds += kind.__subclasses__()
        for name, field in getattr(kind, "base_fields", {}).items():
            hidden = getattr(field.widget, "input_type", "") == "password"
            if kind.__module__.startswith("linli.") and (
                hidden or field.widget.attrs.get("autocomplete") == "one-time-code"
            ):
                found.add(name)
    assert "code" in CodeForm.base_fields
    assert found - views.SECRET == set()
    assert {"password", "code"} <= found
