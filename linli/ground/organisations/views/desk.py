"""Keeping the record of bodies: set up, rename, correct, move, dissolve."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.core import clock
from linli.ground.kinds import queries as kinds
from linli.ground.kinds.models import BodyKind, stand_of
from linli.ground.organisations import actions, queries
from linli.ground.organisations.forms import CorrectForm, DissolveForm, MoveForm, RenameForm, SetUpForm, typed
from linli.ground.organisations.models import Body
from linli.ground.organisations.rules import (
    may_correct,
    may_dissolve,
    may_manage,
    may_manage_at,
    may_move,
    may_rename,
    may_set_up,
)
from linli.ground.places import queries as places
from linli.ground.places.models import Place


@guarded(may_manage)
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, path: str, kind: str) -> HttpResponse:
    """Set up a body of a kind at a place; a department is chosen from those of the file that do not stand there yet, or named freely."""
    place, found = _own_place_and_kind(request, path, kind)
    offered = queries.departments_missing(place, found) if found.code == "department" else []
    chosen = next((one for one in offered if one.slot == request.GET.get("department")), None)
    name, short_name = (chosen.name, chosen.short_name) if chosen else found.names_at(place)
    initial = {"name": name, "short_name": short_name} if chosen or not found.many else {}
    form = SetUpForm(typed(request), kind=found, initial=initial | {"founded_on": clock.today()})
    if form.is_valid():
        facts = form.cleaned_data | {"slot": chosen.slot if chosen else ""}
        try:
            body = actions.set_up(kind=found, place=place, **facts, by=actor_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(body)s is set up. Now fill its posts.") % {"body": body.name})
            return redirect(body)
    page = {
        "form": form,
        "place": place,
        "title": chosen.name if chosen else found.title_at(stand_of(place)),
        "source": found.source_at(stand_of(place)),
        "offered": [one for one in offered if one != chosen],
        "chosen": chosen,
    }
    return render(request, "organisations/set_up.html", page, status=422 if form.is_bound else 200)


@guarded(may_rename, thing=Body)
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, body: Body) -> HttpResponse:
    """Give a body another name."""
    form = RenameForm(typed(request), initial={"name": body.name, "short_name": body.short_name})
    page = {"heading": _("Rename: %(body)s") % {"body": body.name}, "button": _("Rename")}
    said = _("The body is now called %(body)s.")
    return changed(
        request, body, form, lambda: body.rename(**form.cleaned_data, by=actor_of(request)), said=said, page=page
    )


@guarded(may_correct, thing=Body)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, body: Body) -> HttpResponse:
    """Correct what is on record of a body: when it was founded, what an association is for, how people reach it."""
    form = CorrectForm(typed(request), body=body)
    page = {"heading": _("Correct the record: %(body)s") % {"body": body.name}, "button": _("Correct")}
    said = _("The record of %(body)s is corrected.")
    return changed(
        request, body, form, lambda: body.correct(**form.facts(), by=actor_of(request)), said=said, page=page
    )


@guarded(may_move, thing=Body)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, body: Body) -> HttpResponse:
    """Put a body under another one that its kind may stand under, or under none."""
    form = MoveForm(typed(request), parents=queries.parents_of(body), initial={"parent": body.parent_id})

    def change() -> None:
        actions.move(body=body, parent=form.cleaned_data["parent"], by=actor_of(request))

    page = {
        "heading": _("Put under another body: %(body)s") % {"body": body.name},
        "button": _("Put it there"),
        "note": _("What stands under it comes along. To undo this, put it back in the same way."),
    }
    return changed(request, body, form, change, said=_("%(body)s stands there now."), page=page)


@guarded(may_dissolve, thing=Body)
@require_http_methods(["GET", "POST"])
def dissolve(request: HttpRequest, body: Body) -> HttpResponse:
    """Dissolve a body after a confirmation: it ends the terms of all who sit in it."""
    form = DissolveForm(typed(request))
    sheet = queries.sheet_of(body, clock.today())
    page = {"template": "organisations/dissolve.html", "holders": sum(len(post.holders) for post in sheet.posts)}

    def change() -> None:
        actions.dissolve(body=body, on=form.cleaned_data["on"], by=actor_of(request))

    return changed(request, body, form, change, said=_("%(body)s is dissolved."), page=page)


def changed(
    request: HttpRequest,
    body: Body,
    form: forms.Form,
    change: Callable[[], None],
    *,
    said: str,
    page: Mapping[str, object],
) -> HttpResponse:
    """Show a form about a body; once it is sent, make the change and say so on the body's page, or say what is wrong."""
    if form.is_valid():
        try:
            change()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, said % {"body": body.name})
            return redirect(body)
    template = str(page.get("template", "organisations/change.html"))
    return render(request, template, {**page, "form": form, "body": body}, status=422 if form.is_bound else 200)


def _own_place_and_kind(request: HttpRequest, path: str, code: str) -> tuple[Place, BodyKind]:
    """Return a place within the actor's own and a kind that stands there; 404 elsewhere, 403 for one that is kept from above."""
    actor, place = actor_of(request), places.place_at(path)
    if place is None or place.ended_on is not None or not may_manage_at(actor, place.path):
        raise Http404
    kind = kinds.kind_at(code, stand_of(place))
    if kind is None:
        raise Http404
    if not may_set_up(actor, place.path, kind):
        raise PermissionDenied
    return place, kind
