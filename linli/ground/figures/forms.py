"""What a keeper declares."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.residents.forms import PastDay

from .models import Measure


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
