"""Input from people: wishes about messages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor

from . import templates
from .models import DigestPeriod, Preference


class PreferencesForm(forms.Form):
    """Which messages come over which channel, whether e-mails are gathered, and to which address they go."""

    wanted = forms.MultipleChoiceField(
        label=_("Tell me by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The inbox always shows everything."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=200,
        help_text=_("A new address is confirmed by a link that we send to it."),
    )
    digest = forms.ChoiceField(label=_("E-mails come"), choices=DigestPeriod.choices, widget=forms.RadioSelect)

    def __init__(self, wish: Preference, actor: Actor, *args: object, **kwargs: object) -> None:
        """Show what holds now."""
        choices = [
            (f"{group.code}.{channel}", f"{group.name} · {channel.label}")
            for group, channels in templates.groups(actor)
            for channel in channels
        ]
        now = [code for code, _label in choices if code not in wish.muted]
        kwargs["initial"] = {"wanted": now, "email": wish.email, "digest": wish.digest}
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["wanted"].choices = choices  # type: ignore[attr-defined]
        self.codes = {code for code, _label in choices}
        self.wish = wish

    def muted(self) -> list[str]:
        """Return what is switched off now: what is not wanted, and what was off before and is not offered in this post."""
        return sorted((set(self.wish.muted) | self.codes) - set(self.cleaned_data["wanted"]))
