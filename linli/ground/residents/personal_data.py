"""The registry of personal data: every app that keeps some says here how it is shown to the person, how it is erased, how it is merged.

Called in `ready()`. `collect(person)` returns rows for the export; `erase(person)` blanks what identifies the person in that app's own
tables and keeps the tombstone; `moves` names each column that points to a person. All run in the caller's transaction.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext

from linli.ground.authority.actors import Actor
from linli.ground.people.models import Account, AccountKind, Consent, Kinship, Person
from linli.ground.people.models.consents import PURPOSES
from linli.ground.residents.models import DataRequest, LegalHold, RequestStatus

Row = dict[str, str]
Collect = Callable[[Person], list[Row]]
Erase = Callable[[Person], None]
Keys = Mapping[str, Sequence[int]]


def nothing(_lost: Person, _kept: Person) -> Q:
    """Let every row of the entry that ends follow the person."""
    return Q(pk__in=[])


def everything(_lost: Person, _kept: Person) -> Q:
    """Leave every row where it is: it is read through the pointer, or is history."""
    return Q(pk__isnull=False)


def no_obstacle(_lost: Person, _kept: Person, _by: Actor) -> str:
    """Let the merge happen."""
    return ""


@dataclass(frozen=True)
class Move:
    """How the rows of one column (`app.model`, field) follow a person when two entries become one.

    `stays` says which rows do not move; `obstacle` is a sentence what must be done before the merge, or empty.
    """

    model: str
    field: str = "person"
    stays: Callable[[Person, Person], Q] = nothing
    obstacle: Callable[[Person, Person, Actor], str] = no_obstacle

    @property
    def column(self) -> str:
        """Its name: cases.reporter.person."""
        return f"{self.model}.{self.field}"

    def rows(self, **chosen: object) -> QuerySet[Model]:
        """Return rows of the table."""
        found: QuerySet[Model] = apps.get_model(self.model)._base_manager.filter(**chosen)
        return found

    def following(self, lost: Person, kept: Person) -> QuerySet[Model]:
        """Return the rows that move."""
        return self.rows(**{self.field: lost}).exclude(self.stays(lost, kept))


@dataclass(frozen=True)
class Holding:
    """What one app keeps about people."""

    label: str | Promise
    collect: Collect
    erase: Erase
    is_open: Callable[[Person], bool]
    moves: Sequence[Move]


_holdings: dict[str, Holding] = {}


def register(
    name: str,
    label: str | Promise,
    *,
    collect: Collect,
    erase: Erase = lambda _person: None,
    is_open: Callable[[Person], bool] = lambda _person: False,
    moves: Sequence[Move] = (),
) -> None:
    """Add what an app keeps; `is_open` says whether a matter still needs the data, which is a reason to refuse erasure."""
    _holdings[name] = Holding(label, collect, erase, is_open, moves)


def columns() -> set[str]:
    """Return every column for which an app has said how it follows a merge."""
    return {move.column for move in _moves()}


def _moves() -> Iterator[Move]:
    for holding in _holdings.values():
        yield from holding.moves


def obstacles(lost: Person, kept: Person, by: Actor) -> list[str]:
    """Return what must be done before two entries can become one, by the apps that keep something about them."""
    return [told for move in _moves() if (told := move.obstacle(lost, kept, by))]


def moving(lost: Person, kept: Person) -> list[tuple[str, int]]:
    """Return what would go over to the entry that stays, and how many of each."""
    numbers: Counter[str] = Counter()
    for move in _moves():
        numbers[str(apps.get_model(move.model)._meta.verbose_name)] += move.following(lost, kept).count()
    return [(label, number) for label, number in numbers.items() if number]


def move_all(lost: Person, kept: Person) -> dict[str, list[int]]:
    """Let every row follow the person, and return by column which did."""
    moved = {}
    for move in _moves():
        keys = sorted(move.following(lost, kept).values_list("pk", flat=True))
        move.rows(pk__in=keys).update(**{move.field: kept})
        moved[move.column] = keys
    return moved


def move_back(moved: Keys, lost: Person) -> None:
    """Take rows back to the entry that they came from."""
    for move in _moves():
        move.rows(pk__in=moved.get(move.column, ())).update(**{move.field: lost})


def pointing(person: Person) -> dict[str, list[int]]:
    """Return by column which rows point to an entry: another answer later means that something has happened since."""
    return {
        move.column: sorted(move.rows(**{move.field: person}).values_list("pk", flat=True))
        for move in _moves()
        if move.model != "doubles.merge"
    }


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
        shown[str(field.verbose_name)] = printed_as(value)
    return shown


def printed_as(value: object) -> str:
    """Return a value as a person reads it in their copy: yes or no, a moment in the city's own time (2026-09-18 18:00)."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def entry_rows(person: Person) -> list[Row]:
    """Return what the register holds: the entry, what identifies the person, the address and the declared relatives."""
    shown = row(
        person, "place", "residence", "born_on", "sex", "electoral", "verification", "source", "died_on", "left_on",
        "back_on",
    )  # fmt: skip
    shown |= row(person.personal, "name", "phone", "id_number", "basis", "purpose")
    shown[gettext("purpose")] = printed_as(PURPOSES.get(person.personal.purpose, person.personal.purpose))
    if person.household is not None:
        shown |= row(person.household, "address")
    ties = person.ties.select_related("relative__personal")
    return [shown, *({tie.get_relation_display(): tie.relative.masked_name} for tie in ties)]


