"""A death or a move that was written down of the wrong person is undone: at any time, for a reason (PIPL art. 46)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.people.models import Person, PersonalData
from linli.ground.residents.models import Mark, UndoneMark


@transaction.atomic
def undo_mark_died(person: Person, *, reason: str, by: Actor) -> None:
    """Undo the record of a death: the entry counts again as it was; raises ValidationError (nothing to undo, erased, merged)."""
    _keep(person, Mark.DIED, person.undo_mark_died(by=by), reason)


@transaction.atomic
def undo_mark_left(person: Person, *, reason: str, by: Actor) -> None:
    """Undo the record of a move: the entry counts again as it was; raises ValidationError (nothing to undo, erased, merged)."""
    _keep(person, Mark.LEFT, person.undo_mark_left(by=by), reason)


def _keep(person: Person, what: Mark, day: date, reason: str) -> None:
    """Keep why, with the person's data; an entry that has ended stays as it is."""
    if person.merged_into_id or PersonalData.objects.get(pk=person.pk).erased_at:
        raise ValidationError(
            _("This entry has been merged or erased; what was recorded of it cannot be undone any more.")
        )
    UndoneMark.objects.create(person=person, what=what, day=day, reason=reason)
