"""Files of what a filter shows: asked for, watched, fetched."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.flows.worklist import actions, queries, rules
from linli.flows.worklist.forms import ExportForm
from linli.flows.worklist.models import Export, Format
from linli.flows.worklist.queries import Filter
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.core.paging import capped_count
from linli.ground.ui.sheets import stored

OK, UNPROCESSABLE = 200, 422
SHOWN = 20


@require_http_methods(["GET", "POST"])
@guarded(rules.may_export)
def export(request: HttpRequest) -> HttpResponse:
    """Ask for a file of what the filter of the address shows; below it the files that one has asked for."""
    actor, asked = actor_of(request), Filter.of(request.GET.dict())
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.ask(asked=asked, format=form.cleaned_data["format"], by=actor)
        return redirect("worklist:follow", made.reference)
    facts = {
        "form": form,
        "asked": asked,
        "count": None if asked.q else capped_count(queries.chosen(actor, asked)),
        "exports": Export.objects.visible_to(actor).order_by("-asked_at")[:SHOWN],
    }
    return render(request, "worklist/export.html", facts, status=UNPROCESSABLE if form.is_bound else OK)


@require_safe
@guarded(rules.may_follow, thing=Export)
@never_cache
def follow(request: HttpRequest, export: Export) -> HttpResponse:
    """Show how far a file is; the page asks again by itself until it is ready."""
    return render(request, "worklist/follow.html", {"export": export})


@require_safe
@guarded(rules.may_download, thing=Export)
def download(request: HttpRequest, export: Export) -> FileResponse:  # noqa: ARG001 (the guard loads by it)
    """Hand the file out."""
    return stored(export.stored_as, name=export.file_name, is_csv=export.format == Format.CSV)
