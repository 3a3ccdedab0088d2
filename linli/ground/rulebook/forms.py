"""What people type to find a rule and to change one."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place
from linli.ground.places.queries import place_at

from .actions import Setting, limits
from .models import Rule, RuleVersion
from .units import WORDS, Mark, Unit, is_number

CHOSEN_LEVELS: Final = (Level.PREFECTURE, Level.COUNTY, Level.TOWN)


class FindForm(forms.Form):
    """Search words, a mark and a place; what cannot be understood narrows nothing."""

    q = forms.CharField(required=False, max_length=100)
    mark = forms.ChoiceField(required=False, choices=Mark.choices)
    place = forms.RegexField(required=False, regex=r"^[0-9]{2,15}$", max_length=15)


class ChangeForm(forms.Form):
    """A new value of one rule: where, from when, on whose word, and why."""

    value = forms.CharField(label=gettext_lazy("New value"), max_length=20)
    place = forms.ChoiceField(label=gettext_lazy("Holds in"), choices=())
    effective_from = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    mark = forms.ChoiceField(
        label=gettext_lazy("Whose word it is"),
        choices=[(Mark.DEFAULT, Mark.DEFAULT.label), (Mark.LOCAL, Mark.LOCAL.label)],
        widget=forms.RadioSelect,
        initial=Mark.DEFAULT,
    )
    basis = forms.CharField(
        label=gettext_lazy("Local regulation or decision"),
        help_text=gettext_lazy("Name and article; needed for a local regulation."),
        max_length=100,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Everybody can read it beside the new value."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, rule: Rule, current: RuleVersion, actor: Actor, charter: str = "", **kwargs: Any
    ) -> None:
        """Fit the value's field to the rule's unit and the places to the post; `charter` adds one community."""
        super().__init__(*args, **kwargs)
        value = self.fields["value"]
        if rule.unit == Unit.FLAG:
            choices = [(word, str(WORDS[word])) for word in ("true", "false")]
            self.fields["value"] = forms.ChoiceField(label=value.label, choices=choices, widget=forms.RadioSelect)
        elif is_number(rule.unit):
            value.widget.attrs["inputmode"] = "numeric"
            value.help_text = _("A whole number; now %(value)s.") % {"value": current.words}
            if rule.may_deviate:
                value.help_text += " " + _("The law allows %(limits)s.") % {"limits": limits(rule)}
        else:
            value.help_text = _("A share such as >=2/3 (at least) or >1/2 (more than), now %(value)s.") % {
                "value": current.value
            }
        self.fields["place"] = forms.ChoiceField(label=self.fields["place"].label, choices=_places(actor, charter))
        self.fields["effective_from"].widget.attrs["min"] = clock.today().isoformat()

    def setting(self) -> Setting:
        """Return what the person set; call it on a valid form."""
        said = self.cleaned_data
        return Setting(
            value=said["value"],
            place_path=said["place"],
            effective_from=said["effective_from"],
            reason=said["reason"],
            mark=Mark(said["mark"]),
            basis=said["basis"],
        )


def _places(actor: Actor, charter: str) -> list[tuple[str, str]]:
    """Return the places for which the post may set rules: its own with districts and towns below, and one community where asked."""
    area = actor.area(Power.CHANGE_RULES) or ""
    below = Place.objects.current().under(area).filter(level__in=CHOSEN_LEVELS).with_parents().order_by("path")
    chosen = {place.path: place.title for place in below}
    community = place_at(charter) if charter.startswith(area) else None
    if community is not None:
        chosen[community.path] = community.title
    return list(chosen.items()) or [(area, area)]
