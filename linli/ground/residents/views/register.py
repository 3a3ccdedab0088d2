"""Doors of the desk: the residents of the own place, masked; one in full only on the record."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.powers import Power
from linli.ground.core import paging
from linli.ground.core.registry import ref
from linli.ground.people import actions as people
from linli.ground.people import sessions
from linli.ground.people.forms import CodeForm
from linli.ground.people.models import Person, Purpose
from linli.ground.residents import actions, queries
from linli.ground.residents.forms import BackForm, DayForm, EntryForm, KinshipForm, UndoMarkForm
from linli.ground.residents.rules import may_correct, may_hold, may_keep_register, may_show, may_undo_mark, may_unmask
from linli.ground.residents.sections import Alike, alike, sections_above, sections_of
from linli.ground.ui import sheets

UNPROCESSABLE = 422


@guarded(may_keep_register)
@never_cache
def list_residents(request: HttpRequest) -> HttpResponse:
    """List the residents of the own place, masked, by key; `q` finds a whole name, a surname, a phone or an identity number."""
    text = request.GET.get("q", "").strip()[:50]
    found = queries.residents_of(actor_of(request), text)
    page = paging.page_of(found.select_related("personal", "place"), keys=("-pk",), token=request.GET.get("page", ""))
    count = paging.capped_count(found)
    above = sections_above(None, actor_of(request))
    return render(request, "residents/list.html", {"page": page, "count": count, "q": text, "above": above})


@guarded(may_keep_register)
@never_cache
def download(request: HttpRequest) -> HttpResponse:
    """Hand out the register of the own place, masked as on the page."""
    return sheets.answer(queries.masked_register(actor_of(request)), _("residents.xlsx"))


@guarded(may_keep_register)
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a person at the desk; where an entry looks like this person, only after the keeper has seen it."""
    actor = actor_of(request)
    form = EntryForm(request.POST if request.method == "POST" else None, area=actor.area(Power.KEEP_REGISTER) or "")
    found: list[Alike] = []
    known = None
    if request.method == "POST" and form.is_valid():
        try:
            entry = form.entry().normal()
            found = alike(entry, actor)
            if {str(one.person.pk) for one in found} <= set(request.POST.get("seen", "").split()):
                person = people.enter_person(entry, by=actor)
                messages.success(request, _("%(name)s is entered.") % {"name": person.masked_name})
                return redirect("residents:show", person.pk)
        except ValidationError as error:
            known = _refused(form, error, actor)
    context = {"form": form, "alike": found, "known": known}
    return render(request, "residents/entry.html", context, status=UNPROCESSABLE if form.errors or found else 200)


def _refused(form: EntryForm, error: ValidationError, actor: Actor) -> Person | None:
    """Say at its field what the register refuses; return the entry that has the identity number already, where the actor may see it."""
    taken, number = error.code == "id_number", form.cleaned_data["id_number"]
    form.add_error("id_number" if taken else "name", error.messages[0])
    return queries.entry_with(actor, number) if taken else None


@guarded(may_show, thing=Person, by="id")
@never_cache
def show(request: HttpRequest, person: Person) -> HttpResponse:
    """Show an entry, masked; the address of one that was merged leads to the one that stays."""
    if person.merged_into_id:
        return redirect("residents:show", person.merged_into_id)
    return _show(request, person)


def _show(
    request: HttpRequest, person: Person, *, full: bool = False, status: int = 200, forms: Mapping[str, object] = {}
) -> HttpResponse:
    """Show an entry with what the actor may do to it."""
    actor = actor_of(request)
    context = {
        "person": person,
        "full": full,
        "kin": queries.kin_of(person),
        "looks": queries.looks_at(person, actor),
        "may_correct": may_correct(actor, person),
        "may_unmask": may_unmask(actor, person),
        "may_hold": may_hold(actor, person),
        "may_undo_mark": may_undo_mark(actor, person),
        "undone": person.undone_marks.order_by("-pk"),
        "sections": sections_of(person, actor),
        "held": queries.hold_on(person),
        "died": DayForm(auto_id="died_%s"),
        "left": DayForm(auto_id="left_%s"),
        "back": _back_form(person, actor) if person.is_away else None,
        "undo_died": UndoMarkForm(auto_id="undo_died_%s"),
        "undo_left": UndoMarkForm(auto_id="undo_left_%s"),
        "kinship": KinshipForm(),
        "code": CodeForm() if request.session.get("confirming") == person.pk else None,
    }
    return render(request, "residents/show.html", {**context, **forms}, status=status)


@guarded(may_unmask, thing=Person, by="id")
@never_cache
@require_POST
def unmask(request: HttpRequest, person: Person) -> HttpResponse:
    """Show phone, identity number and address in full; the person can see who looked."""
    people.unmask(person, matter=ref(person), by=actor_of(request))
    return _show(request, person, full=True)


