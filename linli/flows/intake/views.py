"""How needs come in and are found again: form, code on the phone, the desk's form, receipt. Every page with a code is read by GET."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST, require_safe

from linli.commons.calendar.queries import hours_of
from linli.commons.routing.models import Category
from linli.flows.cases import rules
from linli.flows.cases.models import Case, Channel
from linli.flows.cases.queries import facts_of
from linli.flows.cases.steps import frame_of
from linli.flows.supports.actions import Followed, How
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded, public
from linli.ground.people import identity, sessions
from linli.ground.people.actions import prove_code, send_code
from linli.ground.people.models import Person, Purpose
from linli.ground.people.queries import contact_of
from linli.ground.places.queries import city_path, place_at
from linli.ground.residents.queries import known_of
from linli.ground.ui import drafts

from . import actions, queries
from .forms import CodeForm, FollowForm, NeedForm, RegisterForm, ReportForm, question_fields

OK, UNPROCESSABLE = 200, 422
NEED, LOOKED_FOR = "need", "looked_for"
BECAME = {  # what a need became, said to the resident or to the desk
    (How.NEW, False): _l("We have received it. The reference is %(reference)s."),
    (How.NEW, True): _l("We have received it. The reference is %(reference)s."),
    (How.SUPPORTED, False): _l(
        "You support this matter now, reference %(reference)s. You are told of its news; here is how far it is."
    ),
    (How.SUPPORTED, True): _l("Taken down as a support of %(reference)s. The resident is told of its news."),
    (How.REPEATED, False): _l("You have reported this matter already, reference %(reference)s. Here is how far it is."),
    (How.REPEATED, True): _l("The resident has reported or supported %(reference)s already. Here is how far it is."),
}
FAULT = "intake.code_fault"
"""The session's key: what was wrong with the code typed last, until it has been shown."""


@public
def report(request: HttpRequest) -> HttpResponse:
    """Let a resident report a need: the form, then a code on the phone, unless that phone is proven already."""
    known = known_of(actor_of(request))
    is_again = request.method != "POST" and "edit" in request.GET
    kept = drafts.kept_of(request, NEED) if is_again else None
    form = ReportForm(request, known, kept, **_asked_for(request))
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        if actor_of(request).contact == contact_of(phone):
            return _reported(request, form, known.person if known else None)
        if _asked(request, form):
            drafts.keep(request, NEED, form.typed())
            return redirect("intake:confirm_report")
    own_phone = identity.mask_phone(form.own_phone) if form.own_phone else ""
    facts = {"form": form, "limit": queries.promise(city_path()), "own_phone": own_phone}
    facts |= {"crumbs": [(_("Report a need"), "")]}
    return render(request, "intake/report.html", facts, status=UNPROCESSABLE if form.errors else OK)


@require_safe
@public
def questions(request: HttpRequest) -> HttpResponse:
    """Show what a category asks, for the form that has just chosen it; nothing for one that asks nothing or is not offered."""
    chosen = (
        Category.objects.visible_to(actor_of(request)).open().filter(code=request.GET.get("category", "")[:40]).first()
    )
    form = forms.Form()
    form.fields |= question_fields(chosen.questions.all() if chosen else [])
    return render(request, "intake/_questions.html", {"questions": list(form)})


@require_POST
@public
def hints(request: HttpRequest) -> HttpResponse:
    """Say to who is still writing that this is an emergency, or that a personal number stands in the text; nothing where neither is."""
    return render(request, "intake/_hints.html", {"hints": NeedForm(request).hints})


@public
def confirm_report(request: HttpRequest) -> HttpResponse:
    """Take the code of the phone, and with it the need that was typed before; who comes back later is shown what they reported."""
    kept, actor = drafts.kept_of(request, NEED), actor_of(request)
    if kept is None:
        return redirect("cases:mine" if actor.contact or actor.person else "intake:report")
    known = known_of(actor)
    form = ReportForm(request, known, kept)
    if not form.is_valid():
        return redirect(f"{reverse('intake:report')}?edit=1")
    proof = _proof(request, form.cleaned_data["phone"], hints=form.hints)
    if proof is None:
        drafts.drop(request, NEED)
        return _reported(request, form, known.person if known else None)
    return proof


@guarded(rules.may_register)
def register(request: HttpRequest) -> HttpResponse:
    """Take a need down at the desk, also for somebody without a phone or the internet."""
    actor = actor_of(request)
    place = actor.post.place_path if actor.post else ""
    form = RegisterForm(request, place=place, channel=request.GET.get("channel") or Channel.DESK)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        became = _receive(request, form, typed["channel"], came_at=typed["came_at"])
        case = became.case
        if Case.objects.visible_to(actor).filter(pk=case.pk).exists():
            return redirect("intake:receipt" if became.how is How.NEW else "cases:show", case.reference)
        told = _("%(lead)s leads it, outside your place. Write the reference down for the resident.")
        messages.info(request, told % {"lead": case.lead.name})
        return redirect("intake:register")
    return render(request, "intake/register.html", {"form": form}, status=UNPROCESSABLE if form.errors else OK)


@public
def follow(request: HttpRequest) -> HttpResponse:
    """Find a case again by its reference and a code on the phone that it was reported with."""
    kept = drafts.kept_of(request, LOOKED_FOR) if "edit" in request.GET else None
    typed = request.POST if request.method == "POST" else kept
    form = FollowForm(typed, initial={"reference": request.GET.get("reference", "")})
    if request.method == "POST" and form.is_valid():
        if actor_of(request).contact == contact_of(form.cleaned_data["phone"]):
            return _found(request, form)
        if _asked(request, form):
            drafts.keep(request, LOOKED_FOR, request.POST)
            return redirect("intake:confirm_follow")
    return _follow(request, form)


