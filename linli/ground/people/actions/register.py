"""The residents' register: entering, correcting, unmasking, kinship."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record, record_all
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.people import identity
from linli.ground.people.models import (
    Electoral,
    Household,
    Kinship,
    LegalBasis,
    Person,
    PersonalData,
    Relation,
    Residence,
    Sex,
    Source,
    Verification,
)
from linli.ground.people.models.consents import REGISTER
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place

_PERSONAL = ("name", "phone", "id_number")


@dataclass(frozen=True)
class Entry:
    """What is written into the register about one person; empty means not known."""

    name: str
    residence: Residence
    source: Source
    place: Place | None = None
    phone: str = ""
    id_number: str = ""
    address: str = ""
    born_on: date | None = None
    sex: str = Sex.UNKNOWN
    electoral: str = Electoral.UNREGISTERED
    verification: str = Verification.DECLARED
    basis: LegalBasis = LegalBasis.DUTY

    def normal(self) -> "Entry":
        """Return it with phone, identity number and name normalised, day of birth and sex from the number; raises ValidationError."""
        number = identity.normal_id(self.id_number) if self.id_number else ""
        name = identity.normal_name(self.name)
        if not name:
            raise ValidationError(_("Write the person's name."), code="name")
        return replace(
            self,
            name=name,
            phone=identity.normal_phone(self.phone) if self.phone else "",
            id_number=number,
            born_on=self.born_on or (identity.born_on_of(number) if number else None),
            sex=self.sex or (identity.sex_of(number) if number else Sex.UNKNOWN),
        )

    def facts(self) -> dict[str, object]:
        """Return the fields of the person's own row."""
        fields = asdict(replace(self, place=None))
        kept = {name: fields[name] for name in ("residence", "born_on", "sex", "electoral", "verification")}
        return kept | {"place": self.place}


def settle(doors: Sequence[tuple[Place | None, str]]) -> list[Household | None]:
    """Return the household behind each door of a community, made where it is new; None without an address. Three queries at most."""
    keys = [
        (place.parent_id if place.level == Level.GRID else place.pk, address) if place else (None, "")
        for place, address in doors
    ]
    wanted = [(community, Household.index_of(address)) for community, address in keys]
    fresh = {
        (community, index): Household(place_id=community, door_index=index, address=address.strip())
        for (community, index), (_community, address) in zip(wanted, keys, strict=True)
        if community and index
    }
    known = _households(wanted)
    Household.objects.bulk_create([row for key, row in fresh.items() if key not in known], ignore_conflicts=True)
    known |= _households([key for key in fresh if key not in known])
    return [known.get(key) for key in wanted]


def _households(doors: Sequence[tuple[int | None, str]]) -> dict[tuple[int | None, str], Household]:
    """Return those households that exist, by community and door."""
    communities, indexes = {community for community, _index in doors}, {index for _community, index in doors if index}
    found = Household.objects.filter(place__in=communities - {None}, door_index__in=indexes)  # 3号楼 is everywhere
    return {(row.place_id, row.door_index): row for row in found.defer("address")}


def enter_person(entry: Entry, *, by: Actor) -> Person:
    """Enter one person, with or without phone or internet; raises ValidationError (what to mend, or in the register already)."""
    return enter_people([entry], by=by)[0]


@transaction.atomic
def enter_people(entries: Sequence[Entry], *, by: Actor) -> list[Person]:
    """Enter many persons at once, one Event each; all or nothing. Raises ValidationError."""
    normal = [entry.normal() for entry in entries]
    numbers = [identity.id_index(entry.id_number) for entry in normal if entry.id_number]
    if len(set(numbers)) < len(numbers) or PersonalData.objects.filter(id_index__in=numbers).exists():
        raise ValidationError(_("This identity number is in the register already."), code="id_number")
    homes = settle([(entry.place, entry.address) for entry in normal])
    persons = [
        Person(source=entry.source, household=home, **entry.facts()) for entry, home in zip(normal, homes, strict=True)
    ]
    Person.objects.bulk_create(persons)
    data = []
    for person, entry in zip(persons, normal, strict=True):
        personal = PersonalData(person=person, basis=entry.basis, purpose=REGISTER)
        personal.take(name=entry.name, phone=entry.phone, id_number=entry.id_number)
        data.append(personal)
    PersonalData.objects.bulk_create(data)
    facts = ((person, person.place_path, {"source": person.source}) for person in persons)
    record_all("people.person.enter", facts, by=by)
    return persons


@transaction.atomic
def correct_person(person: Person, entry: Entry, *, by: Actor) -> bool:
    """Bring an entry into line with corrected facts and return whether anything changed; raises ValidationError."""
    fresh = entry.normal()
    number = identity.id_index(fresh.id_number)
    if number and PersonalData.objects.exclude(pk=person.pk).filter(id_index=number).exists():
        raise ValidationError(_("This identity number is in the register already."), code="id_number")
    wanted = fresh.facts() | {"household": settle([(fresh.place, fresh.address)])[0]}
    changed = {name: value for name, value in wanted.items() if getattr(person, name) != value}
    if changed:
        person.correct(fields=changed, by=by)
    old = [getattr(person.personal, field) for field in _PERSONAL]
    person.personal.correct(name=fresh.name, phone=fresh.phone, id_number=fresh.id_number, by=by)
    return bool(changed) or old != [getattr(fresh, field) for field in _PERSONAL]


@transaction.atomic
def unmask(person: Person, *, matter: str, by: Actor) -> PersonalData:
    """Return the personal data in full, and write down who looked: once per person, matter, day and looker. The rule is the caller's.

    `matter` is the reference of what it is looked at for (`cases.case:42`), or of the person for the register itself.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    day = make_aware(datetime.combine(clock.today(), time.min))
    seen = Event.objects.filter(
        verb="people.person.unmask",
        subject=ref(person),
        actor=by.ref,
        data__matter=matter,
        at__gte=day,
        at__lt=day + timedelta(days=1),
    )
    if by.person != person.pk and not seen.exists():
        record("people.person.unmask", person, by=by, place_path=person.place_path, data={"matter": matter})
    return person.personal


@transaction.atomic
def declare_kinship(person: Person, relative: Person, *, relation: Relation, by: Actor) -> Kinship:
    """Record that `relative` is the `relation` of `person`; raises ValidationError (declared already, or the same person)."""
    tie = Kinship(person=person, relative=relative, relation=relation)
    tie.full_clean()
    tie.save()
    record("people.kinship.declare", tie, by=by, place_path=person.place_path, data={"relation": relation.value})
    return tie
