"""Keeping the catalogue: add an item, edit it, end it, take a whole sheet over. Each is one transaction."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from linli.commons.guides import queries
from linli.commons.guides.models import Entry, Item
from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record


@transaction.atomic
def add(entry: Entry, *, place_path: str, by: Actor) -> Item:
    """Put a new item into the catalogue of a city; raises IntegrityError where its code stands there already."""
    item = Item(place_path=place_path)
    item.write(entry.facts)
    item.save()
    item.write_lines(entry.materials, entry.steps, entry.opinions)
    record("guides.item.add", item, by=by, place_path=place_path, data={"code": item.code})
    return item


def edit(item: Item, *, entry: Entry, by: Actor) -> None:
    """Say anew what an item is."""
    item.edit(facts=entry.facts, materials=entry.materials, steps=entry.steps, opinions=entry.opinions, by=by)


def end(item: Item, *, on: date, by: Actor) -> None:
    """Let nobody apply for it after a day."""
    item.end(on=on, by=by)


@transaction.atomic
def load(new: Sequence[Entry], changed: Sequence[tuple[Item, Entry]], *, place_path: str, by: Actor) -> None:
    """Take a whole sheet over or nothing of it."""
    for entry in new:
        add(entry, place_path=place_path, by=by)
    for item, entry in changed:
        edit(item, entry=entry, by=by)


@transaction.atomic
def take_draft(*, place_path: str, by: Actor) -> int:
    """Put the shipped draft into the catalogue of a city, without what stands there already; return how many items came."""
    known = set(Item.objects.values_list("code", flat=True))
    new = [entry for entry in queries.shipped(place_path) if entry.code not in known]
    load(new, [], place_path=place_path, by=by)
    return len(new)
