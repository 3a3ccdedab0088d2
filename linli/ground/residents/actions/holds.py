"""Legal holds set and lifted: while one stands nothing about the person is erased (PIPL art. 47)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.people.models import Person, PersonalData
from linli.ground.residents.models import HoldBasis, LegalHold


@transaction.atomic
def hold(person: Person, *, basis: HoldBasis, reason: str, review_on: date, by: Actor) -> LegalHold:
    """Keep a person's data by law until the hold is lifted; raises ValidationError (erased, held already, the review not in the future)."""
    data = PersonalData.objects.select_for_update().get(pk=person.pk)
    if data.erased_at:
        raise ValidationError(_("The data are erased already; there is nothing left to keep."), code="erased")
    if data.legal_hold:
        raise ValidationError(_("These data are kept by law already."), code="held")
    if review_on <= clock.today():
        raise ValidationError({"review_on": _("Choose a day that is still to come.")})
    made = LegalHold.objects.create(person=person, basis=basis, reason=reason, review_on=review_on)
    _keep(data, held=True)
    record(
        "residents.legalhold.hold",
        made,
        by=by,
        place_path=person.place_path,
        data={"person": person.pk, "basis": basis.value, "review_on": review_on},
    )
    return made


@transaction.atomic
def lift(held: LegalHold, *, reason: str, by: Actor) -> None:
    """End a hold: from now on the person may have their data erased; raises ValidationError where it is lifted already."""
    data = PersonalData.objects.select_for_update().get(pk=held.person_id)
    held = LegalHold.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if held.lifted_at:
        raise ValidationError(_("This hold has been lifted already."), code="lifted")
    held.lifted_at, held.why_lifted = clock.now(), reason
    held.save(update_fields=["lifted_at", "why_lifted"])
    _keep(data, held=False)
    record("residents.legalhold.lift", held, by=by, place_path=held.place_path, data={"person": held.person_id})


def _keep(data: PersonalData, *, held: bool) -> None:
    """Tell the database, which then refuses to see these data erased."""
    data.legal_hold = held
    data.save(update_fields=["legal_hold"])
