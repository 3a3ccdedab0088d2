"""What a keeper declares."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock

from .models import Measure


class PastDay(forms.DateField):
    """A day up to today."""

    def __init__(self, **options: Any) -> None:
        """Show it as the browser's own calendar."""
        super().__init__(
            widget=forms.DateInput({"type": "date", "class": "c-input--short"}, format="%Y-%m-%d"), **options
        )

    def clean(self, value: Any) -> date | None:
        """Refuse a day that is still to come."""
        day: date | None = super().clean(value)
        if day and day > clock.today():
            raise ValidationError(_("This day is still to come."))
        return day


class FigureForm(forms.Form):
    """A figure with its source."""

    what = forms.ChoiceField(label=_("Figure"), choices=Measure.choices, widget=forms.RadioSelect)
    number = forms.IntegerField(
        label=_("How many"),
        min_value=0,
        max_value=10_000_000,
        widget=forms.NumberInput({"class": "c-input--short", "inputmode": "numeric"}),
    )
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=200,
        help_text=_("For example: household register of the police station, census."),
    )
    as_of = PastDay(label=_("The figure stands for this day"))


class CompleteForm(forms.Form):
    """Since when the register is complete."""

    on = PastDay(label=_("Complete since"))
