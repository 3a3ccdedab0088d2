"""The pages of cases that are there: the list at the desk, a resident's own, one case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.flows.cases import actions, queries, rules
from linli.flows.cases.models import Case
from linli.flows.cases.steps import page_of_case
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded, public
from linli.ground.core.paging import page_of


@require_safe
@public
def mine(request: HttpRequest) -> HttpResponse:
    """Show a resident their own matters; a stranger is asked for reference and phone first."""
    actor = actor_of(request)
    if not actor.contact and actor.person is None:
        return redirect("intake:follow")
    cases = queries.mine(actor).with_unrated().select_related(None).select_related("place", "lead")
    page = page_of(cases, keys=("-received_at", "-pk"), token=request.GET.get("page", ""))
    facts = {"page": page, "cases": queries.with_left(page.items), "crumbs": [(_("My matters"), "")]}
    return render(request, "cases/mine.html", facts)


@require_safe
@guarded(rules.may_show, thing=Case)
def show(request: HttpRequest, case: Case) -> HttpResponse:
    """Show one case: where it stands, who leads, until when and why, what happened, what one can do."""
    return page_of_case(request, case)


@require_POST
@guarded(rules.may_unmask, thing=Case)
def unmask(request: HttpRequest, case: Case) -> HttpResponse:
    """Show who reported it in full; who looked is on the record."""
    return page_of_case(request, case, reporter=actions.unmask(case, by=actor_of(request)))
