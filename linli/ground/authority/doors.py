"""The guard on every door. A view or an API operation is `public` or `guarded` by a rule; an architecture test finds any that is neither.

    @guarded(may_close, thing=Case)            # /cases/<reference>/close/
    def close(request: HttpRequest, case: Case) -> HttpResponse: ...

The thing is loaded from `Case.objects.visible_to(actor)`: what the actor may not see is a 404, what they may not do is a 403.
A stranger who sends a form about a thing is asked to sign in before it is looked for: mostly a session has ended while somebody typed, and
the answer is the same for every key, so it tells nobody what exists.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any, Final, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url
from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field

from linli.ground.database.prepared import Prepared

from .actors import Actor, Marks, Person, PostHeld, System, actor_of, marked
from .roles import ROLES, RoleCode


class Fault(Schema):
    """Why it was refused."""

    detail: str


class Seen(Schema):
    """A step made from the version that the caller has seen."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class Out(BaseModel):
    """What an operation answers, read straight off the things; ninja's own Schema takes three times as long over each attribute."""

    model_config = ConfigDict(from_attributes=True)


FAULTS: Final = {400: Fault, 401: Fault, 403: Fault, 404: Fault}
"""What an operation of the API answers where it cannot be asked so, or not by this caller."""
V = TypeVar("V", bound=Callable[..., Any])
Rule = Callable[..., bool]


class SignInFirst(PermissionDenied):
    """A visitor stands before a door that opens to people who have signed in."""


class NeedsPost(PermissionDenied):
    """Somebody who has signed in stands before a door that opens to other posts; says which roles it opens to."""

    def __init__(self, rule: Rule, actor: Actor, *things: Model) -> None:
        """Keep what was asked, under the rule's name."""
        super().__init__(getattr(rule, "__name__", ""))
        self.rule, self.actor, self.things = rule, actor, things

    @property
    def roles(self) -> list[RoleCode]:
        """The roles that open it: the rule is asked with the same person in an imagined post of each, here and over the country."""
        own = self.actor.post
        seats = [(own.body, own.place_path)] if own else []
        return [code for code in ROLES if any(self._opens(code, *seat) for seat in (*seats, (0, "")))]

    def _opens(self, role: RoleCode, body: int, place_path: str) -> bool:
        post = PostHeld("", role, body, place_path, "")
        return self.rule(Person(ref=self.actor.ref, person=self.actor.person, post=post), *self.things)


def public(view: V) -> V:
    """Open a door to everybody."""
    view.rule = "public"  # type: ignore[attr-defined]
    return view


def guarded(
    rule: Rule, *, thing: type[Model] | None = None, by: str = "reference"
) -> Callable[[V], Callable[..., Any]]:
    """Open a door to actors for whom the rule holds; with `thing`, load it by the address's `by` field among what the actor may see.

    The view then takes the thing in place of the key. Rules are `may_x(actor)` or `may_x(actor, thing)`.
    """

    def decorate(view: V) -> Callable[..., Any]:
        @functools.wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            actor = actor_of(request)
            if thing and request.method == "POST" and not (actor.ref or actor.contact):
                raise SignInFirst
            found = [load(thing, actor, **{by: kwargs.pop(by)})] if thing else []
            check(rule, actor, *found)
            return view(request, *found, *args, **kwargs)

        wrapper.rule = rule  # type: ignore[attr-defined]
        if thing:
            wrapper.__signature__ = _with_key(view, thing, by)  # type: ignore[attr-defined]
        return wrapper

    return decorate


def load(thing: type[Model], actor: Actor, **key: Any) -> Model:
    """Return the thing if the actor may see it, else raise Http404.

    Where a model says `is_scope_worded`, its scope is worded once for all actors of a kind (`marked`): a thing that is looked at all day.
    """
    manager: Any = thing._default_manager
    if not getattr(thing, "is_scope_worded", False):
        return get_object_or_404(cast("QuerySet[Model]", manager.visible_to(actor)), **key)
    someone, marks, values = marked(actor)
    (by,) = key
    found = _one_visible(thing, someone, by, marks).first(key=key[by], **values)
    if found is None:
        raise Http404
    return found


@functools.cache
def _one_visible(thing: type[Model], someone: Person | System, by: str, marks: Marks) -> Prepared[Model]:
    """Word the scope of a kind of actor for one thing, found by its key."""
    key = -1104 if isinstance(_key_field(thing, by), IntegerField) else "~key"
    manager: Any = thing._default_manager
    found = Prepared(
        lambda key, **_marks: manager.visible_to(someone).filter(**{by: key}),
        may_miss=dict(marks),
        key=key,
        **dict(marks),
    )
    return cast("Prepared[Model]", found)


def check(rule: Rule, actor: Actor, *things: Model) -> None:
    """Raise NeedsPost unless the rule holds; SignInFirst where signing in may change that."""
    if rule(actor, *things):
        return
    if not actor.ref:
        raise SignInFirst
    raise NeedsPost(rule, actor, *things)


def to_sign_in(onward: str) -> HttpResponseRedirect:
    """Send a visitor to the sign-in page and from there on to this address of ours."""
    return redirect_to_login(onward, resolve_url(settings.LOGIN_URL))


def _key_field(thing: type[Model], by: str) -> Any:
    return thing._meta.pk if by == "pk" else thing._meta.get_field(by)


def _with_key(view: Callable[..., Any], thing: type[Model], by: str) -> inspect.Signature:
    """Return the view's signature as the router must see it: the key of the address in place of the thing."""
    signature = inspect.signature(view)
    kind = int if isinstance(_key_field(thing, by), IntegerField) else str
    first, _loaded, *rest = signature.parameters.values()
    key = inspect.Parameter(by, inspect.Parameter.KEYWORD_ONLY, annotation=kind)
    keyword_only = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in rest]
    return signature.replace(parameters=[first, key, *keyword_only])