@public
def confirm_follow(request: HttpRequest) -> HttpResponse:
    """Take the code of the phone and lead to the case that was asked for before."""
    kept = drafts.kept_of(request, LOOKED_FOR)
    form = FollowForm(kept)
    if not form.is_valid():
        return redirect("intake:follow")
    proof = _proof(request, form.cleaned_data["phone"], reference=form.cleaned_data["reference"])
    return _found(request, form) if proof is None else proof


def _follow(request: HttpRequest, form: FollowForm, *, proven: bool = False) -> HttpResponse:
    facts = {"form": form, "proven": proven, "crumbs": [(_("Follow my matter"), "")]}
    return render(request, "intake/follow.html", facts, status=UNPROCESSABLE if form.errors else OK)


def _found(request: HttpRequest, form: FollowForm) -> HttpResponse:
    """Lead to the case of a proven phone; a reference that is none of theirs is answered the same whether it exists or not."""
    reference, contact = form.cleaned_data["reference"], contact_of(form.cleaned_data["phone"])
    seen = Case.objects.visible_to(actor_of(request))
    if queries.is_of(reference, contact) or seen.filter(reference=reference).exists():
        return redirect("cases:show", reference)
    form.add_error("reference", _("No matter of this phone has this reference. Please compare it with the receipt."))
    return _follow(request, form, proven=True)


def _asked_for(request: HttpRequest) -> dict[str, object]:
    """Return what the page that led here has asked for: a field, a category, a place, what was looked for; what is none is left out."""
    path = request.GET.get("place", "")
    place = place_at(path) if path.isascii() and path.isdigit() else None
    asked = {name: request.GET.get(name, "")[:60].replace("\0", "") for name in ("field", "category", "text")}
    return asked | ({"place": place} if place else {})


def _send(request: HttpRequest, phone: str) -> None:
    """Send a code; raises ValidationError where none may be sent now."""
    send_code(phone=phone, purpose=Purpose.CONTACT, address=sessions.address_of(request), by=actor_of(request))


def _asked(request: HttpRequest, form: ReportForm | FollowForm) -> bool:
    """Send a code to the phone of the form, unless one that was sent a moment ago is still good; else say at the field why none comes."""
    try:
        _send(request, form.cleaned_data["phone"])
    except ValidationError as error:
        if queries.code_to(form.cleaned_data["phone"]) is None:
            form.add_error("phone", error)
            return False
    return True


def _proof(
    request: HttpRequest, phone: str, reference: str = "", hints: queries.Hints | None = None
) -> HttpResponse | None:
    """Return None once this visitor has proven the phone by the code that they typed; else the page that asks for it, by GET."""
    if request.method != "POST":
        form = CodeForm()
        if fault := request.session.pop(FAULT, ""):
            form = CodeForm({})
            form.full_clean()
            form.errors["code"] = form.error_class([fault])
        facts = {
            "proof": form,
            "waiting": queries.code_to(phone),
            "phone": identity.mask_phone(phone),
            "reference": reference,
            "hints": hints,
        }
        return render(request, "intake/confirm.html", facts, status=UNPROCESSABLE if form.errors else OK)
    try:
        if "resend" in request.POST:
            _send(request, phone)
        elif _is_proven(request, phone, CodeForm(request.POST)):
            return None
    except ValidationError as error:
        if "resend" in request.POST:
            messages.warning(request, error.messages[0])
        else:
            request.session[FAULT] = error.messages[0]
    return redirect(request.path)


def _is_proven(request: HttpRequest, phone: str, form: CodeForm) -> bool:
    """Remember the phone as proven by the code of the form; raises ValidationError for a wrong or missing one."""
    if not form.is_valid():
        raise ValidationError(list(form.errors["code"]))
    sessions.remember_contact(request, prove_code(phone=phone, code=form.cleaned_data["code"], purpose=Purpose.CONTACT))
    return True


def _reported(request: HttpRequest, form: ReportForm, person: Person | None) -> HttpResponse:
    became = _receive(request, form, Channel.WEB, person)
    return redirect("intake:receipt" if became.how is How.NEW else "cases:show", became.case.reference)


def _receive(
    request: HttpRequest,
    form: NeedForm,
    channel: Channel,
    person: Person | None = None,
    *,
    came_at: datetime | None = None,
) -> Followed:
    """Take the typed need in, and say what it became."""
    typed = form.cleaned_data
    actor = actor_of(request)
    became = actions.receive(
        category=form.about,
        answers=form.answers,
        text=typed["text"],
        place=typed["place"],
        where=typed["where"],
        channel=channel,
        name=typed["name"],
        phone=typed["phone"],
        person=person,
        pictures=typed["pictures"],
        same=typed.get("same", ""),
        sending=typed["sending"],
        is_private=typed["is_private"],
        came_at=came_at,
        by=actor,
    )
    messages.success(request, BECAME[became.how, actor.post is not None] % {"reference": became.case.reference})
    return became


@require_safe
@guarded(rules.may_show, thing=Case)
def receipt(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the receipt with the reference, to keep or to print."""
    actor, facts = actor_of(request), facts_of(case, asked=False)
    knows_name = rules.asked(actor, case) or queries.took_down(case, actor)
    page = facts | {
        "case": case,
        "name": case.reporter.name if knows_name else case.reporter.masked_name if actor.post else "",
        "hours": case.lead.hours or hours_of(case.place.path).today,
        "follow_at": request.build_absolute_uri(reverse("intake:follow")),
        "frame": frame_of(actor),
        "may_register": rules.may_register(actor),
    }
    return render(request, "intake/receipt.html", page)
