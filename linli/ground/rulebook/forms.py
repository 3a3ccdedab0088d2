"""What people type to find a rule and to change one."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.places.divisions import DIGITS, Level
from linli.ground.places.forms import PlaceField
from linli.ground.places.models import Place

from .actions import SELF_GOVERNMENT, Charter, Setting, limits
from .models import Rule, RuleVersion
from .queries import OPEN, UNUSED
from .units import WORDS, Mark, Meeting, Unit, is_number

UNFOLDED: Final = 30
"""A narrowed list of so many rules stands open; a longer one is folded by subject."""
CHOSEN_LEVELS: Final = (Level.PREFECTURE, Level.COUNTY, Level.TOWN)


class FindForm(forms.Form):
    """Search words, a mark and a place; what cannot be understood narrows nothing."""

    q = forms.CharField(required=False, max_length=100)
    mark = forms.ChoiceField(required=False, choices=[*Mark.choices, (UNUSED, UNUSED), (OPEN, OPEN)])
    place = forms.RegexField(required=False, regex=r"^[0-9]{2,15}$", max_length=15)
    unfold = forms.BooleanField(required=False)
    """Everything open: to read through, to print, or to search with the browser."""


class PlaceForm(forms.Form):
    """The community whose rules are shown."""

    place = PlaceField(required=False, only_real=True, empty_label=gettext_lazy("The whole city"))


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

    def __init__(self, *args: Any, rule: Rule, current: RuleVersion, actor: Actor, **kwargs: Any) -> None:
        """Fit the value's field to the rule's unit and the places to the post and the rule."""
        super().__init__(*args, **kwargs)
        self.fields["value"] = _value_field(rule, current)
        self.fields["place"] = forms.ChoiceField(label=self.fields["place"].label, choices=_places(actor, rule))
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


class LodgeForm(forms.Form):
    """What a community decided on one rule: the charter, the meeting and its day, the value and from when it holds."""

    place = PlaceField(only_real=True)
    value = forms.CharField()
    basis = forms.CharField(
        label=gettext_lazy("Charter or convention"),
        help_text=gettext_lazy("Its name and article. It must not go against the law."),
        max_length=100,
    )
    decided_by = forms.ChoiceField(label=gettext_lazy("Decided by"), choices=Meeting.choices, widget=forms.RadioSelect)
    decided_on = forms.DateField(
        label=gettext_lazy("Day of the meeting"), widget=forms.DateInput(attrs={"type": "date"})
    )
    effective_from = forms.DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy(
            "As the charter says, also a day that has passed. What was decided before stays as it is."
        ),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, rule: Rule, current: RuleVersion, actor: Actor, **kwargs: Any) -> None:
        """Fit the value's field to the rule's unit and the communities to the post."""
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, PlaceField)
        place.limit(actor.area(Power.LODGE_CHARTERS) or "")
        self.fields["value"] = _value_field(rule, current)
        self.fields["decided_on"].widget.attrs["max"] = clock.today().isoformat()
        self.fields["effective_from"].widget.attrs["min"] = SELF_GOVERNMENT.isoformat()

    def charter(self) -> Charter:
        """Return what was decided; call it on a valid form."""
        said = self.cleaned_data
        return Charter(
            value=said["value"],
            place_path=said["place"].path,
            effective_from=said["effective_from"],
            name=said["basis"],
            decided_by=Meeting(said["decided_by"]),
            decided_on=said["decided_on"],
        )


class WithdrawForm(forms.Form):
    """Why a lodged charter is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Everybody can read it beside the value."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _value_field(rule: Rule, current: RuleVersion) -> forms.Field:
    """Return the field for a value of this rule's unit, which says what holds now and what the law allows."""
    label = _("New value")
    if rule.unit == Unit.FLAG:
        choices = [(word, str(WORDS[word])) for word in ("true", "false")]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    if not is_number(rule.unit):
        told = _("A share such as >=2/3 (at least) or >1/2 (more than), now %(value)s.") % {"value": current.value}
        return forms.CharField(label=label, max_length=20, help_text=told)
    told = _("A whole number; now %(value)s.") % {"value": current.words}
    if rule.may_deviate:
        told += " " + _("The law allows %(limits)s.") % {"limits": limits(rule)}
    return forms.CharField(
        label=label, max_length=20, help_text=told, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )


def _places(actor: Actor, rule: Rule) -> list[tuple[str, str]]:
    """Return the places for which the post may set the rule: its own, and districts and towns below where the rule goes so far down."""
    area = actor.area(Power.CHANGE_RULES) or ""
    levels = [level for level in CHOSEN_LEVELS if DIGITS[level] <= DIGITS[Level(rule.down_to)]]
    below = Place.objects.current().under(area).filter(level__in=levels).with_parents().order_by("path")
    return [(place.path, place.title) for place in below] or [(area, area)]
