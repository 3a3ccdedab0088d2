"""Places for programs: the tree, one place, search within a place."""

from datetime import date
from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Field, Path, Query, Router, Schema

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import public
from linli.ground.core.paging import page_of

from . import queries
from .divisions import Level
from .models import Place

router = Router(tags=["places"])
Digits = r"^[0-9]{2,15}$"


class PlaceOut(Schema):
    """One place. `path` is its code; a subtree is a prefix."""

    path: str
    name: str = Field(description="as the statistics write it")
    short_name: str = Field(description="as people say it")
    title: str = Field(description="with the places above, from below the city down")
    level: str
    kind: str = Field(
        description="what governs a community; quasi_*: a place without self-government, counted apart; else empty"
    )
    parent: str | None
    begun_on: date
    ended_on: date | None
    successor: str | None


class PlacesOut(Schema):
    """A page of places; pass `next` as `after` for the next one."""

    items: list[PlaceOut]
    next: str | None


class Fault(Schema):
    """Why there is no answer: one sentence, or what is wrong with each parameter."""

    detail: str | list[dict[str, object]]


@router.get("/", response={200: PlacesOut, 400: Fault, 422: Fault}, auth=None)
@public
def index(
    request: HttpRequest,
    under: Annotated[str, Query(pattern=r"^([0-9]{2,15})?$", description="a path; default: the open city")] = "",
    level: Annotated[Level | None, Query()] = None,
    q: Annotated[str, Query(max_length=60, pattern=r"^[^\x00]*$", description="a part of the name")] = "",
    after: Annotated[str, Query(max_length=500)] = "",
) -> dict[str, object]:
    """List the current places at or below a place, by code."""
    area = under or queries.city_path()
    places = Place.objects.visible_to(actor_of(request)).current().under(area)
    if level is not None:
        places = places.at(level)
    if q:
        places = places.filter(name__contains=q) if area else places.none()
    page = page_of(places.with_parents(), keys=("path",), token=after)
    return {"items": [_out(place) for place in page.items], "next": page.next}


@router.get("/{path}", response={200: PlaceOut, 404: Fault, 422: Fault}, auth=None)
@public
def show(request: HttpRequest, path: Annotated[str, Path(pattern=Digits)]) -> dict[str, object]:  # noqa: ARG001 (the router passes it)
    """Return one place, also one that has ended."""
    place = queries.place_at(path)
    if place is None:
        raise Http404
    return _out(place)


def _out(place: Place) -> dict[str, object]:
    return {
        "path": place.path,
        "name": place.name,
        "short_name": place.short_name,
        "title": place.title,
        "level": place.level,
        "kind": place.kind,
        "parent": place.parent.path if place.parent else None,
        "begun_on": place.begun_on,
        "ended_on": place.ended_on,
        "successor": place.successor.path if place.successor else None,
    }
