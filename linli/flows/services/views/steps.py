"""The steps of an application, each a form on its page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.flows.services import actions, rules
from linli.flows.services.forms import (
    AskPapersForm,
    CompleteForm,
    DecideForm,
    ExtendForm,
    RateForm,
    SeenForm,
    WithdrawForm,
)  # fmt: skip
from linli.flows.services.models import Application
from linli.flows.services.steps import take
from linli.ground.authority.doors import guarded


@require_POST
@guarded(rules.may_accept, thing=Application)
def accept(request: HttpRequest, one: Application) -> HttpResponse:
    """Take the application on."""
    return take(request, one, SeenForm(request.POST), actions.accept, _("Accepted. The applicant has been told."))


@require_POST
@guarded(rules.may_ask_papers, thing=Application)
def ask_papers(request: HttpRequest, one: Application) -> HttpResponse:
    """Name all gaps at once."""
    told = _("The applicant has been told once what is missing.")
    return take(request, one, AskPapersForm(request.POST, application=one), actions.ask_papers, told)


@require_POST
@guarded(rules.may_settle, thing=Application)
def settle(request: HttpRequest, one: Application) -> HttpResponse:
    """Accept, grant and hand out at the desk in one go."""
    return take(request, one, SeenForm(request.POST), actions.settle, _("Done on the spot."))


@require_POST
@guarded(rules.may_complete, thing=Application)
def complete(request: HttpRequest, one: Application) -> HttpResponse:
    """Hand in what was missing."""
    form = CompleteForm(request.POST, request.FILES, application=one)
    form.bind(request)
    return take(request, one, form, actions.complete, _("Handed in. The time to accept begins anew."))


@require_POST
@guarded(rules.may_extend, thing=Application)
def extend(request: HttpRequest, one: Application) -> HttpResponse:
    """Approve more time for the decision."""
    told = _("Approved. The applicant has been told why.")
    return take(request, one, ExtendForm(request.POST), actions.extend, told)


@require_POST
@guarded(rules.may_decide, thing=Application)
def decide(request: HttpRequest, one: Application) -> HttpResponse:
    """Grant or refuse."""
    return take(request, one, DecideForm(request.POST), actions.decide, _("Decided. The applicant has been told."))


@require_POST
@guarded(rules.may_deliver, thing=Application)
def deliver(request: HttpRequest, one: Application) -> HttpResponse:
    """Hand the result out."""
    return take(request, one, SeenForm(request.POST), actions.deliver, _("Handed out. The applicant is asked to rate."))


@require_POST
@guarded(rules.may_withdraw, thing=Application)
def withdraw(request: HttpRequest, one: Application) -> HttpResponse:
    """Take the application back."""
    told = _("Withdrawn. You may apply again at any time.")
    return take(request, one, WithdrawForm(request.POST), actions.withdraw, told)


@require_POST
@guarded(rules.may_rate, thing=Application)
def rate(request: HttpRequest, one: Application) -> HttpResponse:
    """Take the applicant's judgement down."""
    return take(request, one, RateForm(request.POST), actions.rate, _("Thank you. Your rating counts."))
