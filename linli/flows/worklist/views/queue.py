"""The dispatcher's queue: what was sent back is ruled on in its place, what no route knew is given on."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.flows.cases.models import Case
from linli.flows.dispatch import actions as dispatch
from linli.flows.dispatch import rules as dispatch_rules
from linli.flows.dispatch.forms import DesignateForm
from linli.flows.dispatch.queries import takers_of
from linli.flows.worklist import rules
from linli.flows.worklist.queries.queue import Heap, Waiting, queue_of
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.core.lifecycle import Conflict, Refused

OK, UNPROCESSABLE, CONFLICT = 200, 422, 409


@require_safe
@guarded(rules.may_queue)
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for the dispatcher, the most urgent and the oldest first."""
    return _page(request, {})


@require_POST
@guarded(dispatch_rules.may_designate, thing=Case)
def designate(request: HttpRequest, case: Case) -> HttpResponse:
    """Rule who leads a case, and go on with the queue; what cannot be done stays as it was typed."""
    form = DesignateForm(request.POST, bodies=takers_of(case), auto_id=f"{case.reference}_%s")
    if not form.is_valid():
        return _page(request, {case.pk: form}, status=UNPROCESSABLE)
    typed = dict(form.cleaned_data)
    try:
        dispatch.designate(case.as_seen(typed.pop("version")), **typed, by=actor_of(request))
    except (Conflict, Refused):
        return _page(request, {case.pk: form}, overtaken=case, status=CONFLICT)
    messages.success(request, _("Ruled: %(lead)s leads “%(case)s”.") % {"lead": case.lead.name, "case": case.title})
    return redirect(f"{reverse('worklist:queue')}?heap={_heap(request).value}")


def _heap(request: HttpRequest) -> Heap:
    asked = request.GET.get("heap", "")
    return Heap(asked) if asked in Heap.values else Heap.OURS


def _page(
    request: HttpRequest, typed: Mapping[int, DesignateForm], *, overtaken: Case | None = None, status: int = OK
) -> HttpResponse:
    heap = _heap(request)
    found = queue_of(actor_of(request), heap, request.GET.get("page", ""))
    shown = {one.case.pk for one in found.rows}
    rows = [(one, typed.get(one.case.pk) or _form(one)) for one in found.rows]
    facts = {
        "heap": heap,
        "found": found,
        "rows": rows,
        "typed": next(iter(typed.values()), None),
        "overtaken": overtaken,
        "kept": "".join(form["text"].value() or "" for key, form in typed.items() if key not in shown),
    }
    return render(request, "worklist/queue.html", facts, status=status)


def _form(one: Waiting) -> DesignateForm:
    """Return the form of the ruling, with what was ruled for the same category before standing first."""
    form = DesignateForm(initial={"version": one.case.version}, bodies=one.takers, auto_id=f"{one.case.reference}_%s")
    field: Any = form.fields["body"]
    if one.suggested:
        first = [(body.reference, body.name) for body in one.suggested]
        field.choices = [
            field.choices[0],
            (_("Ruled so before"), first),
            (_("All, the nearest first"), field.choices[1:]),
        ]
    return form
