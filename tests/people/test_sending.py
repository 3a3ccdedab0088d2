"""Codes on their way: the job, the console of a demo city, the signed call of a real one; the commands; the identity provider."""

import io
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.urls import reverse

from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.people import actions, oidc, queries, sessions, sms, tasks
from linli.ground.people.models import PhoneCode, Purpose

from .town import Town, build

PHONE = "13900000001"


class Gateway(BaseHTTPRequestHandler):
    """A text message gateway that keeps what it is given."""

    got: ClassVar[list[tuple[dict[str, str], bytes]]] = []
    answer = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.got.append((dict(self.headers), body))
        self.send_response(self.answer)
        if 300 <= self.answer < 400:
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.end_headers()

    def do_GET(self) -> None:
        """Take how a 302 would be followed."""
        self.do_POST()

    def log_message(self, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def gateway(settings: Any) -> Iterator[type[Gateway]]:
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_SECRET, settings.SMS_SENDER = "secret", "linli.ground.people.sms.signed_http"
    Gateway.got, Gateway.answer = [], 200
    yield Gateway
    server.shutdown()
    server.server_close()


def send() -> PhoneCode:
    return actions.send_code(phone=PHONE, purpose=Purpose.SIGN_IN)


def test_a_demo_city_keeps_the_code_for_last_code(town: Town) -> None:
    sent = send()
    tasks.send_code(code=sent.pk)
    out = io.StringIO()
    call_command("last_code", "139 0000 0001", stdout=out)
    assert out.getvalue().strip() == sent.message.split()[1] == queries.last_code(PHONE)


def test_last_code_says_what_is_wrong(town: Town) -> None:
    for phone, says in ((PHONE, "no code has been sent to this phone"), ("139", "short by 8")):
        with pytest.raises(CommandError, match=says):
            call_command("last_code", phone)


@pytest.mark.django_db
def test_a_real_city_never_shows_codes() -> None:
    build(is_demo=False)
    sent = send()
    with pytest.raises(CommandError, match="only a demo city"):
        call_command("last_code", PHONE)
    with pytest.raises(sms.NotSent):
        tasks.send_code(code=sent.pk)


@pytest.mark.django_db
def test_the_gateway_gets_a_signed_call_and_the_code_is_forgotten(gateway: type[Gateway]) -> None:
    build(is_demo=False)
    sent = send()
    code = sent.message.split()[1]
    tasks.send_code(code=sent.pk)
    tasks.send_code(code=sent.pk)
    [(headers, body)] = gateway.got
    said = json.loads(body)
    assert (said["phone"], code in said["text"], said["key"]) == (PHONE, True, f"people.phonecode:{sent.pk}")
    signature = sms.signature(headers["X-Linli-Timestamp"], headers["X-Linli-Nonce"], body)
    assert (headers["X-Linli-Signature"], len(signature)) == (signature, 64)
    assert (PhoneCode.objects.get().message, queries.last_code(PHONE)) == ("", None)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [202, 302, 307, 400, 503])
def test_only_2xx_means_sent_and_a_redirect_is_not_followed(gateway: type[Gateway], answer: int) -> None:
    gateway.answer = answer
    try:
        sms.send(PHONE, "您好", "key:1")
    except sms.NotSent:
        assert answer > 299
    else:
        assert answer == 202
    assert len(gateway.got) == 1


@pytest.mark.django_db
def test_a_gateway_that_refuses_is_tried_again(gateway: type[Gateway], settings: Any) -> None:
    gateway.answer = 500
    for address in (settings.SMS_URL, "http://127.0.0.1:9/", "file:///etc/passwd"):
        settings.SMS_URL = address
        with pytest.raises(sms.NotSent):
            sms.send(PHONE, "text", "key")


