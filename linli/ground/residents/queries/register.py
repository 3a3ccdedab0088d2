"""What is asked about the register: who stands in it, masked; who is kin; what an entry says."""

from dataclasses import fields

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.people import identity
from linli.ground.people.actions import Entry
from linli.ground.people.models import Kinship, Person, Relation
from linli.ground.people.models.register import PersonQuerySet
from linli.ground.ui import sheets


def residents_of(actor: Actor, text: str = "") -> PersonQuerySet:
    """Return the residents whose register the actor keeps, those who have died or gone left out unless they are searched for."""
    found = Person.objects.visible_to(actor).filter(merged_into__isnull=True)
    return found.like(text) if text else found.present(clock.today())


def resident_of(actor: Actor, number: str) -> Person:
    """Return the one resident with this phone or identity number; raises ValidationError where there is none, or a household shares it."""
    found = list(residents_of(actor, number)[:2])
    if len(found) != 1:
        raise ValidationError(
            _("Exactly one entry of your register must have this number; %(count)s have.") % {"count": len(found)}
        )
    return found[0]


def entry_with(actor: Actor, id_number: str) -> Person | None:
    """Return the entry with this identity number, where the actor may see it."""
    found = Person.objects.visible_to(actor).filter(personal__id_index=identity.id_index(id_number))
    return found.select_related("personal", "place").first()


def masked_register(actor: Actor) -> bytes:
    """Return the register of the own place as a spreadsheet, masked as on the page; at most 20,000 rows."""
    today = clock.today()
    header = [
        _("entry number"),
        _("name of the person"),
        _("mobile phone"),
        _("residence"),
        _("adult"),
        _("electoral status"),
        _("community or grid"),
    ]
    rows = (
        (
            person.pk,
            person.masked_name,
            person.personal.masked_phone,
            person.get_residence_display(),
            _("yes") if person.is_adult(today) else _("no"),
            person.get_electoral_display(),
            person.place.name if person.place else "",
        )
        for person in residents_of(actor).select_related("personal", "place").order_by("pk")[: sheets.MAX_ROWS]
    )
    return sheets.write_table(_("residents"), header, rows)


def kin_of(person: Person) -> list[tuple[Person, str]]:
    """Return the declared relatives with what they are to the person, in one query."""
    ties = Kinship.objects.filter(Q(person=person) | Q(relative=person)).select_related(
        "person__personal", "relative__personal"
    )
    found = []
    for tie in ties.order_by("pk"):
        if tie.person_id == person.pk:
            found.append((tie.relative, tie.get_relation_display()))
        else:
            found.append((tie.person, str(Relation(tie.relation).back.label)))
    return [(relative, relation) for relative, relation in found if relative.merged_into_id is None]


def entry_of(person: Person) -> Entry:
    """Return what the register holds about a person, as it would be entered."""
    kept = {one.name: getattr(person, one.name) for one in fields(Entry) if hasattr(person, one.name)}
    data = person.personal
    address = person.household.address if person.household else ""
    return Entry(
        **kept
        | {"name": data.name, "phone": data.phone, "id_number": data.id_number, "address": address, "basis": data.basis}
    )
