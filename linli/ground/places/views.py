"""Places as people see them: the page of a place, search, the picker of forms, and the grids of a community."""

import re

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded, public

from . import queries
from .divisions import DIGITS, Level
from .forms import EndGridForm, GridForm, choices, heading, told_apart
from .models import Place
from .outlines import outlines_of
from .rules import may_draw_grid, may_end, may_rename
from .sections import sections_of

TEXT_MAX = 60
TARGET = re.compile(r"[A-Za-z0-9_-]{1,60}")  # the id of a form's list


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Find a place of the city by its name or pinyin, or go down the tree."""
    city = queries.city()
    text = request.GET.get("q", "")[:TEXT_MAX]
    found = queries.find(text, queries.city_path())
    below = queries.children_of(city.place) if city and not text else []
    facts = {"city": city, "text": text, "found": found, "children": below, "crumbs": [(_("Places"), "")]}
    return render(request, "places/index.html", facts)


@public
@require_GET
def show(request: HttpRequest, path: str) -> HttpResponse:
    """Show a place: where it lies, what lies in it, what became of it, and what other apps know about it."""
    place = queries.place_at(path)
    if place is None:
        raise Http404
    actor = actor_of(request)
    is_county = place.level == Level.COUNTY
    facts = {
        "place": place,
        "crumbs": _crumbs(place),
        "is_community": place.level == Level.COMMUNITY,
        "towns": queries.towns_of(place) if is_county else [],
        "children": [] if is_county else queries.children_of(place),
        "beside": _beside(place),
        "kinds": [(kind.label, number) for kind, number in queries.counts_by_kind(place.path).items()],
        "history": queries.history_of(place),
        "map": _map(place, actor),
        "sections": sections_of(place, actor),
        "may_draw_grid": may_draw_grid(actor, place),
        "may_change": may_rename(actor, place),
    }
    has_main = any(facts[part] for part in ("towns", "children", "beside", "sections", "may_draw_grid"))
    return render(request, "places/show.html", {**facts, "has_main": has_main})


@public
@require_GET
def picker(request: HttpRequest) -> HttpResponse:
    """Give a long list of places in a form its search box, and the options that match what is typed."""
    level, target = request.GET.get("level", ""), request.GET.get("for", "")
    if level not in Level.values or not TARGET.fullmatch(target):
        raise Http404
    if "q" not in request.GET:
        return render(request, "places/picker.html#box", {"target": target, "level": level})
    text, within = request.GET["q"][:TEXT_MAX], queries.city_path()
    if text.strip():
        found = sorted(queries.find(text, within, level=Level(level)), key=lambda place: place.path)
    else:
        found = list(choices(Level(level), within))
    names = told_apart(found)
    groups = [
        (heading(group.above), [(place.path, names[place.pk]) for place in group.places])
        for group in queries.grouped(found)
    ]
    return render(request, "places/picker.html#options", {"groups": groups, "number": len(found)})


@guarded(may_draw_grid, thing=Place, by="id")
@require_http_methods(["GET", "POST"])
def draw_grid(request: HttpRequest, place: Place) -> HttpResponse:
    """Draw a grid in a community."""
    form = GridForm(_typed(request), community=place)
    if form.is_valid():
        grid = place.draw_grid(name=form.cleaned_data["name"], by=actor_of(request))
        messages.success(
            request,
            _("Grid “%(name)s” has been drawn, number %(number)s.") % {"name": grid.name, "number": grid.path[-3:]},
        )
        return redirect(place)
    return _form_page(request, form, place, _("Draw a grid"))


@guarded(may_rename, thing=Place, by="id")
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, grid: Place) -> HttpResponse:
    """Rename a grid."""
    form = GridForm(_typed(request), community=grid.parent, grid=grid, initial={"name": grid.name})  # type: ignore[arg-type]
    if form.is_valid():
        grid.rename(name=form.cleaned_data["name"], by=actor_of(request))
        messages.success(request, _("The grid is now called “%(name)s”.") % {"name": grid.name})
        return redirect(grid)
    return _form_page(request, form, grid, _("Rename the grid"))


@guarded(may_end, thing=Place, by="id")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, grid: Place) -> HttpResponse:
    """End a grid; its history stays."""
    form = EndGridForm(_typed(request), grid=grid)
    if form.is_valid():
        grid.end(successor=form.cleaned_data["successor"], by=actor_of(request))
        messages.success(request, _("Grid “%(name)s” has ended; its history stays.") % {"name": grid.name})
        return redirect(grid.parent)  # type: ignore[arg-type]
    return _form_page(request, form, grid, _("End grid “%(name)s”") % {"name": grid.name}, kind="act-solid")


def _form_page(request: HttpRequest, form: Form, place: Place, title: str, kind: str = "primary") -> HttpResponse:
    """Show a form about a place; 422 with what was typed where it was refused."""
    facts = {"form": form, "place": place, "title": title, "kind": kind, "crumbs": _crumbs(place, title)}
    return render(request, "places/grid_form.html", facts, status=422 if form.errors else 200)


def _typed(request: HttpRequest) -> QueryDict | None:
    """Return what was sent; None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def _crumbs(place: Place, page: str = "") -> list[tuple[str, str]]:
    """Return the way down to a place, from the city where it lies in the city; and to a page about it."""
    city = queries.city_path()
    above = [one for one in place.ancestors() if not place.path.startswith(city or "-") or one.path.startswith(city)]
    way = [(one.short_name, one.get_absolute_url()) for one in [*above, place]]
    return [*way, (page, "")] if page else [*way[:-1], (place.short_name, "")]


def _beside(place: Place) -> list[queries.Child]:
    """Return the other grids of a grid's community."""
    if place.level != Level.GRID or place.parent is None:
        return []
    return [one for one in queries.children_of(place.parent) if one.place != place]


def _map(place: Place, actor: Actor) -> dict[str, object] | None:
    """Return the map for the page of a city or of one of its districts."""
    if place.level not in {Level.PREFECTURE, Level.COUNTY}:
        return None
    city_path = place.path[: DIGITS[Level.PREFECTURE]]
    outlines = outlines_of(city_path)
    if outlines is None:
        return None
    districts = {one.path: one for one in Place.objects.visible_to(actor).current().at(Level.COUNTY).under(city_path)}
    shapes = [(shape, districts[shape.path]) for shape in outlines.shapes if shape.path in districts]
    return {"outlines": outlines, "shapes": shapes, "city": place if place.level == Level.PREFECTURE else place.parent}
