"""What everybody may see: the city's offices, a community's chart, a body's sheet."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import load, public
from linli.ground.core import clock
from linli.ground.organisations import queries
from linli.ground.organisations.models import Body, Group
from linli.ground.organisations.rules import may_dissolve, may_rename, may_set_up
from linli.ground.places import queries as places
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place

TEXT_MAX = 60


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the offices of the city and the way to every community's chart."""
    city, text = places.city(), request.GET.get("q", "")[:TEXT_MAX].strip()
    offices = Body.objects.visible_to(actor_of(request)).current().filter(kind__group=Group.GOVERNMENT)
    at_city = offices.filter(place__path=city.path).order_by("kind__position", "pk") if city else offices.none()
    communities = Place.objects.visible_to(actor_of(request)).current().at(Level.COMMUNITY).under(places.city_path())
    if text:
        found = places.find(text, places.city_path(), level=Level.COMMUNITY)
    else:
        found = list(communities.with_parents().order_by("path")) if city else []
    page = {
        "city": city,
        "text": text,
        "crumbs": [(_("Community organisations"), "")],
        "offices": [] if text else at_city,
        "towns": places.grouped(found),
    }
    return render(request, "organisations/index.html", page)


@public
@require_GET
def chart(request: HttpRequest, path: str) -> HttpResponse:
    """Show a community's organisation chart; a place above leads to the matrix of its communities."""
    place = places.place_at(path)
    if place is None or place.level == Level.GRID:
        raise Http404
    if place.level != Level.COMMUNITY:
        return redirect(reverse("organisations:completeness") + f"?under={place.path}")
    page = {
        "crumbs": [(_("Community organisations"), reverse("organisations:index")), (place.short_name, "")],
        "chart": queries.chart_of(place, clock.today()),
        "place": place,
        "may_manage": may_set_up(actor_of(request), place.path),
    }
    return render(request, "organisations/chart.html", page)


@public
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a body: its posts and holders, what the rules find, what stands under it, what happened."""
    actor = actor_of(request)
    body = cast("Body", load(Body, actor, reference=reference))
    above = (_("Community organisations"), reverse("organisations:index"))
    at = (body.place.short_name, reverse("organisations:chart", args=[body.place.path]))
    page = {
        "crumbs": [above, at, (body.short_name, "")],
        "sheet": queries.sheet_of(body, clock.today()),
        "body": body,
        "may_manage": may_rename(actor, body) and body.ended_on is None,
        "may_dissolve": may_dissolve(actor, body) and body.ended_on is None,
    }
    return render(request, "organisations/show.html", page)
