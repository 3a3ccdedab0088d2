"""What is typed about a template."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.commons.routing.queries import offered
from linli.flows.cases.models import LONGEST
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from . import queries, rules
from .models import Reply, Verb

OWN, PLACE = "own", "place"


class ReplyForm(forms.Form):
    """A template: for which step, about what, whose, and its words."""

    verb = forms.ChoiceField(label=_("For which step"), choices=Verb.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name of the template"), max_length=60)
    category = forms.ChoiceField(label=_("Only about"), required=False)
    scope = forms.ChoiceField(label=_("Who is offered it"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        min_length=4,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("What differs from case to case is a placeholder; the preview shows what it becomes."),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        """Offer the categories, and whose templates the actor keeps."""
        super().__init__(*args, **options)
        self.actor = actor
        self.categories = {one.code: one for one in offered()}
        scopes = [(OWN, _("my own body"))] if rules.may_keep_own(actor) else []
        scopes += [(PLACE, _("everybody in my area"))] if rules.may_keep_place(actor) else []
        about = [("", _("whatever it is about")), *((code, str(one)) for code, one in self.categories.items())]
        for name, choices in (("scope", scopes), ("category", about)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["scope"].initial = scopes[0][0]

    def clean_text(self) -> str:
        """Refuse placeholders that there are not."""
        text: str = self.cleaned_data["text"]
        if faults := queries.faults_in(text):
            raise ValidationError(faults, code="placeholder")
        return text

    @property
    def preview(self) -> str:
        """The text as it would look in a case."""
        return queries.fill(self.cleaned_data.get("text", ""), queries.SAMPLE)[0]

    def reply(self) -> Reply:
        """Return the template that was typed, not saved yet."""
        typed, post = self.cleaned_data, self.actor.post
        is_own = typed["scope"] == OWN and post is not None
        area = post.place_path if is_own and post else self.actor.area(Power.KEEP_REPLIES) or ""
        return Reply(
            verb=typed["verb"],
            name=typed["name"],
            text=typed["text"],
            category=self.categories.get(typed["category"]),
            place_path=area,
            body_id=post.body if is_own and post else None,
        )


def typed_of(reply: Reply) -> dict[str, str]:
    """Return how the form shows a template."""
    return {
        "verb": reply.verb,
        "name": reply.name,
        "text": reply.text,
        "category": reply.category.code if reply.category else "",
        "scope": OWN if reply.body_id else PLACE,
    }
