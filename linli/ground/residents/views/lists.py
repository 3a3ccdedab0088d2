"""Doors for lists: load, look, take over or drop; the template and the masked register as spreadsheets."""

import base64

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.powers import Power
from linli.ground.places import queries as places
from linli.ground.residents import actions, queries
from linli.ground.residents.forms import ListForm
from linli.ground.residents.models import StagedList
from linli.ground.residents.rules import may_decide_list, may_keep_register
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
                return redirect("residents:preview", staged.reference)
            faults = reading.faults
    status = UNPROCESSABLE if form.errors or faults else 200
    return render(request, "residents/load.html", {"form": form, "faults": faults}, status=status)


@guarded(may_decide_list, thing=StagedList)
@never_cache
def preview(request: HttpRequest, staged: StagedList) -> HttpResponse:
    """Show what the list would do, row by row, masked."""
    reading = actions.read_list(base64.b64decode(staged.content), area=staged.area)
    rows = queries.preview_rows(reading, SHOWN)
    return render(request, "residents/preview.html", {"staged": staged, "rows": rows, "shown": SHOWN})


@guarded(may_decide_list, thing=StagedList)
@require_POST
def apply(request: HttpRequest, staged: StagedList) -> HttpResponse:
    """Take the list over, whole or not at all."""
    try:
        actions.apply_list(staged, by=actor_of(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("residents:load")
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
    return redirect("residents:load")


@guarded(may_keep_register)
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a door takes the request)
    """Hand out an empty list with the headings."""
    return _sheet(actions.template(), _("template.xlsx"))


@guarded(may_keep_register)
@never_cache
def download(request: HttpRequest) -> HttpResponse:
    """Hand out the register of the own place, masked as on the page."""
    return _sheet(queries.masked_register(actor_of(request)), _("residents.xlsx"))


def _sheet(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=sheets.XLSX, headers={"Content-Disposition": disposition})
