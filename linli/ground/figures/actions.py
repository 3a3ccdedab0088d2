"""Declared figures: what counts for thresholds and shares while a register is not complete."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record, record_all
from linli.ground.places.models import Place

from .models import DeclaredFigure, Measure
from .queries import registered


@transaction.atomic
def declare(*, place: Place, what: Measure, number: int, source: str, as_of: date, by: Actor) -> DeclaredFigure:
    """Declare a figure for a place whose register is not complete, with its source; raises ValidationError."""
    Place.objects.select_for_update(no_key=True, of=("self",)).get(pk=place.pk)  # the second of two is told in words
    figure = DeclaredFigure(place=place, what=what, number=number, source=source, as_of=as_of)
    figure.validate_unique()
    figure.validate_constraints()
    declare_all([figure], by=by)
    return figure


@transaction.atomic
def declare_all(figures: Sequence[DeclaredFigure], *, by: Actor) -> None:
    """Declare many figures at once, one event each; raises ValidationError, or IntegrityError where a day has its figure already."""
    for figure in figures:
        if figure.as_of > clock.today():
            raise ValidationError({"as_of": _("This day is still to come.")})
        figure.clean_fields(exclude=["place"])
    DeclaredFigure.objects.bulk_create(figures)
    told = ((one, one.place.path, {"what": one.what, "number": one.number}) for one in figures)
    record_all("figures.declaredfigure.declare", told, by=by)


@transaction.atomic
def complete(*, place: Place, what: Measure, on: date, by: Actor) -> None:
    """From this day the register itself counts for this figure: what was declared for the place is superseded. Raises ValidationError."""
    if on > clock.today():
        raise ValidationError({"on": _("This day is still to come.")})
    declared = DeclaredFigure.objects.filter(place=place, what=what, superseded_on__isnull=True).select_for_update()
    open_figures = list(declared.order_by("pk"))
    if not open_figures:
        raise ValidationError(_("The register counts already; no declared figure stands in for it."), code="complete")
    if not registered(place.path, on)[what]:
        raise ValidationError(
            _("The register has nothing for this figure yet, so it cannot be complete."), code="empty"
        )
    for figure in open_figures:
        figure.superseded_on = on
        figure.save(update_fields=["superseded_on"])
        record("figures.declaredfigure.complete", figure, by=by, place_path=place.path, data={"on": on})
