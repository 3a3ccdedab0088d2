"""The queue of those who wait for a call-back, and the steps of a case by which its work is judged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.flows.callbacks import actions, queries, rules
from linli.flows.cases.actions import unmask as unmask_reporter
from linli.flows.cases.models import Case
from linli.flows.cases.steps import form_for, page_apart, take
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded


@require_safe
@guarded(rules.may_queue)
def queue(request: HttpRequest) -> HttpResponse:
    """Show who waits for a call-back, the longest waiting first."""
    found = queries.queue(actor_of(request), token=request.GET.get("page", ""))
    return render(request, "callbacks/queue.html", {"found": found})


@require_POST
@guarded(rules.may_rate, thing=Case)
def rate(request: HttpRequest, case: Case) -> HttpResponse:
    """Take the resident's judgement down."""
    return take(request, case, "callbacks:rate", actions.rate, _("Thank you. Your rating counts."))


@require_http_methods(["GET", "POST"])
@guarded(rules.may_call_back, thing=Case)
def call_back(request: HttpRequest, case: Case) -> HttpResponse:
    """Take down what the resident says when called back."""
    return take(
        request, case, "callbacks:call_back", actions.call_back, _("The answers are kept and count in the rates.")
    )


@require_POST
@guarded(rules.may_call_back, thing=Case)
def miss(request: HttpRequest, case: Case) -> HttpResponse:
    """Take down that the call reached nobody."""
    return take(request, case, "callbacks:miss", actions.miss, _("Kept. It stands on the record of the case."))


@require_POST
@guarded(rules.may_unmask, thing=Case)
def unmask(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the name and the phone that is to be called; who looked is on the record."""
    reporter = unmask_reporter(case, by=actor_of(request))
    return page_apart(request, case, form_for("callbacks:call_back", case), reporter=reporter)


@require_http_methods(["GET", "POST"])
@guarded(rules.may_exclude, thing=Case)
def exclude(request: HttpRequest, case: Case) -> HttpResponse:
    """Leave a round out of the rates."""
    return take(request, case, "callbacks:exclude", actions.exclude, _("Left out of the rates; it is on the record."))


@require_http_methods(["GET", "POST"])
@guarded(rules.may_include, thing=Case)
def include(request: HttpRequest, case: Case) -> HttpResponse:
    """Count a round in the rates again."""
    return take(request, case, "callbacks:include", actions.include, _("It counts in the rates again."))
