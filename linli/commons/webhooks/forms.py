"""Input from people: a partner's webhook."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import wire
from .models import PRIVATE

WORD = re.compile(r"[a-z_]{1,40}(\.[a-z_]{1,40}){0,2}")
MOST_VERBS = 20


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
        """Return the words, each once, in the order of the alphabet: two webhooks of the same words are the same."""
        words = sorted(set(self.cleaned_data["verbs"].split()))
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


class EditForm(SubscribeForm):
    """A partner's webhook as it is to be from now on; the version tells two administrators apart."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(forms.Form):
    """The end of a webhook; the tick is the confirmation."""

    sure = forms.BooleanField(label=_("I have checked that this partner is to be told nothing any more."))
