"""The pages of cases: report and follow for residents, register and work for staff."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded, public
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.core.paging import page_of
from linli.ground.people import identity, sessions
from linli.ground.people.actions import prove_code, send_code
from linli.ground.people.models import Person, Purpose
from linli.ground.people.queries import contact_of
from linli.ground.places.queries import city_path, place_at

from . import actions, queries, rules
from .forms import (
    AnswerForm,
    CloseForm,
    CodeForm,
    FollowForm,
    NeedForm,
    RateForm,
    RegisterForm,
    ReopenForm,
    ReportForm,
    SeenForm,
)
from .models import Case, Channel, Reporter, ServiceField, Status

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


@public
def report(request: HttpRequest) -> HttpResponse:
    """Let a resident report a need: the form, then a code on the phone, unless that phone is proven already."""
    known = queries.known_of(actor_of(request))
    form = ReportForm(request, known, field=request.GET.get("field", ""), **_asked_place(request))
    if request.method != "POST" or "edit" in request.POST or not form.is_valid():
        status = UNPROCESSABLE if "edit" not in request.POST and form.errors else OK
        facts = {
            "form": form,
            "limit": queries.promise(city_path()),
            "own_phone": identity.mask_phone(form.own_phone) if form.own_phone else "",
        }
        facts |= {"crumbs": [(_("Report a need"), "")]}
        return render(request, "cases/report.html", facts, status=status)
    proof = _proof(request, form.cleaned_data["phone"])
    if proof is not None:
        facts = {"form": form, "proof": proof, "sent_to": identity.mask_phone(form.cleaned_data["phone"])}
        return render(request, "cases/confirm.html", facts, status=UNPROCESSABLE if proof.errors else OK)
    case = _receive(request, form, Channel.WEB, known.person if known else None)
    return redirect("cases:receipt", case.reference)


@guarded(rules.may_register)
def register(request: HttpRequest) -> HttpResponse:
    """Take a need down at the desk, also for somebody without a phone or the internet."""
    actor = actor_of(request)
    form = RegisterForm(request, place=actor.post.place_path if actor.post else "")
    if request.method == "POST" and form.is_valid():
        case = _receive(request, form, Channel.DESK)
        if Case.objects.visible_to(actor).filter(pk=case.pk).exists():
            return redirect("cases:receipt", case.reference)
        told = _("%(lead)s leads it, outside your place. Write the reference down for the resident.")
        messages.info(request, told % {"lead": case.lead.name})
        return redirect("cases:register")
    return render(request, "cases/register.html", {"form": form}, status=UNPROCESSABLE if form.errors else OK)


@public
def follow(request: HttpRequest) -> HttpResponse:
    """Find a case again by its reference and a code on the phone that it was reported with."""
    form = FollowForm(
        request.POST if request.method == "POST" else None, initial={"reference": request.GET.get("reference", "")}
    )
    facts: dict[str, object] = {"form": form, "crumbs": [(_("Follow my matter"), "")]}
    if request.method != "POST" or not form.is_valid():
        return render(request, "cases/follow.html", facts, status=UNPROCESSABLE if form.errors else OK)
    proof = _proof(request, form.cleaned_data["phone"])
    if proof is not None:
        return render(
            request, "cases/follow.html", facts | {"proof": proof}, status=UNPROCESSABLE if proof.errors else OK
        )
    return redirect("cases:show", form.cleaned_data["reference"])


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
    facts = queries.facts_of(case, asked=False) | {"case": case, "frame": _frame(actor_of(request))}
    return render(request, "cases/receipt.html", facts)


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
        "rate": (rules.may_rate, RateForm),
        "reopen": (rules.may_reopen, ReopenForm),
    }
    facts = queries.facts_of(case, asked=rules.asked(actor, case))
    offered = {
        name: typed if isinstance(typed, kind) and kind is type(typed) else kind(initial={"version": case.version})
        for name, (may, kind) in steps.items()
        if name in facts["allowed"] and may(actor, case)
    }
    kept = typed if typed is not None and typed not in offered.values() else None
    page = facts | {
        "case": case,
        "crumbs": [(_("My matters"), reverse("cases:mine")), (case.reference, "")],
        "steps": offered,
        "typed": typed,
        "kept": kept,
        "conflict": status == CONFLICT,
        "staff": actor.post,
        "reporter": reporter,
        "may_unmask": rules.may_unmask(actor, case),
    }
    return render(request, "cases/show.html", page | {"frame": _frame(actor)}, status=status)


def _asked_place(request: HttpRequest) -> dict[str, object]:
    """Return the place that a community's own page has asked for (`?place=`); nothing where it names none."""
    path = request.GET.get("place", "")
    place = place_at(path) if path.isascii() and path.isdigit() else None
    return {"place": place} if place else {}


def _frame(actor: Actor) -> str:
    """Return the shell: the desk for somebody in a post, the public one for everybody else."""
    return DESK if actor.post else PUBLIC


def _proof(request: HttpRequest, phone: str) -> CodeForm | None:
    """Return None once this visitor has proven the phone; else the form that asks for its code, which is sent where none was typed."""
    if actor_of(request).contact == contact_of(phone):
        return None
    typed = "code" in request.POST and "resend" not in request.POST
    form = CodeForm(request.POST if typed else {})
    try:
        if not typed:
            send_code(phone=phone, purpose=Purpose.CONTACT, address=sessions.address_of(request), by=actor_of(request))
            return CodeForm()
        if form.is_valid():
            contact = prove_code(phone=phone, code=form.cleaned_data["code"], purpose=Purpose.CONTACT)
            sessions.remember_contact(request, contact)
            return None
    except ValidationError as error:
        form.full_clean()
        form.errors.clear()
        form.add_error("code", error)
    return form


def _receive(request: HttpRequest, form: NeedForm, channel: Channel, person: Person | None = None) -> Case:
    """Take the typed need in."""
    typed = form.cleaned_data
    actor = actor_of(request)
    case = actions.receive(
        field=ServiceField(typed["field"]),
        text=typed["text"],
        place=typed["place"],
        where=typed["where"],
        channel=channel,
        name=typed["name"],
        phone=typed["phone"],
        person=person,
        pictures=typed["pictures"],
        sending=typed["sending"],
        by=actor,
    )
    messages.success(request, _("We have received it. The reference is %(reference)s.") % {"reference": case.reference})
    return case
