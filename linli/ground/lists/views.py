"""Doors for lists: load, look, take over or drop; the template to fill in."""

import base64

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.powers import Power
from linli.ground.lists import actions, queries
from linli.ground.lists.forms import ListForm
from linli.ground.lists.models import StagedList
from linli.ground.lists.rules import may_decide_list
from linli.ground.places import queries as places
from linli.ground.residents.rules import may_keep_register
from linli.ground.ui import sheets

UNPROCESSABLE = 422
SHOWN = 100


@guarded(may_keep_register)
@never_cache
def load(request: HttpRequest) -> HttpResponse:
    """Take a spreadsheet and show what it would do; nothing is written yet but the list itself."""
    actor = actor_of(request)
    form = ListForm(
        request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None
    )
    faults: list[actions.Fault] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            area = actor.area(Power.KEEP_REGISTER) or places.city_path()
            staged, reading = actions.stage_list(upload.read(sheets.MAX_BYTES + 1), area=area, by=actor)
        except ValidationError as error:
            form.add_error("file", error.messages[0])
        else:
            if staged is not None:
                return redirect("lists:preview", staged.reference)
            faults = reading.faults
    status = UNPROCESSABLE if form.errors or faults else 200
    return render(request, "lists/load.html", {"form": form, "faults": faults}, status=status)


@guarded(may_decide_list, thing=StagedList)
@never_cache
def preview(request: HttpRequest, staged: StagedList) -> HttpResponse:
    """Show what the list would do, row by row, masked."""
    reading = actions.read_list(base64.b64decode(staged.content), area=staged.area)
    rows = queries.preview_rows(reading, SHOWN)
    return render(request, "lists/preview.html", {"staged": staged, "rows": rows, "shown": SHOWN})


@guarded(may_decide_list, thing=StagedList)
@require_POST
def apply(request: HttpRequest, staged: StagedList) -> HttpResponse:
    """Take the list over, whole or not at all."""
    try:
        actions.apply_list(staged, by=actor_of(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("lists:load")
    messages.success(
        request,
        _("The list is taken over: %(new)s new, %(changed)s changed.") % {"new": staged.new, "changed": staged.changed},
    )
    return redirect("residents:list")


@guarded(may_decide_list, thing=StagedList)
@require_POST
def drop(request: HttpRequest, staged: StagedList) -> HttpResponse:
    """Forget the list."""
    staged.drop(by=actor_of(request))
    messages.success(request, _("The list is dropped; nothing has changed."))
    return redirect("lists:load")


@guarded(may_keep_register)
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a door takes the request)
    """Hand out an empty list with the headings."""
    return sheets.answer(actions.template(), _("template.xlsx"))
