"""What is asked about entries that stand twice: which look like one person, and how two compare."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from django.db.models import CharField, DateField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.people.actions import Entry
from linli.ground.people.models import Account, AccountKind, Electoral, Kinship, Person, PersonalData, Verification
from linli.ground.people.models.register import PersonQuerySet
from linli.ground.places.divisions import DIGITS, Level
from linli.ground.residents.personal_data import Row, row
from linli.ground.residents.queries import residents_of
from linli.ground.residents.sections import Alike

from .actions import IDENTIFYING, PICKED, value_of
from .models import UNDO_DAYS, Apart, Merge
from .rules import may_merge

MOST = 50
_COMMUNITY = DIGITS[Level.COMMUNITY]


@dataclass(frozen=True)
class Double:
    """Two entries that look like one person: which one would stay, and what speaks for it."""

    kept: Person
    lost: Person
    signs: list[str]


def doubles(actor: Actor) -> list[Double]:
    """Return pairs of entries of the actor's place that may be one person, at most fifty, the strongest signs first; four queries."""
    found = residents_of(actor)
    younger = found.filter(pk__in=list(_alike(found).order_by("-pk").values_list("pk", flat=True)[:MOST]))
    rows = younger.values_list("personal__phone_index", "personal__name_index")
    phones, names = ({row[number] for row in rows} - {""} for number in (0, 1))
    alike = found.filter(Q(personal__phone_index__in=phones) | Q(personal__name_index__in=names))
    return _pairs(alike.select_related("personal", "place").order_by("-pk")[: MOST * 10])[:MOST]


def doubles_of(person: Person, actor: Actor) -> list[Double]:
    """Return the entries that may be this person too; three queries."""
    phone, name = person.personal.phone_index, person.personal.name_index
    alike = Q(personal__phone_index=phone or "-") | Q(personal__name_index=name or "-") | Q(pk=person.pk)
    people = residents_of(actor).filter(alike).select_related("personal", "place").order_by("-pk")[:MOST]
    return [pair for pair in _pairs(people) if person in {pair.kept, pair.lost}]


def alike_to(entry: Entry, actor: Actor) -> list[Alike]:
    """Return the entries that may be the person of an entry not yet written, those of the dead and the gone included; two queries."""
    draft = Person(place=entry.place, born_on=entry.born_on)
    typed = PersonalData(person=draft)
    typed.take(name=entry.name, phone=entry.phone, id_number=entry.id_number)
    same = Q(personal__phone_index=typed.phone_index or "-") | Q(personal__name_index=typed.name_index or "-")
    among = Person.objects.visible_to(actor).filter(same, merged_into__isnull=True).select_related("personal", "place")
    found = [Alike(one, _signs(draft, one)) for one in among.order_by("-pk")[:MOST]]
    return sorted((one for one in found if one.signs), key=lambda one: -len(one.signs))


def _alike(found: PersonQuerySet) -> PersonQuerySet:
    """Return those who have an older entry with the same phone, or the same name in the same community, and nothing against it."""
    older = found.order_by().filter(pk__lt=OuterRef("pk")).annotate(
        born=ExpressionWrapper(OuterRef("born_on"), DateField()),
        number=ExpressionWrapper(OuterRef("personal__id_index"), CharField()),
    )  # fmt: skip
    older = older.filter(Q(born=None) | Q(born_on=None) | Q(born_on=F("born")))
    older = older.filter(Q(number="") | Q(personal__id_index=""))
    older = older.exclude(Exists(Apart.objects.filter(one=OuterRef("pk"), other=OuterRef(OuterRef("pk")))))
    phone = older.filter(personal__phone_index=OuterRef("personal__phone_index"))
    name = older.filter(
        personal__name_index=OuterRef("personal__name_index"),
        place__path__startswith=Left(OuterRef("place__path"), _COMMUNITY),
    )
    phoned, named = ~Q(personal__phone_index=""), ~Q(personal__name_index="")
    return found.filter((phoned & Exists(phone)) | (named & Exists(name)))


def _pairs(people: Iterable[Person]) -> list[Double]:
    """Return the pairs that may be one person, the strongest signs first; the entry with an account stays, else the older one."""
    among = list(people)
    keys = [person.pk for person in among]
    apart = set(Apart.objects.filter(one__in=keys).values_list("one", "other"))
    own = Account.objects.filter(person__in=keys, kind=AccountKind.NATURAL, is_active=True)
    with_account = set(own.values_list("person", flat=True))
    found = []
    for younger, older in combinations(among, 2):
        signs = _signs(younger, older)
        if signs and (older.pk, younger.pk) not in apart:
            swap = younger.pk in with_account and older.pk not in with_account
            found.append(Double(younger, older, signs) if swap else Double(older, younger, signs))
    return sorted(found, key=lambda pair: -len(pair.signs))


