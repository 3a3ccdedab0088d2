"""Templates for people: kept in a list, and filled for a case beside the form of its step."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.flows.cases.forms import STEPS
from linli.flows.cases.models import Case
from linli.flows.cases.queries import steps_of
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded

from . import actions, queries, rules
from .forms import ReplyForm, typed_of
from .models import Reply, Verb

OK, UNPROCESSABLE = 200, 422


@require_safe
@guarded(rules.may_list)
def index(request: HttpRequest) -> HttpResponse:
    """List the templates that the own body is offered, and which of them one keeps."""
    actor = actor_of(request)
    found = Reply.objects.visible_to(actor).active().select_related("category", "body")
    rows = [(one, rules.may_revise(actor, one)) for one in found]
    groups = [(verb.label, [row for row in rows if row[0].verb == verb]) for verb in Verb]
    return render(request, "replies/list.html", {"groups": [one for one in groups if one[1]]})


@guarded(rules.may_add)
def add(request: HttpRequest) -> HttpResponse:
    """Add a template, or look at it first."""
    return _keep(request, None)


@guarded(rules.may_revise, thing=Reply, by="id")
def revise(request: HttpRequest, reply: Reply) -> HttpResponse:
    """Put a changed template in the place of one."""
    return _keep(request, reply)


def _keep(request: HttpRequest, reply: Reply | None) -> HttpResponse:
    actor, is_sent = actor_of(request), request.method == "POST"
    form = ReplyForm(request.POST if is_sent else None, actor=actor, initial=typed_of(reply) if reply else None)
    if is_sent and form.is_valid() and "preview" not in request.POST:
        try:
            if reply:
                actions.revise(reply, into=form.reply(), by=actor)
            else:
                actions.add(reply=form.reply(), by=actor)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The template is kept; it is offered at the next case."))
            return redirect("replies:list")
    page: dict[str, Any] = {"form": form, "reply": reply, "sample": queries.SAMPLE.items()}
    page["preview"] = form.preview if is_sent and form.is_valid() else ""
    return render(request, "replies/form.html", page, status=UNPROCESSABLE if form.errors else OK)


@require_POST
@guarded(rules.may_end, thing=Reply, by="id")
def end(request: HttpRequest, reply: Reply) -> HttpResponse:
    """Offer a template no longer."""
    reply.end(by=actor_of(request))
    messages.success(request, _("The template is not offered any more."))
    return redirect("replies:list")


@require_safe
@guarded(rules.may_fill, thing=Case)
def fill(request: HttpRequest, case: Case, verb: str) -> HttpResponse:
    """Show the templates for a step filled for this case; the chosen one stands in the step's own form, to be edited and sent."""
    if verb not in Verb.values:
        raise Http404
    if verb not in steps_of(case):
        messages.info(request, _("The case is not where this step can be taken."))
        return redirect(case)
    offered = queries.filled_for(case, actor_of(request), verb)
    chosen = next((one for one in offered if str(one.reply.pk) == request.GET.get("use")), None)
    form = STEPS[verb](initial={"version": case.version, "text": chosen.text if chosen else ""})
    form.action, form.verb = reverse(f"cases:{verb}", args=[case.reference]), verb
    page = {"case": case, "form": form, "offered": offered, "chosen": chosen, "step": Verb(verb).label}
    return render(request, "replies/fill.html", page)
