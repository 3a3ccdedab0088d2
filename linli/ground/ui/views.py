"""Large print, language, the gallery, and the pages that say why something cannot be shown."""

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Final
from urllib.parse import urlencode, urlsplit

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from linli.ground.authority.actors import VISITOR
from linli.ground.authority.doors import NeedsPost, SignInFirst, public, to_sign_in
from linli.ground.authority.roles import RoleCode
from linli.ground.core.clock import today
from linli.ground.core.lifecycle import Conflict, Refused

from .context import LARGE_COOKIE, Shell
from .gallery import showcase
from .navigation import Area, lines
from .page_facts import post_facts

YEAR = 365 * 24 * 60 * 60
SECRET: Final = {"csrfmiddlewaretoken", "username", "password", "old", "new", "again", "code"}
"""Names of fields whose value is never shown again."""
WORDS: Final = re.compile(r"\s|[^\x00-\x7f]")
"""What tells a typed sentence from a choice, a number or a key of the form's own."""
log = structlog.get_logger(__name__)


@public
@csrf_exempt  # it changes a preference of this browser and nothing in the city; so the shells need no token and set no cookie
@require_POST
def large(request: HttpRequest) -> HttpResponse:
    """Turn large print (长者模式) on or off for a year and return to the same page."""
    answer = HttpResponseRedirect(_back(request))
    if request.POST.get("on") == "1":
        answer.set_cookie(LARGE_COOKIE, "1", max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS)
    else:
        answer.delete_cookie(LARGE_COOKIE, samesite="Lax")
    return answer


@public
@csrf_exempt  # as above
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language for a year and return to the same page."""
    answer = HttpResponseRedirect(_back(request))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES) and check_for_language(wanted):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
    return answer


@public
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return render(request, "ui/gallery.html", showcase())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the address or the form cannot be read (400)."""
    return _refuse(request, 400, type(exception).__name__)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this page needs another post (403); a visitor who reads is sent to sign in, one who has typed is shown the text first."""
    if not isinstance(exception, SignInFirst):
        return _refuse(request, 403, type(exception).__name__, "", **_posts(request, exception))
    if request.method != "GET" or _is_part(request):
        return _sign_in_first(request, type(exception).__name__, _typed(request))
    return to_sign_in(request.get_full_path())


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form is too old to be trusted (403, a missing or wrong CSRF token); all cookies gone, a session has ended too."""
    door, reader, came_from = request.resolver_match, Shell(request).actor, _our_page(request)
    typed = _typed(request) if came_from else []  # another site's words are not shown as the reader's own
    if getattr(door and door.func, "rule", "public") != "public" and not (reader.ref or reader.contact):
        return _sign_in_first(request, f"csrf: {reason}", typed)
    return _refuse(request, 403, f"csrf: {reason}", page="ui/csrf.html", up=came_from, typed=typed)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django passes it; its text may name what exists)
    """Say that there is no such page, or none for this person (404)."""
    return _refuse(request, 404, "missing", ways=_proofs(request))


class OvertakenMiddleware:
    """Answer 409 where a step comes too late: somebody was first, or the status does not allow it any more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next door."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say how it stands instead of failing; the door's own answer, where it has one, came before."""
        if isinstance(exception, Conflict | Refused):
            return _refuse(request, 409, type(exception).__name__)
        return None


class ButtonOnlyMiddleware:
    """Answer in words where somebody opens an address that only a button may use (405), and show the page it belongs to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next door."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; programs get the bare answer."""
        answer = self.get_response(request)
        if answer.status_code != 405 or request.method != "GET" or request.path.startswith("/api/"):  # noqa: PLR2004 (HTTP's own number)
            return answer
        up = _above(request.path)
        if up and _our_page(
            request
        ):  # print size, language or sign-in led back to a form that had come back with errors
            return HttpResponseRedirect(up)
        page = _refuse(request, 405, "button only", up=up)
        page["Allow"] = answer["Allow"]
        return page


