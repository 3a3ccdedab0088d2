"""The steps by which cases come to belong together, and the list of who supports one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.flows.cases.models import Case
from linli.flows.cases.steps import frame_of, take
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded

from . import actions, queries, rules

SEARCHED = 60
"""Characters of a search that count."""


@require_safe
@guarded(rules.may_list, thing=Case)
def list_supports(request: HttpRequest, case: Case) -> HttpResponse:
    """Show who supports a case, masked."""
    return _list(request, case, is_known=False)


@require_POST
@guarded(rules.may_unmask, thing=Case)
def unmask(request: HttpRequest, case: Case) -> HttpResponse:
    """Show who supports a case in full; who looked is on the record."""
    actions.unmask(case, by=actor_of(request))
    return _list(request, case, is_known=True)


@require_POST
@guarded(rules.may_support, thing=Case)
def support(request: HttpRequest, case: Case) -> HttpResponse:
    """Take down that somebody else needs the same."""
    return take(
        request, case, "supports:support", actions.support, _("Taken down. They are told of the news of this case.")
    )


@require_POST
@guarded(rules.may_leave, thing=Case)
def leave(request: HttpRequest, case: Case) -> HttpResponse:
    """Take one's own support back."""
    return take(request, case, "supports:leave", actions.leave, _("You support it no longer."))


@require_http_methods(["GET", "POST"])
@guarded(rules.may_merge, thing=Case)
def merge(request: HttpRequest, case: Case) -> HttpResponse:
    """Let the case be answered by another one."""
    done = _("Merged. Whoever brought or supported it has been told.")
    return take(request, case, "supports:merge", actions.merge, done, **_near(request, case))


@require_POST
@guarded(rules.may_split, thing=Case)
def split(request: HttpRequest, case: Case) -> HttpResponse:
    """Let a merged case go on by itself."""
    return take(request, case, "supports:split", actions.split, _("It goes on by itself again."))


@require_http_methods(["GET", "POST"])
@guarded(rules.may_link, thing=Case)
def link(request: HttpRequest, case: Case) -> HttpResponse:
    """Make another case a part of this one."""
    done = _("Linked. This case waits for it.")
    return take(request, case, "supports:link", actions.link, done, **_near(request, case))


@require_http_methods(["GET", "POST"])
@guarded(rules.may_unlink, thing=Case)
def unlink(request: HttpRequest, case: Case) -> HttpResponse:
    """Wait for a part no longer."""
    return take(request, case, "supports:unlink", actions.unlink, _("This case waits for it no longer."))


@require_http_methods(["GET", "POST"])
@guarded(rules.may_divide, thing=Case)
def divide(request: HttpRequest, case: Case) -> HttpResponse:
    """Give a part of the case to a body."""
    return take(request, case, "supports:divide", actions.divide, _("The part is a case of its own now."))


def _near(request: HttpRequest, case: Case) -> dict[str, object]:
    """Return what a step that names another case offers: what is near, or what was searched for."""
    searched = request.GET.get("q", "")[:SEARCHED]
    return {"cases": queries.near(case, actor_of(request), text=searched)[: queries.NEAR], "searched": searched}


def _list(request: HttpRequest, case: Case, *, is_known: bool) -> HttpResponse:
    actor = actor_of(request)
    facts = {"case": case, "supports": queries.supports_of(case), "is_known": is_known, "frame": frame_of(actor)}
    return render(request, "supports/list.html", facts | {"may_unmask": rules.may_unmask(actor, case)})