@pytest.mark.django_db
def test_an_expired_code_is_not_sent_and_old_ones_are_thrown_away(gateway: type[Gateway]) -> None:
    sent = send()
    with clock.stopped_at(sent.sent_at + timedelta(minutes=5)):
        tasks.send_code(code=sent.pk)
    assert gateway.got == []
    tasks.prune_codes(timestamp=0)
    assert str(PhoneCode.objects.get()) == f"code {sent.pk}"
    with clock.stopped_at(sent.sent_at + timedelta(days=3)):
        tasks.prune_codes(timestamp=0)
    assert PhoneCode.objects.count() == 0


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [(0, "1.1.1.1", "9.9.9.9"), (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"), (2, "1.1.1.1", "9.9.9.9"), (1, "", "")],
)
def test_only_trusted_proxies_say_where_a_request_comes_from(
    settings: Any, proxies: int, forwarded: str, address: str
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9", HTTP_X_FORWARDED_FOR=forwarded)
    assert sessions.address_of(request) == address


def vouched(browser: Client, **said: object) -> ImmediateHttpResponse:
    request = browser.get(reverse("people:sign_in")).wsgi_request
    with pytest.raises(ImmediateHttpResponse) as answer:
        oidc.Adapter().pre_social_login(request, SimpleNamespace(account=SimpleNamespace(extra_data=said)))
    answer.value.request = request
    return answer.value


def test_the_identity_provider_signs_existing_staff_in(browser: Client) -> None:
    actions.create_staff_account(username="liu", password="qu1te-long-enough", name="刘洋", by=SYSTEM)
    answer = vouched(browser, userinfo={"preferred_username": "liu"})
    assert (answer.response.url, answer.request.session["strong"]) == ("/", True)


def test_the_identity_provider_opens_no_accounts(browser: Client) -> None:
    for said in ({}, {"id_token": {"preferred_username": "ghost"}}):
        answer = vouched(browser, **said)
        assert (answer.response.url, "strong" in answer.request.session) == (reverse("people:sign_in_staff"), False)
        assert len(list(get_messages(answer.request))) == 1


def test_a_failure_at_the_identity_provider_leads_back(browser: Client) -> None:
    request = browser.get(reverse("people:sign_in")).wsgi_request
    with pytest.raises(ImmediateHttpResponse) as answer:
        oidc.Adapter().on_authentication_error(request, None, error="unknown")
    assert answer.value.response.url == reverse("people:sign_in_staff")


def test_the_identity_provider_is_off_until_it_is_set(browser: Client, settings: Any) -> None:
    doors = [reverse(f"people:{name}_oidc") for name in ("start", "finish")]
    assert [browser.get(door).status_code for door in doors] == [404, 404]
    settings.OIDC_NAME = "乌海市统一认证"
    assert "乌海市统一认证" in browser.get(reverse("people:sign_in_staff")).content.decode()
    assert browser.get(doors[1], {"state": "forged", "code": "x"}).url == reverse("people:sign_in_staff")


class Provider(BaseHTTPRequestHandler):
    """An identity provider that vouches for liu."""

    def _say(self, **said: object) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def do_GET(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known/"):
            self._say(
                issuer=here,
                authorization_endpoint=f"{here}/authorize",
                token_endpoint=f"{here}/token",
                userinfo_endpoint=f"{here}/userinfo",
                jwks_uri=f"{here}/jwks",
            )
        else:
            self._say(sub="7", preferred_username="liu")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say(access_token="t", token_type="Bearer")

    def log_message(self, *args: object) -> None:
        """Stay quiet."""


def test_staff_go_to_the_identity_provider_and_come_back_signed_in(browser: Client, settings: Any) -> None:
    actions.create_staff_account(username="liu", password="qu1te-long-enough", name="刘洋", by=SYSTEM)
    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {"provider_id": "city", "name": "x", "client_id": "linli", "secret": "s"}
    app["settings"] = {"server_url": f"http://127.0.0.1:{server.server_port}"}
    settings.OIDC_NAME, settings.SOCIALACCOUNT_PROVIDERS = (
        "x",
        {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APP": app}},
    )
    away = browser.get(reverse("people:start_oidc"), {"next": "/desk/"})
    asked = parse_qs(urlsplit(away.url).query)
    assert asked["redirect_uri"] == ["http://testserver" + reverse("people:finish_oidc")]
    back = browser.get(reverse("people:finish_oidc"), {"state": asked["state"][0], "code": "c"})
    server.shutdown()
    server.server_close()
    assert (back.url, browser.session["strong"]) == ("/desk/", True)
    assert browser.get(reverse("people:start_oidc")).url == reverse("people:sign_in_staff")
