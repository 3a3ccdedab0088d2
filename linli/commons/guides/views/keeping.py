"""Keeping the catalogue: the list with what has ended, one item, whole sheets in and out."""

import base64

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.commons.guides import actions, queries, rules
from linli.commons.guides.forms import EndForm, Fault, ItemForm, Reading, SheetForm, read_sheet, written
from linli.commons.guides.models import Item
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.powers import Power
from linli.ground.core.lifecycle import Conflict
from linli.ground.places.queries import city_path
from linli.ground.ui import drafts, sheets

OK, UNPROCESSABLE, CONFLICT = 200, 422, 409
SHEET = "catalogue"
"""Under which name a sheet waits between its preview and being taken over."""


@require_safe
@guarded(rules.may_keep)
def keep(request: HttpRequest) -> HttpResponse:
    """List every item of the catalogue, those that have ended too."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:60]
    return render(
        request,
        "guides/keep.html",
        {"found": queries.found(actor_of(request), text=text, ended=True), "text": text},
    )


@guarded(rules.may_keep)
def add(request: HttpRequest) -> HttpResponse:
    """Put a new item into the catalogue."""
    form = ItemForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        item = actions.add(form.entry(), place_path=_area(request), by=actor_of(request))
        messages.success(request, _("“%(name)s” stands in the catalogue.") % {"name": item.name})
        return redirect("guides:show", item.code)
    return _form(request, form, _("Add a service item"))


@guarded(rules.may_edit, thing=Item, by="code")
def edit(request: HttpRequest, item: Item) -> HttpResponse:
    """Say anew what an item is."""
    if request.method != "POST":
        return _form(request, ItemForm.of(item), item.name)
    form = ItemForm(request.POST, item=item)
    if not form.is_valid():
        return _form(request, form, item.name)
    try:
        actions.edit(item.as_seen(form.cleaned_data["version"] or 0), entry=form.entry(), by=actor_of(request))
    except Conflict:
        form.add_error(None, _("Somebody else has just changed this item. Load it again and compare."))
        return _form(request, form, item.name, status=CONFLICT)
    messages.success(request, _("Changed. Whoever has applied already keeps the earlier version."))
    return redirect("guides:show", item.code)


@guarded(rules.may_edit, thing=Item, by="code")
def end(request: HttpRequest, item: Item) -> HttpResponse:
    """Let nobody apply for an item after a day."""
    form = EndForm(request.POST if request.method == "POST" else None, item=item, initial={"version": item.version})
    status = OK
    if request.method == "POST" and form.is_valid():
        try:
            item.as_seen(form.cleaned_data["version"])
            actions.end(item, on=form.cleaned_data["on"], by=actor_of(request))
        except Conflict:
            form.add_error(None, _("Somebody else has just changed this item. Load it again and compare."))
            status = CONFLICT
        else:
            messages.success(request, _("“%(name)s” ends.") % {"name": item.name})
            return redirect("guides:keep")
    facts = {"form": form, "item": item}
    return render(request, "guides/end.html", facts, status=status if status != OK else _status(form))


@require_safe
@guarded(rules.may_keep)
def export(request: HttpRequest) -> HttpResponse:
    """Hand the whole catalogue out as a sheet, as `load` takes it."""
    items = Item.objects.visible_to(actor_of(request)).prefetch_related("materials", "steps", "opinions")
    return sheets.answer(written(item.facts() for item in items), _("catalogue.xlsx"))


@guarded(rules.may_keep)
@never_cache
def load(request: HttpRequest) -> HttpResponse:
    """Take a sheet and show what it would change; nothing is written yet. Without one, the shipped draft can be looked at."""
    form = SheetForm(*(request.POST, request.FILES) if request.method == "POST" else (None, None))
    faults: list[Fault] = []
    if request.method == "POST" and ("shipped" in request.POST or form.is_valid()):
        try:
            content = _shipped() if "shipped" in request.POST else form.cleaned_data["file"].read(sheets.MAX_BYTES + 1)
            faults = read_sheet(content).faults
        except ValidationError as error:
            form.add_error("file", error.messages[0])
        else:
            if not faults:
                kept = QueryDict(mutable=True)
                kept["content"] = base64.b64encode(content).decode()
                drafts.keep(request, SHEET, kept)
                return redirect("guides:preview")
    facts = {"form": form, "faults": faults}
    return render(request, "guides/load.html", facts, status=UNPROCESSABLE if form.errors or faults else OK)


@require_safe
@guarded(rules.may_keep)
@never_cache
def preview(request: HttpRequest) -> HttpResponse:
    """Show what the sheet would add and change, value by value."""
    reading = _kept(request)
    if reading is None:
        return redirect("guides:load")
    return render(request, "guides/preview.html", {"reading": reading})


@require_POST
@guarded(rules.may_keep)
def take(request: HttpRequest) -> HttpResponse:
    """Take the sheet over, whole or not at all; drop it where that was pressed."""
    reading = _kept(request)
    if "drop" in request.POST or reading is None:
        drafts.drop(request, SHEET)
        messages.info(request, _("Nothing was taken over."))
        return redirect("guides:load")
    if reading.faults or reading.seen != request.POST.get("seen"):
        messages.error(request, _("The catalogue has changed since the preview. Please look at it again."))
        return redirect("guides:preview")
    changed = [(one.item, one.entry) for one in reading.changed]
    actions.load(reading.new, changed, place_path=_area(request), by=actor_of(request))
    drafts.drop(request, SHEET)
    told = {"new": len(reading.new), "changed": len(changed)}
    messages.success(request, _("Taken over: %(new)s new, %(changed)s changed.") % told)
    return redirect("guides:keep")


def _kept(request: HttpRequest) -> Reading | None:
    """Read the sheet that waits, compared with the catalogue of this moment; None where none waits."""
    kept = drafts.kept_of(request, SHEET)
    return read_sheet(base64.b64decode(str(kept["content"]))) if kept else None


def _shipped() -> bytes:
    """Return the shipped draft of a catalogue as a sheet of this city."""
    return written(one.written for one in queries.shipped(city_path()))


def _area(request: HttpRequest) -> str:
    return actor_of(request).area(Power.KEEP_CATALOGUE) or city_path()


def _form(request: HttpRequest, form: ItemForm, title: str, *, status: int = OK) -> HttpResponse:
    facts = {"form": form, "title": title, "item": form.item}
    facts |= {"back": form.item.get_absolute_url() if form.item else reverse("guides:keep")}
    return render(request, "guides/edit.html", facts, status=status if status != OK else _status(form))


def _status(form: ItemForm | EndForm) -> int:
    return UNPROCESSABLE if form.errors else OK
