"""The steps of a case: what was typed is done, or comes back with the reason."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.flows.cases import actions, rules
from linli.flows.cases.models import Case
from linli.flows.cases.steps import take
from linli.ground.authority.doors import guarded


@require_POST
@guarded(rules.may_accept, thing=Case)
def accept(request: HttpRequest, case: Case) -> HttpResponse:
    """Take the case on."""
    return take(request, case, "cases:accept", actions.accept, _("Accepted. The resident has been told."))


@require_POST
@guarded(rules.may_extend, thing=Case)
def extend(request: HttpRequest, case: Case) -> HttpResponse:
    """Take longer."""
    return take(
        request,
        case,
        "cases:extend",
        actions.extend,
        _("The time limit is longer now. The resident has been told why."),
    )


@require_POST
@guarded(rules.may_suspend, thing=Case)
def suspend(request: HttpRequest, case: Case) -> HttpResponse:
    """Let it stand."""
    return take(request, case, "cases:suspend", actions.suspend, _("Suspended. The time limit stands."))


@require_POST
@guarded(rules.may_resume, thing=Case)
def resume(request: HttpRequest, case: Case) -> HttpResponse:
    """Take it up again."""
    return take(request, case, "cases:resume", actions.resume, _("Taken up again. The time limit goes on."))


@require_POST
@guarded(rules.may_refuse, thing=Case)
def refuse(request: HttpRequest, case: Case) -> HttpResponse:
    """Not take it on."""
    return take(
        request,
        case,
        "cases:refuse",
        actions.refuse,
        _("Not taken on. The resident has been told the channel that is there for it."),
    )


@require_POST
@guarded(rules.may_inform, thing=Case)
def inform(request: HttpRequest, case: Case) -> HttpResponse:
    """Tell the resident how far it is."""
    return take(request, case, "cases:inform", actions.inform, _("Sent. The resident reads it."))


@require_POST
@guarded(rules.may_note, thing=Case)
def note(request: HttpRequest, case: Case) -> HttpResponse:
    """Write an internal note."""
    return take(request, case, "cases:note", actions.note, _("The note is kept."))


@require_POST
@guarded(rules.may_answer, thing=Case)
def answer(request: HttpRequest, case: Case) -> HttpResponse:
    """Answer the resident."""
    return take(request, case, "cases:answer", actions.answer, _("Answered. The resident is asked to rate it."))


@require_POST
@guarded(rules.may_close, thing=Case)
def close(request: HttpRequest, case: Case) -> HttpResponse:
    """End the case."""
    return take(request, case, "cases:close", actions.close, _("Closed."))


@require_POST
@guarded(rules.may_urge, thing=Case)
def urge(request: HttpRequest, case: Case) -> HttpResponse:
    """Urge a lead that is late."""
    return take(request, case, "cases:urge", actions.urge, _("Urged. The lead has been told."))


@require_POST
@guarded(rules.may_reopen, thing=Case)
def reopen(request: HttpRequest, case: Case) -> HttpResponse:
    """Begin the next round."""
    return take(request, case, "cases:reopen", actions.reopen, _("Reopened. The time limit starts anew."))
