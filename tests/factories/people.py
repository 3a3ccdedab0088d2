"""People who act: somebody in a post without a row, and a browser in which somebody has signed in."""

from django.http import HttpRequest
from django.test import Client

from linli.ground.authority.actors import VISITOR, Actor, Person, PostHeld
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.database.sessions import BACKEND
from linli.ground.people.models import Account
from linli.ground.people.sessions import SEEN, STRONG


def in_post(role: RoleCode, place_path: str, *, body: int = 0, person: int | None = None, number: int = 9) -> Person:
    """Somebody who holds a post over a place; enough for rules and scopes, which ask no rows."""
    held = PostHeld(f"organisations.holding:{number}", role, body, place_path, "办公室 · 岗位")
    return Person(ref=f"people.account:{number}", name="王某", person=person, post=held)


ACTS = "linli.test.actor"
RESOLVER = f"{__name__}.acting"


def acting(request: HttpRequest) -> Actor:
    """ACTOR_RESOLVER of tests whose people have posts without rows: whoever acts in the browser that asks."""
    actor: Actor = request.META.get(ACTS, VISITOR)
    return actor


def browser_of(actor: Actor) -> Client:
    """A browser in which somebody acts; the test sets ACTOR_RESOLVER to RESOLVER."""
    client = Client(**{ACTS: actor})
    client.cookies["sessionid"] = "x"  # programs of the pages are known by their session
    return client


def sign_in(browser: Client, account: Account, *, strong: bool = True) -> Client:
    """Sign in, with two factors as staff do, or with one as residents do."""
    browser.force_login(account, backend=BACKEND)
    session = browser.session
    session[STRONG], session[SEEN] = strong, int(clock.now().timestamp())
    session.save()
    return browser
