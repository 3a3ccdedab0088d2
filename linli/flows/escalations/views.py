"""The steps by which a lead calls for a higher body, and what becomes of it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.flows.cases.models import Case
from linli.flows.cases.steps import take
from linli.ground.authority.doors import guarded

from . import actions, rules


@require_http_methods(["GET", "POST"])
@guarded(rules.may_whistle, thing=Case)
def whistle(request: HttpRequest, case: Case) -> HttpResponse:
    """Call for a higher body."""
    return take(request, case, "escalations:whistle", actions.whistle, _("Called for. It has been told until when."))


@require_POST
@guarded(rules.may_report_in, thing=Case)
def report_in(request: HttpRequest, case: Case) -> HttpResponse:
    """Report in."""
    return take(request, case, "escalations:report_in", actions.report_in, _("Reported in. The lead has been told."))


@require_http_methods(["GET", "POST"])
@guarded(rules.may_hand_over, thing=Case)
def hand_over(request: HttpRequest, case: Case) -> HttpResponse:
    """Rule on who leads."""
    return take(request, case, "escalations:hand_over", actions.hand_over, _("Ruled. Both bodies read it here."))