def consent_rows(person: Person) -> list[Row]:
    """Return the consent ledger of the person, oldest first."""
    lines = ledger_of(person).order_by("pk")
    return [row(line, "purpose", "notice", "given", "at") | {gettext("purpose"): line.title} for line in lines]


def ledger_of(person: Person) -> "QuerySet[Consent]":
    """Return the consents of a person, those given under an entry that has been merged included: the ledger itself never changes."""
    return Consent.objects.filter(Q(person=person) | Q(person__merged_into=person))


def request_rows(person: Person) -> list[Row]:
    """Return what the person has asked about their own data."""
    asked = DataRequest.objects.filter(person=person).order_by("pk")
    return [row(one, "kind", "status", "wish", "requested_at", "decided_at", "reason") for one in asked]


def hold_rows(person: Person) -> list[Row]:
    """Return when and on what basis the data were kept by law."""
    return [row(one, "basis", "held_at", "lifted_at") for one in LegalHold.objects.filter(person=person).order_by("pk")]


def undone_mark_rows(person: Person) -> list[Row]:
    """Return which deaths and moves were recorded of the person by mistake, and undone."""
    return [row(one, "what", "day", "reason", "undone_at") for one in person.undone_marks.order_by("pk")]


def forget_undone_marks(person: Person) -> None:
    """Let them go with the person's data; the log still has that it happened."""
    person.undone_marks.all().delete()


def forget_holds(person: Person) -> None:
    """Blank why the data were kept."""
    LegalHold.objects.filter(person=person).update(reason="", why_lifted="")


def ties_that_stay(lost: Person, kept: Person) -> Q:
    """Return the ties that would stand twice, or tie a person to themselves: they end with the entry."""
    ties = Kinship.objects.filter(Q(person=kept) | Q(relative=kept)).values_list("person", "relative")
    known = {key for tie in ties for key in tie} - {lost.pk} | {kept.pk}
    return Q(person__in=known) | Q(relative__in=known)


def accounts_that_stay(_lost: Person, kept: Person) -> Q:
    """Return a person's own closed account where the entry that stays has one: each person has one of their own."""
    own = Account.objects.filter(person=kept, kind=AccountKind.NATURAL)
    return Q(kind=AccountKind.NATURAL, is_active=False) if own.exists() else Q(pk__in=[])


def two_accounts(lost: Person, kept: Person, _by: Actor) -> str:
    """Say what to do first where both entries have an account of their own."""
    own = Account.objects.filter(kind=AccountKind.NATURAL)
    if not own.filter(person=lost, is_active=True).exists():
        return ""
    if own.filter(person=kept, is_active=True).exists():
        return gettext(
            "Both entries have an account to sign in with. Ask the person which one they use; the other one must be closed first."
        )
    if own.filter(person=kept).exists():
        return gettext("The account of the entry that stays is closed. Keep the other entry instead.")
    return ""


def two_requests(lost: Person, kept: Person, _by: Actor) -> str:
    """Say what to do first where both entries wait for an answer to the same request."""
    waiting = DataRequest.objects.filter(status=RequestStatus.REQUESTED)
    kinds = waiting.filter(person=lost).values("kind")
    if waiting.filter(person=kept, kind__in=kinds).exists():
        return gettext(
            "Both entries wait for an answer to the same request about their data. Decide one of the two first."
        )
    return ""


PEOPLE_MOVES = (
    Move("people.personaldata", stays=everything),  # the keeper picks field by field
    Move("people.person", "merged_into"),
    Move("people.account", stays=accounts_that_stay, obstacle=two_accounts),
    Move("people.kinship", "person", stays=ties_that_stay),
    Move("people.kinship", "relative", stays=ties_that_stay),
)
