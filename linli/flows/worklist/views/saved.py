"""Filters under a name: kept, renamed, shared, let go."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.flows.worklist import actions, queries, rules
from linli.flows.worklist.forms import NameForm, SaveForm
from linli.flows.worklist.models import SavedFilter
from linli.flows.worklist.queries import Filter
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded

OK, UNPROCESSABLE = 200, 422


@require_safe
@guarded(rules.may_save)
def filters(request: HttpRequest) -> HttpResponse:
    """Show the saved filters: one's own, and those that others share in the body."""
    actor = actor_of(request)
    saved = [(one, rules.may_rename(actor, one)) for one, _its in queries.saved_of(actor)]
    return render(request, "worklist/filters.html", {"saved": saved})


@require_http_methods(["GET", "POST"])
@guarded(rules.may_save)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter of the address under a name."""
    actor, asked = actor_of(request), Filter.of(request.GET.dict())
    form = SaveForm(request.POST if request.method == "POST" else None, taken=queries.names_of(actor))
    if not asked:
        messages.info(request, _("Narrow the list first; then the filter can be kept under a name."))
        return redirect("worklist:index")
    if request.method == "POST" and form.is_valid():
        saved = actions.save(asked=asked, **form.cleaned_data, by=actor)
        messages.success(request, _("Kept. “%(name)s” stands above the list.") % {"name": saved.name})
        return redirect(f"{reverse('worklist:index')}?{saved.query}")
    facts = {"form": form, "asked": asked}
    return render(request, "worklist/save.html", facts, status=UNPROCESSABLE if form.is_bound else OK)


@require_http_methods(["GET", "POST"])
@guarded(rules.may_rename, thing=SavedFilter)
def rename(request: HttpRequest, saved: SavedFilter) -> HttpResponse:
    """Give a saved filter another name."""
    taken = queries.names_of(actor_of(request)) - {saved.name}
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": saved.name}, taken=taken)
    if request.method == "POST" and form.is_valid():
        saved.rename(**form.cleaned_data, by=actor_of(request))
        messages.success(request, _("Renamed."))
        return redirect("worklist:filters")
    facts = {"form": form, "saved": saved}
    return render(request, "worklist/rename.html", facts, status=UNPROCESSABLE if form.is_bound else OK)


@require_POST
@guarded(rules.may_share, thing=SavedFilter)
def share(request: HttpRequest, saved: SavedFilter) -> HttpResponse:
    """Let the other posts of the body see it."""
    saved.share(by=actor_of(request))
    messages.success(request, _("The other posts of your body see it now."))
    return redirect("worklist:filters")


@require_POST
@guarded(rules.may_unshare, thing=SavedFilter)
def unshare(request: HttpRequest, saved: SavedFilter) -> HttpResponse:
    """Keep it to oneself again."""
    saved.unshare(by=actor_of(request))
    messages.success(request, _("Only you see it now."))
    return redirect("worklist:filters")


@require_POST
@guarded(rules.may_remove, thing=SavedFilter)
def remove(request: HttpRequest, saved: SavedFilter) -> HttpResponse:
    """Let it go."""
    actions.remove(saved, by=actor_of(request))
    messages.success(request, _("“%(name)s” is gone; the cases are as they were.") % {"name": saved.name})
    return redirect("worklist:filters")
