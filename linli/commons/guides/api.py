"""The API of the catalogue: what can be applied for, for everybody's programs."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import Fault, guarded, public
from linli.ground.kinds.fields import ServiceField

from . import queries, rules
from .models import Item, ItemKind, MaterialSource, Mode

router = Router(tags=["guides"])


class MaterialOut(Schema):
    """A material of an item."""

    name: str
    originals: int
    copies: int
    source: MaterialSource
    waived_why: str


class StepOut(Schema):
    """A step of an item's handling."""

    name: str
    days: int
    is_counted: bool


class AskedOut(Schema):
    """A department that has its say on a joint item, by its code; how many working days it has."""

    department: str
    about: str
    days: int


class ItemOut(Schema):
    """An item as its guide shows it; the fee in fen."""

    code: str
    version: int
    name: str
    aliases: str
    field: ServiceField
    kind: ItemKind
    mode: Mode
    department: str
    legal_basis: str
    article: str
    conditions: str
    statutory_days: int | None
    promised_days: int
    fee: int
    fee_basis: str
    result: str
    valid_from: date
    valid_until: date | None
    materials: list[MaterialOut]
    steps: list[StepOut]
    opinions: list[AskedOut]


@router.get("/", response={200: list[ItemOut]}, auth=None)
@public
def index(request: HttpRequest, q: Annotated[str, Field(max_length=60)] = "") -> list[Item]:
    """List the items of today, all of them or those in which every word of `q` stands."""
    found = queries.found(actor_of(request), text=q.replace("\0", "").strip())
    return [item for group in found.groups for item in group.items]


@router.get("/{code}", response={200: ItemOut, 404: Fault}, auth=None)
@guarded(rules.may_show, thing=Item, by="code")
def show(request: HttpRequest, item: Item) -> Item:  # noqa: ARG001 (the guard loads by it)
    """Return the guide of one item."""
    return item
