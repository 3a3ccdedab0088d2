"""Keeping the record of bodies: set up, rename, dissolve."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.core import clock
from linli.ground.organisations import actions, queries
from linli.ground.organisations.forms import DissolveForm, RenameForm, SetUpForm, typed
from linli.ground.organisations.models import Body, stand_of
from linli.ground.organisations.rules import may_dissolve, may_manage, may_rename, may_set_up
from linli.ground.places import queries as places
from linli.ground.places.models import Place


@guarded(may_manage)
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, path: str, kind: str) -> HttpResponse:
    """Set up a body of a kind at a place."""
    place = _own_place(request, path)
    found = queries.kind_at(kind, stand_of(place))
    if found is None:
        raise Http404
    name, short_name = found.names_at(place)
    initial = (
        {"founded_on": clock.today()}
        if found.many
        else {"name": name, "short_name": short_name, "founded_on": clock.today()}
    )
    form = SetUpForm(typed(request), initial=initial)
    if form.is_valid():
        try:
            body = actions.set_up(kind=found, place=place, **form.cleaned_data, by=actor_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(body)s is set up. Now fill its posts.") % {"body": body.name})
            return redirect(body)
    page = {
        "form": form,
        "kind": found,
        "place": place,
        "title": found.title_at(stand_of(place)),
        "source": found.source_at(stand_of(place)),
    }
    return render(request, "organisations/set_up.html", page, status=422 if form.is_bound else 200)


@guarded(may_rename, thing=Body)
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, body: Body) -> HttpResponse:
    """Give a body another name."""
    form = RenameForm(typed(request), initial={"name": body.name, "short_name": body.short_name})
    if form.is_valid():
        body.rename(**form.cleaned_data, by=actor_of(request))
        messages.success(request, _("The body is now called %(body)s.") % {"body": body.name})
        return redirect(body)
    return render(
        request, "organisations/rename.html", {"form": form, "body": body}, status=422 if form.is_bound else 200
    )


@guarded(may_dissolve, thing=Body)
@require_http_methods(["GET", "POST"])
def dissolve(request: HttpRequest, body: Body) -> HttpResponse:
    """Dissolve a body after a confirmation: it ends the terms of all who sit in it."""
    form = DissolveForm(typed(request))
    if form.is_valid():
        try:
            actions.dissolve(body=body, on=form.cleaned_data["on"], by=actor_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(body)s is dissolved.") % {"body": body.name})
            return redirect(body)
    sheet = queries.sheet_of(body, clock.today())
    page = {"form": form, "body": body, "sheet": sheet, "holders": sum(len(post.holders) for post in sheet.posts)}
    return render(request, "organisations/dissolve.html", page, status=422 if form.is_bound else 200)


def _own_place(request: HttpRequest, path: str) -> Place:
    """Return a place within the actor's own; 404 elsewhere."""
    place = places.place_at(path)
    if place is None or place.ended_on is not None or not may_set_up(actor_of(request), place.path):
        raise Http404
    return place
