"""What the keeper picks when two entries become one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .queries import Compared


class MergeForm(forms.Form):
    """Which of two values stays, field by field where they differ, and why the two are one person."""

    reason = forms.CharField(
        label=_("How do you know that it is one person?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For example: asked by phone, identity card seen."),
    )

    def __init__(self, *args: Any, rows: list[Compared], **kwargs: Any) -> None:
        """Ask only where the entries differ; where one of them knows nothing the other's value is proposed."""
        super().__init__(*args, **kwargs)
        self.picked = [row.name for row in rows if not row.same]
        for row in rows:
            if not row.same:
                stays = _("Entry that stays: %(value)s") % {"value": row.kept}
                other = _("The other entry: %(value)s") % {"value": row.lost}
                self.fields[row.name] = forms.ChoiceField(
                    label=row.label,
                    choices=[("kept", stays), ("lost", other)],
                    initial=row.filled,
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Choose what stays: %(field)s.") % {"field": row.label}},
                )
        self.order_fields([*self.picked, "reason"])

    def picks(self) -> dict[str, str]:
        """Return the choices."""
        return {name: self.cleaned_data[name] for name in self.picked}
