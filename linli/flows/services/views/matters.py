"""The pages of applications: a resident's own, the desk's list, one application with the forms of its steps."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.flows.services import actions, queries, rules
from linli.flows.services.forms import (
    AskPapersForm,
    CompleteForm,
    DecideForm,
    ExtendForm,
    RateForm,
    SeenForm,
    WithdrawForm,
)  # fmt: skip
from linli.flows.services.models import Applicant, Application, ApplicationStatus
from linli.flows.services.queries import WAITING
from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded, public

OK, CONFLICT = 200, 409
DESK, PUBLIC = "ui/base_desk.html", "ui/base_public.html"
Rule = Callable[[Actor, Application], bool]
STEPS: dict[str, tuple[Rule, type[SeenForm]]] = {
    "settle": (rules.may_settle, SeenForm),
    "accept": (rules.may_accept, SeenForm),
    "ask_papers": (rules.may_ask_papers, AskPapersForm),
    "complete": (rules.may_complete, CompleteForm),
    "decide": (rules.may_decide, DecideForm),
    "extend": (rules.may_extend, ExtendForm),
    "deliver": (rules.may_deliver, SeenForm),
    "rate": (rules.may_rate, RateForm),
    "withdraw": (rules.may_withdraw, WithdrawForm),
}


@require_safe
@public
def mine(request: HttpRequest) -> HttpResponse:
    """Show a resident what they have applied for; a visitor signs in first."""
    actor = actor_of(request)
    if not actor.contact and actor.person is None:
        return redirect(f"{reverse('people:sign_in')}?next={request.path}")
    listed = queries.mine(actor, token=request.GET.get("page", ""))
    crumbs = [(_("Services"), reverse("guides:index")), (_("My applications"), "")]
    return render(request, "services/mine.html", {"listed": listed, "crumbs": crumbs})


@require_safe
@guarded(rules.may_work)
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for this body, overdue first; by choice all that the post may see, newest first."""
    actor = actor_of(request)
    asked = request.GET.get("status", WAITING if rules.works_at_a_desk(actor) or rules.decides(actor) else "")
    status = asked if asked in {WAITING, *ApplicationStatus} else ""
    listed = queries.listed(actor, status=status, token=request.GET.get("page", ""))
    return render(request, "services/queue.html", {"listed": listed, "status": status, "actor": actor})


@require_safe
@guarded(rules.may_show, thing=Application)
def show(request: HttpRequest, one: Application) -> HttpResponse:
    """Show one application: where it stands, who handles it, until when and why, what happened, what one can do."""
    return page(request, one)


@require_POST
@guarded(rules.may_unmask, thing=Application)
def unmask(request: HttpRequest, one: Application) -> HttpResponse:
    """Show who applied in full; who looked is on the record."""
    return page(request, one, applicant=actions.unmask(one, by=actor_of(request)))


def page(
    request: HttpRequest,
    one: Application,
    typed: forms.Form | None = None,
    *,
    status: int = OK,
    applicant: Applicant | None = None,
) -> HttpResponse:
    """Render the application with the forms of the steps that this actor may take; a typed form stands in its place."""
    actor, facts = actor_of(request), queries.facts_of(one)
    offered: dict[str, forms.Form] = {}
    for name, (may, kind) in STEPS.items():
        if name in facts["allowed"] and may(actor, one):
            is_typed = typed is not None and type(typed) is kind and kind is not SeenForm
            told: dict[str, Any] = {"initial": {"version": one.version}, "auto_id": f"{name}_%s"}
            offered[name] = typed if is_typed and typed else kind(application=one, **told)
    lost = typed is not None and typed not in offered.values() and bool(typed.visible_fields())
    crumbs = [(_("Services"), reverse("guides:index")), (_("My applications"), reverse("services:mine"))]
    facts_of_page = facts | {
        "one": one,
        "crumbs": [*crumbs, (one.reference, "")],
        "steps": offered,
        "typed": typed,
        "kept": typed if lost else None,
        "conflict": status == CONFLICT,
        "staff": actor.post,
        "is_own": rules.applied(actor, one),
        "applicant": applicant,
        "may_unmask": rules.may_unmask(actor, one),
        "frame": DESK if actor.post else PUBLIC,
    }
    return render(request, "services/show.html", facts_of_page, status=status)
