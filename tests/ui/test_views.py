"""Large print, language, the gallery, and pages that say why something cannot be shown."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
import structlog
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override

from linli.ground.authority.actors import VISITOR
from linli.ground.authority.doors import SignInFirst
from linli.ground.authority.roles import RoleCode
from linli.ground.ui import views
from linli.ground.ui.context import LARGE_COOKIE
from linli.ground.ui.templatetags import ui
from tests.factories.people import in_post

COTTON = Path(views.__file__).parent / "templates" / "cotton"
GALLERY = Path(views.__file__).parent / "templates" / "ui"
NUMBER = re.compile(r"E-\d{4}-[0-9A-F]{4}")


pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/somewhere/")
    request.actor = VISITOR  # type: ignore[attr-defined]
    return request


def test_large_print_is_one_tap_and_stays_on_the_page(client: Client) -> None:
    answer = client.post("/ui/large/", {"on": "1", "next": "/ui/?a=b"})
    assert (answer.status_code, answer["Location"]) == (302, "/ui/?a=b")
    cookie = answer.cookies[LARGE_COOKIE]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("1", views.YEAR, "Lax")
    assert 'data-mode="large"' in client.get("/ui/").content.decode()
    client.post("/ui/large/", {"on": "0", "next": "/ui/"})
    assert 'data-mode="large"' not in client.get("/ui/").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org", ""]
)
def test_the_way_back_never_leaves_the_city(client: Client, elsewhere: str) -> None:
    assert client.post("/ui/large/", {"on": "1", "next": elsewhere})["Location"] == "/"


def test_the_language_can_be_chosen(client: Client) -> None:
    assert 'lang="zh-CN"' in client.get("/ui/").content.decode()
    client.post("/ui/language/", {"language": "en", "next": "/ui/"})
    page = client.get("/ui/").content.decode()
    assert 'lang="en"' in page
    assert "Skip to the text" in page


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    assert dict(client.post("/ui/language/", {"language": "xx", "next": "/ui/"}).cookies) == {}


def test_switches_are_pressed_not_followed(client: Client) -> None:
    assert [client.get(at).status_code for at in ("/ui/large/", "/ui/language/")] == [405, 405]


def test_who_opens_the_address_of_a_button_is_told_so_and_led_back(client: Client) -> None:
    page = client.get("/ui/language/")
    assert (page.status_code, page["Allow"], next(one.name for one in page.templates)) == (405, "POST", "405.html")
    assert "没有保存或者改动任何内容" in page.content.decode()
    assert page.context["up"] == "/ui/"
    assert client.get("/people/sign-out/").context["up"] == ""


def test_large_print_on_a_form_that_came_back_with_errors_leads_to_the_page_of_the_form(client: Client) -> None:
    for page in ("/ui/language/", "/people/sign-in/"):  # or whoever has signed in again leads there
        ours = {"referer": f"http://testserver{page}"}
        assert client.get("/ui/language/", headers=ours)["Location"] == "/ui/"
    assert client.get("/ui/language/", headers={"referer": "https://example.org/ui/language/"}).status_code == 405


def test_a_term_shows_its_days_in_full(client: Client) -> None:
    assert [ui.long_date(one) for one in (date(2026, 3, 10), None)] == ["2026年3月10日", ""]
    with override("en"):
        assert ui.long_date(date(2026, 3, 10)) == "10 Mar 2026"


def test_the_gallery_shows_every_component(client: Client) -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in sorted(GALLERY.rglob("gallery*/**/*.html")))
    source += (GALLERY / "gallery.html").read_text(encoding="utf-8")
    source += "".join(
        file.read_text(encoding="utf-8") for file in sorted([*COTTON.glob("*.html"), *GALLERY.glob("base*.html")])
    )
    tags = {file.stem.replace("_", "-") for file in COTTON.glob("*.html")}
    assert {tag for tag in tags if not re.search(rf"<c-{tag}[\s/>]", source)} == set()
    page = client.get("/ui/").content.decode()
    assert "<c-" not in page
    assert not re.search(r"\{[%{#]", page)
    assert " style=" not in page
    assert len(re.findall(r"<h1\b", page)) == 1


def test_no_two_things_on_the_gallery_share_an_id(client: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get("/ui/").content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_a_page_for_everybody_sets_no_cookie(client: Client) -> None:
    assert dict(client.get("/ui/").cookies) == {}


def test_cotton_compiles_tags_wherever_they_stand() -> None:
    template = engines["django"].from_string('{% include "ui/help_line.html" %}')
    assert "12345" in template.render({})
    assert "<svg" in render_to_string("cotton/notice.html", {"kind": "wait", "slot": "小心", "attrs": {}})


@pytest.mark.parametrize(
    ("door", "error", "status"),
    [
        (views.bad_request, SuspiciousOperation("damaged cursor"), 400),
        (views.forbidden, PermissionDenied("may_close"), 403),
        (views.missing, Http404("no case 7"), 404),
    ],
)
def test_a_refusal_says_so_with_a_number_and_no_secrets(
    asked: HttpRequest, door: object, error: Exception, status: int
) -> None:
    with structlog.testing.capture_logs() as logs:
        answer = door(asked, error)  # type: ignore[operator]
    page = answer.content.decode()
    assert answer.status_code == status
    assert NUMBER.search(page)[0] == logs[0]["error_number"]  # type: ignore[index]
    assert not re.search(r"damaged cursor|may_close|no case 7", page)
    assert 'href="tel:12345"' in page


def test_the_number_comes_from_the_requests_own_id(asked: HttpRequest) -> None:
    with structlog.contextvars.bound_contextvars(request_id="07e17438"):
        first, second = (NUMBER.search(views.missing(asked, Http404()).content.decode())[0] for _ in range(2))  # type: ignore[index]
    assert first == second


def test_a_visitor_who_reads_is_sent_to_sign_in(asked: HttpRequest, settings: LazySettings) -> None:
    settings.LOGIN_URL = "/sign-in/"
    answer = views.forbidden(asked, SignInFirst())
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=/somewhere/"


def test_a_refusal_offers_the_ways_out_that_the_account_has(asked: HttpRequest) -> None:
    asked.actor = in_post(RoleCode.WORKER, "1503")  # type: ignore[attr-defined]
    page = views.forbidden(asked, PermissionDenied()).content.decode()
    ways = re.findall(r'<a href="([^"]+)" class="c-button', page)
    assert ways == ["/accounts/act-as/", "/"]


def test_a_part_of_a_page_is_refused_in_a_part(asked: HttpRequest) -> None:
    asked.META["HTTP_HX_REQUEST"] = "true"
    for door, error in (
        (views.missing, Http404()),
        (views.forbidden, PermissionDenied()),
        (views.bad_request, SuspiciousOperation()),
    ):
        page = door(asked, error).content.decode()
        assert "<html" not in page
        assert 'class="c-notice c-notice--act"' in page


def test_a_form_that_was_open_too_long_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post("/ui/large/", {"on": "1"})
    assert answer.status_code == 302  # a preference of this browser needs no token
    request = RequestFactory().post("/cases/report/")
    assert views.forged(request, "CSRF token missing").status_code == 403


def test_our_own_fault_needs_no_database_no_session_and_no_navigation(
    rf: RequestFactory, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    request = rf.get("/somewhere/")
    request.COOKIES[LARGE_COOKIE] = "1"
    with structlog.testing.capture_logs() as logs, django_assert_num_queries(0):
        answer = views.failed(request)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert 'data-mode="large"' in page
    assert NUMBER.search(page)[0] == logs[0]["error_number"]  # type: ignore[index]
    assert logs[0]["log_level"] == "error"


def test_the_page_of_our_own_fault_renders_without_any_context() -> None:
    assert "<h1" in render_to_string("500.html")


@pytest.mark.django_db
def test_a_program_that_goes_astray_is_told_in_json() -> None:
    answer = Client().get("/api/nowhere/at/all")
    assert (answer.status_code, list(answer.json())) == (404, ["detail"])
