"""What a visitor chooses on the portal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.places.forms import PlaceField


class ChooseForm(forms.Form):
    """The visitor's own community."""

    place = PlaceField(label=_("My community"))
