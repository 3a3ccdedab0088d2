"""What every form here needs: what was sent, and a day."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict


def typed(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, an empty form included; None where the page is only being looked at."""
    return request.POST if request.method == "POST" else None


def day(label: Any, **options: Any) -> forms.DateField:
    """Return a field for one day."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)
