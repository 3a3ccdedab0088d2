"""What a visitor has typed, kept on the server, encrypted, while a code is on its way to their phone; under what their forms are sent."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, QueryDict

from linli.ground.core import clock
from linli.ground.core.codes import new_code
from linli.ground.core.crypto import decrypt, encrypt

KEPT: Final = "typed"
PURPOSE: Final = "session.typed"
LASTS: Final = 1800  # seconds
SENDING: Final = "sending"
TOGETHER: Final = timedelta(minutes=15)
UNKEPT: Final = ("csrfmiddlewaretoken",)


def sending_of(request: HttpRequest) -> str:
    """Return what this browser's forms are sent under for some minutes: pressed twice, or again after going back, they bring one thing."""
    code, until = request.session.get(SENDING, ("", 0))
    if until < clock.now().timestamp():
        code = new_code()
        request.session[SENDING] = (code, (clock.now() + TOGETHER).timestamp())
    return str(code)


def keep(request: HttpRequest, form: str, typed: QueryDict) -> None:
    """Keep what was typed in a form of this visitor for half an hour, in place of what was kept of it before."""
    kept = typed.copy()
    for name in UNKEPT:
        kept.pop(name, None)
    until = int(clock.now().timestamp()) + LASTS
    request.session[f"{KEPT}.{form}"] = [encrypt(kept.urlencode(), PURPOSE), until]


def kept_of(request: HttpRequest, form: str) -> QueryDict | None:
    """Return what is kept of a form of this visitor; None for nothing, or not any more."""
    text, until = request.session.get(f"{KEPT}.{form}", ("", 0))
    return QueryDict(decrypt(text, PURPOSE)) if until > clock.now().timestamp() else None


def drop(request: HttpRequest, form: str) -> None:
    """Let go of what was kept: it has been taken in."""
    request.session.pop(f"{KEPT}.{form}", None)
