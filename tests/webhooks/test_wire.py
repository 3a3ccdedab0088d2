"""No partner's address leads into the house, whatever it says it is."""

import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.exceptions import ValidationError
from notices.town import Wuhai

from linli.commons.webhooks import wire

from .partner import Partner

INNER = [
    "127.0.0.1",
    "10.0.0.8",
    "172.16.3.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "[::1]",
    "[fe80::1]",
    "[fd00::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.8]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "2130706433",
    "0x7f000001",
    "localhost",
]


def answer_of(url: str) -> wire.Answer:
    return wire.post(url, b"{}", {})


@pytest.mark.parametrize("host", INNER)
def test_a_real_city_never_calls_an_inner_address(real_wuhai: Wuhai, host: str) -> None:
    assert answer_of(f"https://{host}:1/x") == wire.Answer("inner_address", there=False)


@pytest.mark.parametrize("host", ["10.0.0.8", "169.254.169.254", "[fd00::1]"])
def test_a_demonstration_reaches_this_machine_and_nothing_else_inside(wuhai: Wuhai, host: str) -> None:
    assert answer_of(f"https://{host}:1/x").fault == "inner_address"


def test_a_name_with_one_inner_address_among_others_is_refused(
    real_wuhai: Wuhai, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("8.8.8.8", "10.0.0.8")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    assert answer_of("https://partner.example/").fault == "inner_address"
    found.pop()
    assert wire.judged("partner.example", 443) == "8.8.8.8"


def test_an_inner_network_that_the_operator_lists_may_be_called(
    real_wuhai: Wuhai, settings: pytest.FixtureRequest, partner: Partner
) -> None:
    settings.WEBHOOK_PRIVATE = ["127.0.0.0/8"]
    assert answer_of(partner.url) == wire.Answer("", there=True)
    assert answer_of("https://10.0.0.8:1/").fault == "inner_address"


def test_a_name_that_nobody_knows_is_a_fault(real_wuhai: Wuhai) -> None:
    assert answer_of("https://nobody.invalid/") == wire.Answer("unknown_host", there=False)
    assert answer_of("https://" + "a" * 70 + ".example/") == wire.Answer("unknown_host", there=False)


def test_a_redirect_is_not_followed(wuhai: Wuhai, partner: Partner) -> None:
    partner.answers = [302]
    assert answer_of(partner.url) == wire.Answer("http_302", there=True)
    assert len(partner.heard) == 1


@pytest.mark.parametrize(
    ("status", "there"),
    [
        (200, True),
        (202, True),
        (299, True),
        (300, True),
        (404, True),
        (410, True),
        (429, False),
        (500, False),
        (503, False),
    ],
)
def test_what_an_answer_means(wuhai: Wuhai, partner: Partner, status: int, there: bool) -> None:
    partner.answers = [status]
    assert answer_of(partner.url) == wire.Answer("" if status < 300 else f"http_{status}", there=there)


def test_the_question_of_an_address_is_kept_and_chinese_characters_are_quoted(wuhai: Wuhai, partner: Partner) -> None:
    assert answer_of(partner.url.removesuffix("/linli/") + "?key=1") == wire.Answer("", there=True)
    assert answer_of(partner.url + "接口?社区=湖东") == wire.Answer("", there=True)


@pytest.fixture
def listener() -> Iterator[Callable[[Callable[[socket.socket], None]], int]]:
    """A server that does with a connection what it is told."""
    server = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def listen(handle: Callable[[socket.socket], None]) -> int:
        def serve() -> None:
            connection, _address = server.accept()
            with connection:
                handle(connection)

        threads.append(threading.Thread(target=serve))
        threads[-1].start()
        return int(server.getsockname()[1])

    yield listen
    for thread in threads:
        thread.join()
    server.close()


def test_a_partner_that_says_nothing_is_given_up(
    wuhai: Wuhai, listener: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "TIMEOUT", 0.2)
    port = listener(lambda connection: time.sleep(0.5))
    assert answer_of(f"http://localhost:{port}/") == wire.Answer("timeout", there=False)


def test_a_partner_that_answers_a_byte_at_a_time_is_given_up(
    wuhai: Wuhai, listener: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "TIMEOUT", 0.3)

    def drip(connection: socket.socket) -> None:
        try:
            for byte in b"HTTP/1.1 200 OK\r\nX-Slow: 0123456789":
                connection.send(bytes([byte]))
                time.sleep(0.05)
        except OSError:
            return

    started = time.monotonic()
    assert answer_of(f"http://localhost:{listener(drip)}/") == wire.Answer("timeout", there=False)
    assert time.monotonic() - started < 1


def test_a_partner_that_speaks_nonsense_is_a_fault(wuhai: Wuhai, listener: Callable[..., int]) -> None:
    port = listener(lambda connection: connection.sendall(b"SSH-2.0-OpenSSH\r\n\r\n"))
    assert answer_of(f"http://localhost:{port}/") == wire.Answer("connection", there=False)


def test_hanging_up_twice_or_before_the_call_does_no_harm() -> None:
    caller = wire._Plain("localhost", 1)
    wire._hang_up(caller)
    caller.sock = socket.socket()
    wire._hang_up(caller)
    caller.sock.close()
    assert caller.hung_up


def certificate(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def test_tls_needs_a_certificate_that_holds(
    wuhai: Wuhai, listener: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = certificate(tmp_path)

    def serve(connection: socket.socket) -> None:
        try:
            with context.wrap_socket(connection, server_side=True) as safe:
                heard = b""
                while not heard.endswith(b"{}"):
                    heard += safe.recv(65536)
                safe.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
        except ssl.SSLError:
            return

    assert answer_of(f"https://localhost:{listener(serve)}/") == wire.Answer("tls", there=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    assert answer_of(f"https://localhost:{listener(serve)}/") == wire.Answer("", there=True)


def test_a_server_that_speaks_no_tls_is_not_said_to_have_a_bad_certificate(
    wuhai: Wuhai, listener: Callable[..., int], partner: Partner
) -> None:
    assert answer_of(partner.url.replace("http://", "https://")) == wire.Answer("no_tls", there=False)
    port = listener(lambda connection: connection.sendall(b"SSH-2.0-OpenSSH\r\n\r\n"))
    assert answer_of(f"https://localhost:{port}/") == wire.Answer("no_tls", there=False)


def test_addresses_that_an_administrator_may_write_down(wuhai: Wuhai) -> None:
    for good in ("https://partner.example/hook?x=1", "http://localhost:8001/", "http://127.0.0.1/"):
        assert wire.checked(good) == good
    for bad in (
        "http://partner.example/",
        "https://user:word@partner.example/",
        "https://user@partner.example/",
        "ftp://localhost/",
        "https://partner.example:99999/",
    ):
        with pytest.raises(ValidationError):
            wire.checked(bad)


def test_a_real_city_takes_https_only(real_wuhai: Wuhai) -> None:
    assert wire.checked("https://partner.example/") == "https://partner.example/"
    with pytest.raises(ValidationError):
        wire.checked("http://localhost:8001/")