@guarded(may_correct, thing=Person, by="id")
@never_cache
def correct(request: HttpRequest, person: Person) -> HttpResponse:
    """Correct an entry; opening the form shows it in full, so it is a look on the record."""
    actor = actor_of(request)
    people.unmask(person, matter=ref(person), by=actor)
    known = None
    form = EntryForm(
        request.POST if request.method == "POST" else None, area=actor.area(Power.KEEP_REGISTER) or "", person=person
    )
    if request.method == "POST" and form.is_valid():
        try:
            people.correct_person(person, form.entry(), by=actor)
        except ValidationError as error:
            known = _refused(form, error, actor)
        else:
            messages.success(request, _("The entry is corrected."))
            return redirect("residents:show", person.pk)
    context = {"form": form, "person": person, "known": known}
    return render(request, "residents/entry.html", context, status=UNPROCESSABLE if form.errors else 200)


def _write(
    request: HttpRequest, person: Person, told: str, write: Callable[[dict[str, Any]], object], **named: Form
) -> HttpResponse:
    """Do what one form on the page of an entry asks and go back to the page; what is refused is told there, as it was typed."""
    [form] = named.values()
    if form.is_valid():
        try:
            write(form.cleaned_data)
        except ValidationError as error:
            day = "on" in getattr(error, "error_dict", {})
            form.add_error("on" if day else None, error.messages[0])
        else:
            messages.success(request, told)
            return redirect("residents:show", person.pk)
    return _show(request, person, status=UNPROCESSABLE, forms={"failed": form, **named})


@guarded(may_correct, thing=Person, by="id")
@require_POST
def mark_died(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down that the person has died."""
    form, by = DayForm(request.POST, auto_id="died_%s"), actor_of(request)
    told = _("Recorded; the entry no longer counts.")
    return _write(request, person, told, lambda given: person.mark_died(on=given["on"], by=by), died=form)


@guarded(may_correct, thing=Person, by="id")
@require_POST
def mark_left(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down that the person has moved away."""
    form, by = DayForm(request.POST, auto_id="left_%s"), actor_of(request)
    told = _("Recorded; the entry no longer counts.")
    return _write(request, person, told, lambda given: person.mark_left(on=given["on"], by=by), left=form)


@guarded(may_correct, thing=Person, by="id")
@require_POST
def mark_back(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down that somebody who had moved away lives here again."""
    by = actor_of(request)
    form = _back_form(person, by, request.POST)
    told = _("Recorded; the entry counts again. The address and, before an election, the vote are recorded anew.")
    return _write(request, person, told, lambda given: person.mark_back(**given, by=by), back=form)


def _back_form(person: Person, by: Actor, given: QueryDict | None = None) -> BackForm:
    """Return the form of a return; the days of other forms on the page have names of their own."""
    return BackForm(given, area=by.area(Power.KEEP_REGISTER) or "", person=person, auto_id="back_%s")


@guarded(may_undo_mark, thing=Person, by="id")
@require_POST
def undo_mark_died(request: HttpRequest, person: Person) -> HttpResponse:
    """Undo the record of a death that meant somebody else."""
    form, by = UndoMarkForm(request.POST, auto_id="undo_died_%s"), actor_of(request)
    told = _("The record of the death is undone; the entry counts again, as it was.")
    return _write(request, person, told, lambda given: actions.undo_mark_died(person, by=by, **given), undo_died=form)


@guarded(may_undo_mark, thing=Person, by="id")
@require_POST
def undo_mark_left(request: HttpRequest, person: Person) -> HttpResponse:
    """Undo the record of a move that meant somebody else."""
    form, by = UndoMarkForm(request.POST, auto_id="undo_left_%s"), actor_of(request)
    told = _("The record of the move is undone; the entry counts again, as it was.")
    return _write(request, person, told, lambda given: actions.undo_mark_left(person, by=by, **given), undo_left=form)


@guarded(may_correct, thing=Person, by="id")
@require_POST
def declare_kinship(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down a relative who is in the register that the keeper sees."""
    actor = actor_of(request)

    def declare(given: dict[str, Any]) -> None:
        relative = queries.resident_of(actor, given["who"])
        people.declare_kinship(person, relative, relation=given["relation"], by=actor)

    return _write(request, person, _("The relative is recorded."), declare, kinship=KinshipForm(request.POST))


@guarded(may_correct, thing=Person, by="id")
@require_POST
def confirm(request: HttpRequest, person: Person) -> HttpResponse:
    """Send a code to the person's phone; with the code that they read out, the entry is confirmed by themselves."""
    actor, phone = actor_of(request), person.personal.phone
    form = CodeForm(request.POST) if "code" in request.POST else None
    try:
        if form is None:
            people.send_code(phone=phone, purpose=Purpose.CONFIRM, address=sessions.address_of(request), by=actor)
            request.session["confirming"] = person.pk
            messages.success(request, _("The code is on its way; ask the person to read it out."))
            return redirect("residents:show", person.pk)
        if form.is_valid():
            people.prove_code(phone=phone, code=form.cleaned_data["code"], purpose=Purpose.CONFIRM)
            del request.session["confirming"]
            person.confirm(by=actor)
            messages.success(request, _("The person has confirmed the entry."))
            return redirect("residents:show", person.pk)
    except ValidationError as error:
        form = form or CodeForm({})
        form.full_clean()
        form.errors["code"] = form.error_class(error.messages)
    return _show(request, person, status=UNPROCESSABLE, forms={"failed": form, "code": form})
