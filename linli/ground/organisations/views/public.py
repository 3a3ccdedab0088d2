"""What everybody may see: the city's offices, its communities, a body's sheet."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import load, public
from linli.ground.core import clock
from linli.ground.kinds.models import Group
from linli.ground.organisations import queries
from linli.ground.organisations.models import Body
from linli.ground.organisations.rules import may_dissolve, may_manage_at, may_rename
from linli.ground.organisations.sections import sections_of
from linli.ground.places import queries as places
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place

TEXT_MAX = 60


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the offices of the city and the way to every community."""
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
        "offices": [] if text else list(at_city),
        "towns": places.grouped(found),
    }
    return render(request, "organisations/index.html", page)


@public
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a body: its posts and holders, what stands under it, what happened, and what other apps know about it."""
    actor = actor_of(request)
    body = cast("Body", load(Body, actor, reference=reference))
    above = (_("Community organisations"), reverse("organisations:index"))
    at = (body.place.short_name, body.place.get_absolute_url())
    page = {
        "crumbs": [above, at, (body.short_name, "")],
        "sheet": queries.sheet_of(body, clock.today()),
        "contact": queries.contact_of(body, actor, clock.today()),
        "sections": sections_of(body, actor),
        "body": body,
        "may_manage": may_rename(actor, body) and body.ended_on is None,
        "kept_above": may_manage_at(actor, body.place_path) and not may_rename(actor, body),
        "may_dissolve": may_dissolve(actor, body) and body.ended_on is None,
    }
    return render(request, "organisations/show.html", page)
