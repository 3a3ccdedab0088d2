"""Doors to one's own data, and the desk's door to what people ask about theirs."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded
from linli.ground.core import paging
from linli.ground.people import actions as people
from linli.ground.people.models import Person
from linli.ground.residents import actions, queries
from linli.ground.residents.forms import AskForm, EraseForm, RefuseForm
from linli.ground.residents.models import DataRequest, Refusal, RequestKind
from linli.ground.residents.rules import may_decide, may_export, may_keep_register, may_see_own, may_see_request
from linli.ground.residents.sections import own_sections, with_dues

CONFLICT, UNPROCESSABLE = 409, 422


def _own(request: HttpRequest) -> Person:
    """Return the entry of whoever asks."""
    actor = actor_of(request)
    return get_object_or_404(
        Person.objects.visible_to(actor).select_related("personal", "place__parent__parent__parent", "household"),
        pk=actor.person,
    )


@guarded(may_see_own)
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """Show a person everything about themselves: data, consents, requests, who looked."""
    return _me(request, AskForm())


def _me(request: HttpRequest, form: AskForm) -> HttpResponse:
    person = _own(request)
    context = {
        "person": person,
        "form": form,
        "consents": queries.consents_of(person),
        "requests": with_dues(list(queries.requests_of(person))),
        "looks": queries.looks_at(person, actor_of(request)),
        "held": queries.hold_to_tell(person),
        "sections": own_sections(person, actor_of(request)),
    }
    return render(request, "residents/me.html", context, status=UNPROCESSABLE if form.errors else 200)


@guarded(may_see_own)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a copy, a correction or erasure."""
    form = AskForm(request.POST)
    if form.is_valid():
        kind = RequestKind(form.cleaned_data["kind"])
        try:
            made = actions.ask(_own(request), kind=kind, wish=form.cleaned_data["wish"], by=actor_of(request))
        except ValidationError as error:
            form.add_error("kind", error.messages[0])
        else:
            if kind == RequestKind.EXPORT:
                return redirect("residents:export", made.reference)
            messages.success(request, _("Your request is on the desk of your community."))
            return redirect("residents:me")
    return _me(request, form)


@guarded(may_export, thing=DataRequest)
@never_cache
def export(request: HttpRequest, asked: DataRequest) -> HttpResponse:
    """Show or, with `?as=json`, hand out everything that the city keeps about the person."""
    parts = actions.export(asked, by=actor_of(request))
    if request.GET.get("as") == "json":
        headers = {"Content-Disposition": f'attachment; filename="linli-{asked.reference}.json"'}
        return JsonResponse(dict(parts), json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=headers)
    return render(request, "residents/export.html", {"parts": parts, "asked": asked})


@guarded(may_see_own)
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw a consent; it takes as little as giving it did."""
    try:
        people.withdraw_consent(
            _own(request), purpose=request.POST.get("purpose", "").replace("\0", "")[:50], by=actor_of(request)
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Withdrawn; it holds from now on."))
    return redirect("residents:me")


@guarded(may_keep_register)
@never_cache
def requests(request: HttpRequest) -> HttpResponse:
    """List what people of the own place ask about their data, the oldest first."""
    waiting = queries.waiting_requests(actor_of(request))
    page = paging.page_of(waiting, keys=("pk",), token=request.GET.get("page", ""))
    return render(request, "residents/requests.html", {"page": page, "rows": with_dues(page.items)})


def _elsewhere(request: HttpRequest, asked: DataRequest) -> HttpResponse | None:
    """Lead whoever asked to their own page, and show the desk how a request was decided: a to-do outlives it by seconds (decision 0014)."""
    actor = actor_of(request)
    if may_decide(actor, asked):
        return None
    if actor.person == asked.person_id:
        return redirect("residents:me")
    status = CONFLICT if request.method == "POST" else 200
    return render(request, "residents/decided.html", {"asked": asked}, status=status)


@guarded(may_see_request, thing=DataRequest)
@never_cache
def decide(request: HttpRequest, asked: DataRequest) -> HttpResponse:
    """Show one request; POST fulfils it: erases, or says that the correction is made, if one was."""
    elsewhere = _elsewhere(request, asked)
    if elsewhere:
        return elsewhere
    erasing = EraseForm(request.POST if request.method == "POST" and asked.kind == RequestKind.ERASURE else None)
    if request.method == "POST" and (not erasing.is_bound or erasing.is_valid()):
        try:
            told = _fulfil(asked, actor_of(request))
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("residents:decide", asked.reference)
        messages.success(request, told)
        return redirect("residents:requests")
    return _decide(request, asked, RefuseForm(asked), erasing)


def _decide(request: HttpRequest, asked: DataRequest, form: RefuseForm, erasing: EraseForm) -> HttpResponse:
    context = {
        "asked": asked,
        "due": with_dues([asked])[0][1],
        "form": form,
        "erasing": erasing,
        "held": queries.hold_on(asked.person),
        "corrections": queries.corrections_for(asked),
    }
    return render(
        request, "residents/decide.html", context, status=UNPROCESSABLE if form.errors or erasing.errors else 200
    )


def _fulfil(asked: DataRequest, by: Actor) -> str:
    """Do what was asked and return what the desk is told."""
    if asked.kind != RequestKind.ERASURE:
        actions.finish_correction(asked, by=by)
        return _("The request is fulfilled; the person is told.")
    if actions.erase(asked, by=by):
        return _("The data are erased. A last message tells the person what was erased and what stays.")
    return _("The data are erased. No phone was known: tell the person what was erased and what stays.")


@guarded(may_see_request, thing=DataRequest)
@require_POST
def refuse(request: HttpRequest, asked: DataRequest) -> HttpResponse:
    """Refuse a request for a reason that the law knows."""
    elsewhere = _elsewhere(request, asked)
    if elsewhere:
        return elsewhere
    form = RefuseForm(asked, request.POST)
    if form.is_valid() and form.cleaned_data["refusal"] == Refusal.HOLD and queries.hold_on(asked.person) is None:
        form.add_error("refusal", _("No hold stands on this entry. Set one first, or choose another reason."))
    if form.is_valid():
        given = form.cleaned_data
        asked.refuse(refusal=Refusal(given["refusal"]), reason=given["reason"], by=actor_of(request))
        messages.success(request, _("The request is refused; the person sees the reason."))
        return redirect("residents:requests")
    return _decide(request, asked, form, EraseForm())
