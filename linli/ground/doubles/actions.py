"""Two entries of one person made one, and undone while nothing has happened since."""

import json
from collections.abc import Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Field, Q
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.people.models import Person, PersonalData
from linli.ground.residents import personal_data

from .models import Apart, Merge

PICKED: Final[dict[str, tuple[str, ...]]] = {
    "name": ("name",),
    "id_number": ("id_number",),
    "phone": ("phone",),
    "born_on": ("born_on",),
    "sex": ("sex",),
    "residence": ("residence",),
    "home": ("place_id", "household_id"),
    "electoral": ("electoral",),
    "verification": ("verification",),
    "died_on": ("died_on",),
    "left_on": ("left_on", "back_on"),
}
"""What the keeper picks from one entry or the other, and the columns that go with it."""
IDENTIFYING: Final = ("name", "phone", "id_number")
LOST: Final = "lost"
_LOOKS: Final = ("people.person.unmask", "people.person.export")


def value_of(person: Person, column: str) -> object:
    """Return one column of an entry, wherever it is kept."""
    return getattr(person.personal if column in IDENTIFYING else person, column)


def _pair(kept: Person, lost: Person) -> tuple[Person, Person]:
    """Lock both entries, always in the same order, and return them as they are now."""
    keys = [kept.pk, lost.pk]
    locked = Person.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = {person.pk: person for person in locked}
    list(PersonalData.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    return found[kept.pk], found[lost.pk]


def obstacles(kept: Person, lost: Person, *, by: Actor) -> list[str]:
    """Return what stands in the way of making two entries one, each as a sentence that says what to do first."""
    told = []
    if kept.pk == lost.pk or kept.merged_into_id or lost.merged_into_id:
        told.append(_("One of the two entries has been merged already. Please look at the register again."))
    if kept.personal.erased_at or lost.personal.erased_at:
        told.append(_("The data of one of the two entries are erased; nothing can be compared any more."))
    if kept.personal.legal_hold or lost.personal.legal_hold:
        told.append(
            _("The data of one of the two entries are kept by law; a merge would change them. Lift the hold first.")
        )
    return told or personal_data.obstacles(lost, kept, by)


@transaction.atomic
def merge(kept: Person, lost: Person, *, picks: Mapping[str, str], reason: str, by: Actor) -> Merge:
    """Make two entries of one person one: the values picked (`kept` or `lost` by field) stay, everything that points to the lost one moves.

    The lost entry stays as a pointer without numbers. Raises ValidationError with what must be done first.
    """
    kept, lost = _pair(kept, lost)
    told = obstacles(kept, lost, by=by)
    if told:
        raise ValidationError(told)
    before = {"kept": _state(kept), "lost": _state(lost)}
    wanted = {
        column: value_of(lost if picks.get(field) == LOST else kept, column)
        for field, columns in PICKED.items()
        for column in columns
    }
    wanted["confirmed_at"] = kept.confirmed_at or lost.confirmed_at
    if wanted["died_on"] and wanted["born_on"] and str(wanted["died_on"]) < str(wanted["born_on"]):
        raise ValidationError(_("The day of death lies before the day of birth."), code="died_on")
    _rename(lost, name=str(wanted["name"]))  # first: an identity number stands once
    _write(kept, wanted, by=by)
    moved = personal_data.move_all(lost, kept)
    lost.merge(into=kept, by=by)
    last = Event.objects.filter(subject=ref(lost)).latest("pk").pk
    kept_now = {"moved": moved, "after": personal_data.pointing(kept), "last": last}
    return Merge.objects.create(kept=kept, lost=lost, reason=reason, before=json.dumps(before | kept_now, default=str))


def _state(person: Person) -> dict[str, object]:
    columns = [*(column for columns in PICKED.values() for column in columns), "confirmed_at"]
    return {column: value_of(person, column) for column in columns}


def _rename(person: Person, *, name: str, phone: str = "", id_number: str = "") -> None:
    """Write what identifies the entry that ends; its event is the merge itself."""
    person.personal.take(name=name, phone=phone, id_number=id_number)
    person.personal.save()


def _write(person: Person, wanted: Mapping[str, object], *, by: Actor) -> None:
    """Bring the entry that stays into line."""
    fields = {column: value for column, value in wanted.items() if column not in IDENTIFYING}
    changed = {column: value for column, value in fields.items() if getattr(person, column) != value}
    if changed:
        person.correct(fields=changed, by=by)
    name, phone, number = (str(wanted[column]) for column in IDENTIFYING)
    person.personal.correct(name=name, phone=phone, id_number=number, by=by)


def undo_merge(done: Merge, *, by: Actor) -> None:
    """Make one entry two again, each as it was, with what had moved; raises ValidationError (too late, or something happened)."""
    try:
        with transaction.atomic():
            _undo(done, by)
    except IntegrityError as error:
        raise ValidationError(_happened(), code="happened") from error


def _undo(done: Merge, by: Actor) -> None:
    done = Merge.objects.select_for_update(of=("self",)).get(pk=done.pk)
    if not done.before or clock.today() > done.undo_until:
        raise ValidationError(_("This merge cannot be undone any more."), code="late")
    kept, lost = _pair(done.kept, done.lost)
    before = json.loads(done.before)
    touched = [ref(thing) for person in (kept, lost) for thing in (person, person.personal)]
    since = Event.objects.filter(subject__in=touched, pk__gt=before["last"]).exclude(verb__in=_LOOKS)
    if since.exists() or personal_data.pointing(kept) != before["after"]:
        raise ValidationError(_happened(), code="happened")
    lost.undo_merge(by=by)
    _write(kept, _read(before["kept"]), by=by)
    _rename(lost, **{column: before["lost"][column] for column in IDENTIFYING})
    personal_data.move_back(before["moved"], lost)
    done.before, done.undone_at = "", clock.now()
    done.save(update_fields=["before", "undone_at"])


def _happened() -> str:
    return _(
        "Something has happened to this person since the merge, so it cannot be undone. Enter the other person anew."
    )


def _read(state: Mapping[str, object]) -> dict[str, object]:
    """Return the columns of an entry as Python has them."""
    fields: dict[str, Field] = {field.attname: field for field in Person._meta.concrete_fields}  # type: ignore[type-arg]
    return {column: fields[column].to_python(value) if column in fields else value for column, value in state.items()}


@transaction.atomic
def keep_apart(one: Person, other: Person, *, by: Actor) -> None:
    """Write down that two entries which look alike are two people; they are not suggested again."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    _apart, made = Apart.objects.get_or_create(one=first, other=second)
    if made:
        record("people.person.keep_apart", first, by=by, place_path=first.place_path, data={"other": second.pk})


def erase_for(person: Person) -> None:
    """Blank why a person's entries were merged and what they were before."""
    Merge.objects.filter(Q(kept=person) | Q(lost=person)).update(reason="", before="")
