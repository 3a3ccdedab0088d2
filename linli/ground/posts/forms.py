"""What people type about the posts of a body."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.roles import ROLES, RoleCode
from linli.ground.kinds.models import Group
from linli.ground.organisations.models import Body

from .queries import senders_for

SEATS = _("Write a number of seats from 1 to 500.")


class ReasonForm(forms.Form):
    """Why a post is not as its kind gives it; needed where the rulebook fixes how many members a body has."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, is_fixed: bool, **options: Any) -> None:
        """Ask for the reason where one is needed."""
        super().__init__(*args, **options)
        self.fields["reason"].required = is_fixed


class RenameForm(forms.Form):
    """The name of a post."""

    name = forms.CharField(label=_("Name of the post"), max_length=40)


class ResizeForm(ReasonForm):
    """How many people a post has room for."""

    seats = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=500, error_messages={"min_value": SEATS, "max_value": SEATS}
    )
    field_order: tuple[str, ...] = ("seats", "reason")


class AddForm(ResizeForm, RenameForm):
    """A new post of a body."""

    role = forms.ChoiceField(label=_("What its holders may do"), widget=forms.RadioSelect)
    sent_by = forms.ModelChoiceField(
        Body.objects.none(), label=_("Department that sends them"), required=False, empty_label=_("not said")
    )
    field_order = ("name", "seats", "role", "sent_by", "reason")

    def __init__(self, *args: Any, body: Body, **options: Any) -> None:
        """Offer the roles of the body's kind; ask who sends where posts of departments are kept."""
        super().__init__(*args, **options)
        roles = [role for role in RoleCode if role in body.kind.roles()]
        said = [(role.value, f"{role.label} · {ROLES[role].sentence}") for role in roles]
        self.fields["role"].choices = said  # type: ignore[attr-defined]
        self.fields["role"].initial = RoleCode.MEMBER
        if body.kind.group == Group.STATIONED:
            self.fields["sent_by"].queryset = senders_for(body)  # type: ignore[attr-defined]
        else:
            del self.fields["sent_by"]


class AbolishForm(ReasonForm):
    """The end of a post; the tick is the confirmation."""

    sure = forms.BooleanField(label=_("I have checked that this post is to be abolished."))
