"""The bearer token at the API's door. A signed-in browser may use the API as well, under the CSRF check."""

from typing import Final, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from ninja.security import APIKeyCookie, HttpBearer

from linli.ground.database.prepared import Prepared
from linli.ground.database.standing import take_note, with_notes

from .actors import Actor, Request, actor_of
from .models import ApiToken, digest_of

_LIVE: Final = Prepared(lambda digest: with_notes(ApiToken.objects.live().filter(digest=digest)), digest="a digest")


_opened: set[str] = set()
"""The digests of the tokens that have opened the door to this process."""


def actor_by(token: str) -> Actor | None:
    """Return who acts by a token: the holder of its post, as long as that is held; None for an unknown, revoked or ended one."""
    digest = digest_of(token)
    found = _LIVE.first(digest=digest)
    if found is None:
        return None
    take_note(found)
    actor: Actor | None = import_string(settings.POST_RESOLVER)(found.post)
    if actor:
        _opened.add(digest)
    return actor


def opener_of(token: str) -> str:
    """Return the digest of a token that has opened the door to this process before, though it may have ended; empty for any other."""
    digest = digest_of(token)
    return digest if digest in _opened else ""


def bearer_of(request: HttpRequest) -> str:
    """Return the token that a program shows, empty for none."""
    kind, _blank, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""


class Bearer(HttpBearer):
    """`Authorization: Bearer linli_…`: the program acts in the token's post while that post is held."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return the actor of the token, None (401) for an unknown, revoked or ended one."""
        actor = actor_by(token)
        if actor:
            cast("Request", request).actor = actor
        return actor


class Session(APIKeyCookie):
    """A signed-in browser, or a visitor whose phone is proven."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:  # noqa: ARG002 (ninja's word)
        """Return the actor of the session."""
        actor = actor_of(request)
        return actor if actor.ref or actor.contact else None


WHO = [Bearer(), Session(csrf=True)]
