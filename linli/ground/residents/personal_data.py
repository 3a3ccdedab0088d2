"""The registry of personal data: every app that keeps some says here how it is shown to the person and how it is erased.

Called in `ready()`. `collect(person)` returns rows for the export; `erase(person)` blanks what identifies the person in that app's own
tables and keeps the tombstone. Both run in the caller's transaction.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from linli.ground.people.models import Person
from linli.ground.residents.models import DataRequest

Row = dict[str, str]
Collect = Callable[[Person], list[Row]]
Erase = Callable[[Person], None]


@dataclass(frozen=True)
class Holding:
    """What one app keeps about people."""

    label: str | Promise
    collect: Collect
    erase: Erase
    is_open: Callable[[Person], bool]


_holdings: dict[str, Holding] = {}


def register(
    name: str,
    label: str | Promise,
    *,
    collect: Collect,
    erase: Erase = lambda _person: None,
    is_open: Callable[[Person], bool] = lambda _person: False,
) -> None:
    """Add what an app keeps; `is_open` says whether a matter still needs the data, which is a reason to refuse erasure."""
    _holdings[name] = Holding(label, collect, erase, is_open)


def collect_all(person: Person) -> Iterator[tuple[str, list[Row]]]:
    """Yield each part of the export: its heading and its rows."""
    for holding in _holdings.values():
        yield str(holding.label), holding.collect(person)


def erase_all(person: Person) -> None:
    """Let every app erase what it keeps about the person."""
    for holding in _holdings.values():
        holding.erase(person)


def open_matters(person: Person) -> list[str]:
    """Return the headings of the apps in which a matter of the person is still open."""
    return [str(holding.label) for holding in _holdings.values() if holding.is_open(person)]


def row(thing: Any, *fields: str) -> Row:
    """Return fields of a model instance as the export shows them: verbose name to printed value."""
    shown: Row = {}
    for name in fields:
        field = thing._meta.get_field(name)
        printed = getattr(thing, f"get_{name}_display", None)
        value = printed() if printed else getattr(thing, name)
        shown[str(field.verbose_name)] = "" if value is None else str(value)
    return shown


def entry_rows(person: Person) -> list[Row]:
    """Return what the register holds: the entry, what identifies the person, the address and the declared relatives."""
    shown = row(
        person, "place", "residence", "born_on", "sex", "electoral", "verification", "source", "died_on", "left_on"
    )
    shown |= row(person.personal, "name", "phone", "id_number", "basis", "purpose", "retain_until")
    if person.household is not None:
        shown |= row(person.household, "address")
    ties = person.ties.select_related("relative__personal")
    return [shown, *({tie.get_relation_display(): tie.relative.masked_name} for tie in ties)]


def consent_rows(person: Person) -> list[Row]:
    """Return the consent ledger of the person, oldest first."""
    return [row(line, "purpose", "notice", "given", "at") for line in person.consents.order_by("pk")]


def request_rows(person: Person) -> list[Row]:
    """Return what the person has asked about their own data."""
    asked = DataRequest.objects.filter(person=person).order_by("pk")
    return [row(one, "kind", "status", "wish", "requested_at", "decided_at", "reason") for one in asked]
