"""Completeness for machines: the matrix of a place, what the rules find in a body."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import Fault, load, public
from linli.ground.completeness import queries
from linli.ground.completeness.composition import Finding
from linli.ground.core import clock
from linli.ground.organisations.models import Body
from linli.ground.places import queries as places

router = Router(tags=["completeness"])
Path = Annotated[str, StringConstraints(pattern=r"^[0-9]{2,15}$")]


class RowOut(Schema):
    """A place of the matrix with a cell for each group."""

    place: str = Field(alias="place.path")
    name: str = Field(alias="place.short_name")
    communities: int
    cells: list[queries.Cell]


class MatrixOut(Schema):
    """The completeness of the communities of a place, by the divisions below it."""

    groups: list[str]
    rows: list[RowOut]
    communities: int
    uncounted: int


@router.get("/", response={200: MatrixOut, 404: Fault}, auth=None)
@public
def index(
    request: HttpRequest,  # noqa: ARG001 (ninja's word)
    under: Path | None = None,
) -> queries.Matrix | Status[Fault]:
    """Show the completeness of the communities of a place (the city) by the divisions below it."""
    place = queries.measured(under or places.city_path())
    return queries.matrix_of(place, clock.today()) if place else Status(404, Fault(detail=under or ""))


@router.get("/bodies/{reference}", response={200: list[Finding], 404: Fault}, auth=None)
@public
def findings(request: HttpRequest, reference: Annotated[str, StringConstraints(max_length=20)]) -> list[Finding]:
    """List what is vacant, over, or against the rules in a body; nothing for one that is dissolved."""
    body = load(Body, actor_of(request), reference=reference)
    assert isinstance(body, Body)
    return list(queries.findings_of(body, clock.today()))
