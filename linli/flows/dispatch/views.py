"""The steps by which a case finds its lead or help."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.flows.cases.models import Case
from linli.flows.cases.steps import take
from linli.ground.authority.doors import guarded

from . import actions, rules


@require_POST
@guarded(rules.may_send_back, thing=Case)
def send_back(request: HttpRequest, case: Case) -> HttpResponse:
    """Send the case back to the dispatcher."""
    return take(request, case, "dispatch:send_back", actions.send_back, _("Sent back. The dispatcher rules on it."))


@require_http_methods(["GET", "POST"])
@guarded(rules.may_designate, thing=Case)
def designate(request: HttpRequest, case: Case) -> HttpResponse:
    """Rule who leads a case that was sent back."""
    return take(request, case, "dispatch:designate", actions.designate, _("Ruled. The lead has been told."))


@require_http_methods(["GET", "POST"])
@guarded(rules.may_assign, thing=Case)
def assign(request: HttpRequest, case: Case) -> HttpResponse:
    """Give the case to another lead."""
    return take(request, case, "dispatch:assign", actions.assign, _("Given to another lead, which has been told."))


@require_http_methods(["GET", "POST"])
@guarded(rules.may_ask_help, thing=Case)
def ask_help(request: HttpRequest, case: Case) -> HttpResponse:
    """Ask another body to help."""
    return take(request, case, "dispatch:ask_help", actions.ask_help, _("Asked. It has been told until when."))


@require_POST
@guarded(rules.may_contribute, thing=Case)
def contribute(request: HttpRequest, case: Case) -> HttpResponse:
    """Report to the lead."""
    return take(request, case, "dispatch:contribute", actions.contribute, _("Sent. The lead reads it on this page."))