def failed(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault (500), without database, session or navigation: any of them may be what failed."""
    number = _number(request, 500, "failed")
    facts = {"number": number, "shell": {"large": request.COOKIES.get(LARGE_COOKIE) == "1"}}
    return HttpResponse(render_to_string("500.html", facts), status=500)


def _sign_in_first(request: HttpRequest, why: str, typed: list[str]) -> HttpResponse:
    """Show what was typed, and the ways in that lead back to the page on which it was typed."""
    sign_in = to_sign_in(_our_page(request) or request.path).url
    facts = {"sign_in": sign_in, "shell": Shell(request, stay=sign_in), "ways": _proofs(request), "typed": typed}
    return _refuse(request, 403, why, page="ui/sign_in_first.html", **facts)


def _proofs(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the other ways to prove that the thing of this address is one's own: addresses and their words."""
    door = request.resolver_match
    return [
        (f"{line.url}?{urlencode(door.kwargs)}", line.label)
        for line in lines(Area.PROOF, VISITOR, request.path, {})
        if door and door.kwargs and line.url.split("/")[1] == request.path.split("/")[1]
    ]


def _posts(request: HttpRequest, exception: Exception) -> dict[str, object]:
    """Return which post would open the door, those that the reader holds, and who fills it; nothing of the thing itself."""
    if not isinstance(exception, NeedsPost) or request.path.startswith("/api/"):
        return {}
    actor, roles = exception.actor, exception.roles
    known = post_facts(actor, roles)
    others = [one for one in known.held if one.ref != actor.post_ref]
    return {
        "needed": [code.label for code in roles] if len(roles) < len(RoleCode) else [],
        "any_post": len(roles) == len(RoleCode),
        "is_elsewhere": bool(actor.post and actor.post.role in roles),
        "others": others,
        "fitting": [one for one in others if one.role in roles],
        "posts": known,
    }


def _typed(request: HttpRequest) -> list[str]:
    """Return the sentences that somebody has typed, in the order of the form; no secrets."""
    sent = [(name, text.strip()) for name, texts in request.POST.lists() for text in texts]
    return [text for name, text in sent if name not in SECRET and WORDS.search(text)]


def _our_page(request: HttpRequest) -> str:
    """Return the address of the page of ours from which this request was sent, else nothing."""
    sender = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(sender, {request.get_host()}):
        return ""
    return urlsplit(sender)._replace(scheme="", netloc="", fragment="").geturl()


def _refuse(request: HttpRequest, status: int, why: str, page: str = "", **more: object) -> HttpResponse:
    facts = {"number": _number(request, status, why), "status": status, **more}
    if request.path.startswith("/api/"):  # programs read no pages
        words = {400: _("The request is malformed."), 404: _("There is nothing here that you may see.")}
        detail = words.get(status) or _("Your post does not allow this.")
        return JsonResponse({"detail": detail}, status=status, json_dumps_params={"ensure_ascii": False})
    template = "ui/refusal_part.html" if _is_part(request) else page or f"{status}.html"
    return render(request, template, facts, status=status)


def _above(path: str) -> str:
    """Return the nearest address above this one that exists; nothing where that is the front page."""
    while True:  # the front page exists
        path = path.rstrip("/").rpartition("/")[0] + "/"
        with suppress(Resolver404):
            resolve(path)
            return "" if path == "/" else path


def _is_part(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part of a page; boosted links take whole pages."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def _number(request: HttpRequest, status: int, why: str) -> str:
    """Return the number that a person can read out (`E-0918-4F2A`) and log it beside the request's own id."""
    request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
    mark = hashlib.sha256((request_id or f"{request.path}{id(request)}").encode()).hexdigest()[:4].upper()
    number = f"E-{today():%m%d}-{mark}"
    level = log.error if status >= 500 else log.info  # noqa: PLR2004 (HTTP's own border)
    level("refused", error_number=number, status=status, why=why)
    return number


def _back(request: HttpRequest) -> str:
    """Return the page the person came from, if it is one of ours, else the front page."""
    wanted = request.POST.get("next", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else "/"
