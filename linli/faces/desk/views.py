"""The worker's home."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.flows.cases.rules import may_register, may_work
from linli.ground.accounts.rules import may_keep
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.core import clock

from . import queries, rules


@require_safe
@guarded(rules.may_home)
def home(request: HttpRequest) -> HttpResponse:
    """Show what needs this body now, overdue first."""
    actor = actor_of(request)
    kind = request.GET.get("kind", "")
    found = queries.home(actor, kind=kind, token=request.GET.get("page", ""))
    facts = {
        "home": found,
        "kind": kind,
        "today": clock.today(),
        "post": actor.post,
        "may_register": may_register(actor),
        "may_work": may_work(actor),
        "runs_the_platform": may_keep(actor),
        "ahead": queries.holiday_ahead(actor.post.place_path if actor.post else ""),
    }
    return render(request, "desk/home.html", facts)
