"""Input from people: wishes about messages, a partner's webhook."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor

from . import templates, wire
from .models import DigestPeriod, Preference
from .models.webhooks import PRIVATE

WORD = re.compile(r"[a-z_]{1,40}(\.[a-z_]{1,40}){0,2}")
MOST_VERBS = 20


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


class SubscribeForm(forms.Form):
    """A partner's webhook."""

    label = forms.CharField(label=_("Partner"), max_length=100, help_text=_("For example: the city's 12345 hotline"))
    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https", help_text=_("Begins with https://"))
    verbs = forms.CharField(
        label=_("Events"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: an app (cases), a thing (cases.case) or one event (cases.case.close)."),
    )

    def clean_url(self) -> str:
        """Refuse what a partner may not be called at."""
        return wire.checked(self.cleaned_data["url"])

    def clean_verbs(self) -> list[str]:
        """Return the words, each once."""
        words = list(dict.fromkeys(self.cleaned_data["verbs"].split()))
        for word in words:
            if not WORD.fullmatch(word):
                raise ValidationError(
                    gettext("“%(word)s” is not the beginning of an event.") % {"word": word[:60]}, code="word"
                )
            if word.partition(".")[0] in PRIVATE:
                raise ValidationError(
                    gettext("Events of “%(word)s” never leave the house.") % {"word": word}, code="private"
                )
        if len(words) > MOST_VERBS:
            raise ValidationError(gettext("At most %(most)d lines.") % {"most": MOST_VERBS}, code="many")
        return words
