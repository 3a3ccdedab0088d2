"""The pages of cases that are there: the list at the desk, a resident's own, one case with its receipt and its steps."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.commons.calendar.queries import hours_of
from linli.flows.cases import actions, queries, rules
from linli.flows.cases.forms import AnswerForm, CloseForm, RateForm, ReopenForm, SeenForm, UrgeForm
from linli.flows.cases.models import Case, Reporter, ServiceField, Status
from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded, public
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.core.paging import page_of

DESK, PUBLIC = "ui/base_desk.html", "ui/base_public.html"
OK, UNPROCESSABLE, CONFLICT = 200, 422, 409


@require_safe
@guarded(rules.may_work)
def index(request: HttpRequest) -> HttpResponse:
    """Show the cases that this post handles or watches over, newest first, narrowed by status and field."""
    actor = actor_of(request)
    status, field = (
        request.GET.get(name, "") if request.GET.get(name) in known else ""
        for name, known in (("status", Status), ("field", ServiceField))
    )
    found = queries.listed(actor, status=status, field=field, token=request.GET.get("page", ""))
    facts = {"found": found, "status": status, "field": field, "may_register": rules.may_register(actor)}
    return render(request, "cases/index.html", facts)


@require_safe
@public
def mine(request: HttpRequest) -> HttpResponse:
    """Show a resident their own matters; a stranger is asked for reference and phone first."""
    actor = actor_of(request)
    if not actor.contact and actor.person is None:
        return redirect("cases:follow")
    cases = queries.mine(actor).with_unrated().select_related(None).select_related("place", "lead")
    page = page_of(cases, keys=("-received_at", "-pk"), token=request.GET.get("page", ""))
    facts = {"page": page, "cases": queries.with_left(page.items), "crumbs": [(_("My matters"), "")]}
    return render(request, "cases/mine.html", facts)


@require_safe
@guarded(rules.may_show, thing=Case)
def show(request: HttpRequest, case: Case) -> HttpResponse:
    """Show one case: where it stands, who leads, until when and why, what happened, what one can do."""
    return _page(request, case)


@require_safe
@guarded(rules.may_show, thing=Case)
def receipt(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the receipt with the reference, to keep or to print."""
    actor, facts = actor_of(request), queries.facts_of(case, asked=False)
    knows_name = rules.asked(actor, case) or queries.took_down(case, actor)
    page = facts | {
        "case": case,
        "name": case.reporter.name if knows_name else case.reporter.masked_name,
        "hours": case.lead.hours or hours_of(case.place.path).today,
        "follow_at": request.build_absolute_uri(reverse("cases:follow")),
        "frame": _frame(actor),
        "may_register": rules.may_register(actor),
    }
    return render(request, "cases/receipt.html", page)


@require_POST
@guarded(rules.may_unmask, thing=Case)
def unmask(request: HttpRequest, case: Case) -> HttpResponse:
    """Show who reported it in full; who looked is on the record."""
    return _page(request, case, reporter=actions.unmask(case, by=actor_of(request)))


@require_POST
@guarded(rules.may_accept, thing=Case)
def accept(request: HttpRequest, case: Case) -> HttpResponse:
    """Take the case on."""
    return _step(request, case, SeenForm(request.POST), actions.accept, _("Accepted. The resident has been told."))


@require_POST
@guarded(rules.may_answer, thing=Case)
def answer(request: HttpRequest, case: Case) -> HttpResponse:
    """Answer the resident."""
    return _step(
        request, case, AnswerForm(request.POST), actions.answer, _("Answered. The resident is asked to rate it.")
    )


@require_POST
@guarded(rules.may_close, thing=Case)
def close(request: HttpRequest, case: Case) -> HttpResponse:
    """End the case."""
    return _step(request, case, CloseForm(request.POST), actions.close, _("Closed."))


@require_POST
@guarded(rules.may_urge, thing=Case)
def urge(request: HttpRequest, case: Case) -> HttpResponse:
    """Urge a lead that is late."""
    return _step(request, case, UrgeForm(request.POST), actions.urge, _("Urged. The lead has been told."))


@require_POST
@guarded(rules.may_rate, thing=Case)
def rate(request: HttpRequest, case: Case) -> HttpResponse:
    """Take the resident's judgement down."""
    return _step(request, case, RateForm(request.POST), actions.rate, _("Thank you. Your rating counts."))


@require_POST
@guarded(rules.may_reopen, thing=Case)
def reopen(request: HttpRequest, case: Case) -> HttpResponse:
    """Begin the next round."""
    return _step(request, case, ReopenForm(request.POST), actions.reopen, _("Reopened. The time limit starts anew."))


def _step(request: HttpRequest, case: Case, form: forms.Form, act: Callable[..., None], done: str) -> HttpResponse:
    """Do one step with what was typed; show the page again, with everything typed, where it cannot be done."""
    if not form.is_valid():
        return _page(request, case, form, status=UNPROCESSABLE)
    typed = dict(form.cleaned_data)
    try:
        act(case.as_seen(typed.pop("version")), by=actor_of(request), **typed)
    except (Conflict, Refused):
        fresh = Case.objects.visible_to(actor_of(request)).get(pk=case.pk)
        return _page(request, fresh, form, status=CONFLICT)
    messages.success(request, done)
    return redirect("cases:show", case.reference)


def _page(
    request: HttpRequest,
    case: Case,
    typed: forms.Form | None = None,
    *,
    status: int = OK,
    reporter: Reporter | None = None,
) -> HttpResponse:
    """Render the case with the forms of the steps that this actor may take; a typed form stands in its place."""
    actor = actor_of(request)
    steps: dict[str, tuple[Callable[[Actor, Case], bool], type[SeenForm]]] = {
        "accept": (rules.may_accept, SeenForm),
        "answer": (rules.may_answer, AnswerForm),
        "close": (rules.may_close, CloseForm),
        "urge": (rules.may_urge, UrgeForm),
        "rate": (rules.may_rate, RateForm),
        "reopen": (rules.may_reopen, ReopenForm),
    }
    facts = queries.facts_of(case, asked=rules.asked(actor, case))
    offered = {
        name: typed if isinstance(typed, kind) and kind is type(typed) else kind(initial={"version": case.version})
        for name, (may, kind) in steps.items()
        if name in facts["allowed"] and may(actor, case)
    }
    lost = typed is not None and typed not in offered.values() and bool(typed.visible_fields())
    page = facts | {
        "case": case,
        "crumbs": [(_("My matters"), reverse("cases:mine")), (case.reference, "")],
        "steps": offered,
        "typed": typed,
        "kept": typed if lost else None,
        "conflict": status == CONFLICT,
        "staff": actor.post,
        "reporter": reporter,
        "may_unmask": rules.may_unmask(actor, case),
    }
    return render(request, "cases/show.html", page | {"frame": _frame(actor)}, status=status)


def _frame(actor: Actor) -> str:
    """Return the shell: the desk for somebody in a post, the public one for everybody else."""
    return DESK if actor.post else PUBLIC
