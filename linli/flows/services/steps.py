"""The page of an application with the steps that it offers. Apps above add steps and sections; each step is one form."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor, actor_of
from linli.ground.core.lifecycle import Conflict, Refused

from . import queries, rules
from .forms import AskPapersForm, CompleteForm, DecideForm, ExtendForm, RateForm, SeenForm, WithdrawForm
from .models import Applicant, Application
from .sections import sections_of

OK, CONFLICT, UNPROCESSABLE = 200, 409, 422
DESK, PUBLIC = "ui/base_desk.html", "ui/base_public.html"
Rule = Callable[[Actor, Application], bool]
STEPS: Final[dict[str, tuple[Rule, type[SeenForm]]]] = {
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
"""Who may take each step that its page offers, and what is typed for it; apps above add theirs in `ready()`."""


def take(request: HttpRequest, one: Application, form: SeenForm, act: Callable[..., None], done: str) -> HttpResponse:
    """Do one step with what was typed; show the page again, with everything typed, where it cannot be done."""
    if not form.is_valid():
        return page(request, one, form, status=UNPROCESSABLE)
    typed = dict(form.cleaned_data)
    try:
        act(one.as_seen(typed.pop("version")), by=actor_of(request), **typed)
    except (Conflict, Refused):
        fresh = Application.objects.visible_to(actor_of(request)).get(pk=one.pk)
        return page(request, fresh, form, status=CONFLICT)
    messages.success(request, done)
    return redirect("services:show", one.reference)


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
        "sections": sections_of(one, actor),
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