def _signs(one: Person, two: Person) -> list[str]:
    """Return what speaks for one person; nothing where two days of birth or two identity numbers speak against it."""
    mine, other = one.personal, two.personal
    if (one.born_on and two.born_on and one.born_on != two.born_on) or (mine.id_index and other.id_index):
        return []
    named = bool(mine.name_index) and mine.name_index == other.name_index
    phoned = bool(mine.phone_index) and mine.phone_index == other.phone_index
    near = one.place_path[:_COMMUNITY] == two.place_path[:_COMMUNITY]
    if not phoned and not (named and near):
        return []
    signs = {
        _("same name"): named,
        _("same phone"): phoned,
        _("same day of birth"): one.born_on is not None and one.born_on == two.born_on,
        _("same door"): one.household_id is not None and one.household_id == two.household_id,
        _("same community"): near,
    }
    return [sign for sign, holds in signs.items() if holds]


@dataclass(frozen=True)
class Compared:
    """One field of two entries: what each says, and which one would fill a gap; empty where somebody must pick."""

    name: str
    label: str
    kept: str
    lost: str
    same: bool
    filled: str
    empty: bool


def compare(kept: Person, lost: Person, *, full: bool = False) -> list[Compared]:
    """Return two entries field by field, masked or, for whoever is on the record for it, in full."""
    rows = []
    for name, columns in PICKED.items():
        mine, other = (tuple(value_of(person, column) for column in columns) for person in (kept, lost))
        shown = [_shown(person, name, full=full) for person in (kept, lost)]
        gaps = [_is_gap(name, value) for value in (mine, other)]
        filled = {(True, False): "lost", (False, True): "kept", (True, True): "kept"}.get((gaps[0], gaps[1]), "")
        rows.append(
            Compared(name, _label(name), shown[0], shown[1], same=mine == other, filled=filled, empty=all(gaps))
        )
    return rows


def _is_gap(name: str, value: tuple[object, ...]) -> bool:
    """Say whether an entry knows nothing about a field: empty, or what an entry says before anybody has asked."""
    unasked = {"electoral": (Electoral.UNREGISTERED,), "verification": (Verification.DECLARED,)}
    return not value[-1] or value == unasked.get(name)


def _label(name: str) -> str:
    if name == "home":
        return _("Place and address")
    model = PersonalData if name in IDENTIFYING else Person
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _shown(person: Person, name: str, *, full: bool) -> str:
    """Return a field as the page shows it; identity number, phone and address in full only on the record."""
    data = person.personal
    if name in IDENTIFYING:
        masked = {"name": person.masked_name, "phone": data.masked_phone, "id_number": data.masked_id}
        shown = str(value_of(person, name)) if full else masked[name]
    elif name == "home":
        door = _("address recorded") if person.household else _("no address")
        shown = f"{person.place.short_name if person.place else ''} · {door}"
        if full and person.household:
            shown = f"{person.place.short_name if person.place else ''} · {person.household.address}"
    elif name == "born_on" and person.born_on and not full:
        shown = _("in %(year)s") % {"year": person.born_on.year}
    elif name in {"born_on", "died_on", "left_on"}:
        days = [getattr(person, name), person.back_on if name == "left_on" else None]
        shown = " – ".join(day.isoformat() for day in days if day)
    else:
        shown = str(getattr(person, f"get_{name}_display")())
    return shown or _("nothing")


def doubts(kept: Person, lost: Person) -> list[str]:
    """Return what speaks against one person, as sentences: the keeper decides."""
    told = []
    if kept.personal.id_index and lost.personal.id_index:
        told.append(_("Both have an identity number, and the numbers differ: usually these are two people."))
    if kept.born_on and lost.born_on and kept.born_on != lost.born_on:
        told.append(_("The days of birth differ."))
    if kept.sex and lost.sex and kept.sex != lost.sex:
        told.append(_("One entry says female, the other male."))
    ties = Kinship.objects.filter(Q(person=kept, relative=lost) | Q(person=lost, relative=kept))
    if ties.exists():
        told.append(_("The two have been declared relatives of each other; the tie ends with the merge."))
    return told


def section_of(person: Person, actor: Actor) -> dict[str, object] | None:
    """Return the merges that may be undone, and whether the actor may make another one; None where neither."""
    merges, may = merges_of(person), may_merge(actor, person)
    return {"merges": merges, "may_merge": may} if merges or may else None


def merges_of(person: Person) -> list[Merge]:
    """Return the merges into an entry that may still be undone, the newest first."""
    since = clock.now() - timedelta(days=UNDO_DAYS + 1)
    found = Merge.objects.filter(kept=person, merged_at__gt=since).exclude(before="").order_by("-pk")
    return [one for one in found if clock.today() <= one.undo_until]


def copy_for(person: Person) -> list[Row]:
    """Return which double entries of the person were made one, and why."""
    return [row(one, "merged_at", "reason", "undone_at") for one in Merge.objects.filter(kept=person).order_by("pk")]
