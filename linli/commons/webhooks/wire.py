"""The one way in which the house calls a partner's address: no redirects, no proxies, no inner networks, ten seconds in all.

The address is resolved once, judged, and that very address is called: a name that changes its mind in between gains nothing.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from linli.ground.places.queries import city

TIMEOUT = 10.0
IN_ADDRESSES = "/?%:@!$&'()*+,;=~-._[]"
LOCAL = ("localhost", "127.0.0.1")
LOOPBACK = ("127.0.0.0/8", "::1/128")
TUNNELS = tuple(ipaddress.ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""NAT64, 6to4 and Teredo carry an IPv4 address inside and could lead back into an inner network."""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Fault(Exception):
    """The partner was not reached; the code says why."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """What came of a call: the fault's code (empty for success), and whether the partner is there at all."""

    fault: str
    there: bool


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send a body and say what came of it; only a 2xx answer is a success. Never raises for what a partner does."""
    try:
        status = _call(url, body, headers)
    except Fault as fault:
        return Answer(fault.code, there=False)
    if http.client.OK <= status < http.client.MULTIPLE_CHOICES:
        return Answer("", there=True)
    busy = status == http.client.TOO_MANY_REQUESTS or status >= http.client.INTERNAL_SERVER_ERROR
    return Answer(f"http_{status}", there=not busy)


def checked(url: str) -> str:
    """Return an address that a partner may be called at; raises ValidationError. Where its name leads is judged at every call."""
    at = urlsplit(url)
    if not _has_port(at):
        raise ValidationError(_("The address has a port that does not exist."), code="port")
    if at.username or at.password:
        raise ValidationError(_("The address must not hold a user name or a password."), code="credentials")
    if (inner := _literal(at.hostname or "")) and not _open(inner):
        raise ValidationError(_("The address leads into an inner network."), code="inner")
    if at.scheme == "https" or (at.scheme == "http" and at.hostname in LOCAL and _is_demo()):
        return url
    raise ValidationError(_("The address must begin with https://."), code="https")


def _has_port(at: SplitResult) -> bool:
    try:
        return at.port != 0
    except ValueError:
        return False


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def judged(host: str, port: int) -> str:
    """Return an address of the host that may be called; raises Fault where any of its addresses lies in an inner network."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Fault("unknown_host") from error
    addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    if not all(_open(one) for one in addresses):
        raise Fault("inner_address")
    return str(addresses[0])


def _open(address: Address) -> bool:
    """Say whether the address may be called from here."""
    plain: Address = getattr(address, "ipv4_mapped", None) or address
    allowed = [*settings.WEBHOOK_PRIVATE, *(LOOPBACK if _is_demo() else ())]
    if any(plain in ipaddress.ip_network(one) for one in allowed):
        return True
    return plain.is_global and not plain.is_multicast and not any(plain in one for one in TUNNELS)


def _is_demo() -> bool:
    opened = city()
    return opened is not None and opened.is_demo


def _call(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    at = urlsplit(url)
    secure = at.scheme == "https"
    host, port = at.hostname or "", at.port or (443 if secure else 80)
    address = judged(host, port)
    caller = (_Secure if secure else _Plain)(host, port, timeout=TIMEOUT)
    caller.address = address
    watch = threading.Timer(TIMEOUT, _hang_up, [caller])
    watch.daemon = True
    watch.start()
    try:
        path = quote((at.path or "/") + (f"?{at.query}" if at.query else ""), safe=IN_ADDRESSES)
        caller.request("POST", path, body=body, headers=dict(headers))
        return caller.getresponse().status
    except ssl.SSLCertVerificationError as error:
        raise Fault("tls") from error
    except ssl.SSLError as error:
        raise Fault("timeout" if caller.hung_up else "no_tls") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        late = caller.hung_up or isinstance(error, TimeoutError)
        raise Fault("timeout" if late else "connection") from error
    finally:
        watch.cancel()
        caller.close()


class _Plain(http.client.HTTPConnection):
    """A connection to the judged address."""

    address = ""
    hung_up = False

    def connect(self) -> None:
        """Call the judged address, not the name."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _Secure(http.client.HTTPSConnection):
    """A TLS connection to the judged address, under the partner's name."""

    address = ""
    hung_up = False

    def connect(self) -> None:
        """Call the judged address; the certificate must be the name's."""
        plain = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _hang_up(caller: _Plain | _Secure) -> None:
    """End a call in which the partner answers a byte at a time."""
    caller.hung_up = True
    if caller.sock is not None:
        try:
            caller.sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # the other end was quicker
            return
