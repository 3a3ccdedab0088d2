"""Sessions: who signed in how, and when an idle session ends. Staff 30 minutes (等保 GB/T 22239), residents 30 days."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string

from linli.ground.authority.actors import Actor, Person
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.crypto import decrypt, encrypt
from linli.ground.core.registry import ref
from linli.ground.database.sessions import BACKEND
from linli.ground.ui import navigation

from . import identity
from .models import Account, SecondFactor

STAFF_IDLE: Final = 1800  # seconds
TOUCH_STAFF, TOUCH_RESIDENT = 60, 86400  # a session is written at most this often
STRONG: Final = "strong"
CONTACT: Final = "contact"
SEEN: Final = "seen"
PHONE, NEXT, HALF = "phone", "next", "halfway"
HALF_LIFE: Final = 600  # seconds between password and second factor


def open_session(request: HttpRequest, account: Account, *, strong: bool) -> None:
    """Sign an account in. `strong`: two factors were shown, so posts with powers may be used; a phone code alone gives none."""
    with transaction.atomic():
        kept = {key: request.session[key] for key in (CONTACT, NEXT) if key in request.session}
        request.session.flush()
        login(request, account, backend=BACKEND)
        request.session.update(kept)
        request.session[STRONG], request.session[SEEN] = strong, int(clock.now().timestamp())
        record("people.account.sign_in", account, by=Person(ref=ref(account)), data={"strong": strong})


def close_session(request: HttpRequest) -> None:
    """Sign out and forget the proven phone."""
    account = request.user
    if isinstance(account, Account):
        record("people.account.sign_out", account, by=Person(ref=ref(account)))
    logout(request)


def ask_phone(request: HttpRequest, phone: str) -> None:
    """Remember, encrypted, the phone to which a code is on its way."""
    request.session[PHONE] = encrypt(phone, "session.phone")


def phone_of(request: HttpRequest) -> str:
    """Return the phone that this visitor has typed; empty for none."""
    kept = request.session.get(PHONE)
    return decrypt(kept, "session.phone") if kept else ""


def proven_phone(request: HttpRequest) -> str:
    """Return the phone that this visitor has proven, empty where another one was typed since."""
    phone = phone_of(request)
    return phone if phone and identity.phone_index(phone) == request.session.get(CONTACT) else ""


def remember_contact(request: HttpRequest, contact: str) -> None:
    """Remember that this browser's visitor has proven a phone; the session gets a new key."""
    request.session.cycle_key()
    request.session[CONTACT] = contact


def half_open(request: HttpRequest, account: Account) -> None:
    """Remember that the password was right; the second factor has ten minutes."""
    request.session.cycle_key()
    request.session[HALF] = [account.pk, int(clock.now().timestamp()), account.get_session_auth_hash()]


def to_second_factor(request: HttpRequest, account: Account) -> str:
    """Remember that the password was right and return the name of the page to go on to."""
    half_open(request, account)
    factor = SecondFactor.objects.filter(account=account, confirmed_at__isnull=False)
    return "people:prove_second_factor" if factor.exists() else "people:set_up_second_factor"


def is_voided(account: Account) -> bool:
    """Whether the second factor was reset: then the password alone leads nowhere, only the administrator's link does."""
    return SecondFactor.objects.filter(account=account, voided_at__isnull=False).exists()


def half_opened(request: HttpRequest) -> Account | None:
    """Return the account whose password was right a moment ago."""
    key, at, proof = request.session.get(HALF) or (0, 0, "")
    if int(clock.now().timestamp()) - at > HALF_LIFE:
        return None
    account = Account.objects.filter(pk=key, is_active=True).first()
    return account if account and account.get_session_auth_hash() == proof else None


def remember_next(request: HttpRequest) -> None:
    """Remember where the person wanted to go, if that is in this city."""
    wanted = request.GET.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        request.session[NEXT] = wanted


def next_of(request: HttpRequest, fallback: str = "/") -> str:
    """Return where the person wanted to go, once."""
    return str(request.session.pop(NEXT, fallback))


def home_of(request: HttpRequest) -> str:
    """Return where somebody who is signed in begins: at the desk whoever acts in a post, on the city's home page everybody else."""
    actor: Actor = import_string(settings.ACTOR_RESOLVER)(request)  # the request's own may stem from before the sign-in
    desk = navigation.lines(navigation.Area.DESK, actor, "", {}) if actor.post else []
    return desk[0].url if desk else "/"


def is_strong(request: HttpRequest) -> bool:
    """Whether this session was opened with two factors."""
    return bool(request.session.get(STRONG))


def address_of(request: HttpRequest) -> str:
    """Return the network address that asks: behind `LINLI_PROXIES` trusted proxies the one that the outermost of them saw."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    direct: str = request.META.get("REMOTE_ADDR", "")
    return forwarded[-settings.PROXIES] if 0 < settings.PROXIES <= len(forwarded) else direct


class IdleMiddleware:
    """End idle sessions; keep used ones alive without writing them at every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next door."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the session of somebody who has signed in."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            now = int(clock.now().timestamp())
            idle = now - request.session.get(SEEN, 0)
            strong = is_strong(request)
            if strong and idle > STAFF_IDLE:
                logout(request)
            elif idle > (TOUCH_STAFF if strong else TOUCH_RESIDENT):
                request.session[SEEN] = now
        return self.get_response(request)
