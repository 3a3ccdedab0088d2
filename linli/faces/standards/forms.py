"""What programs send in the words of GeoReport: which requests they ask for, and a request that they bring."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from linli.commons.routing.models import Category
from linli.flows.cases.models import LONGEST
from linli.flows.intake.forms import ASKED, question_fields
from linli.ground.core import clock
from linli.ground.people.forms import PhoneField

from .georeport import BAD, CLOSED, OPEN, UNKNOWN, Faults
from .queries import Wanted

SPAN: Final = timedelta(days=90)
"""The longest stretch of days that one call may ask for."""
MOST: Final = 1000
"""Requests in one answer."""
DEEPEST: Final = 10_000
"""How far one may leaf through a stretch of days; whoever wants more asks for fewer days at a time."""
MOST_NAMED: Final = 100
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
LOST_PLUS: Final = re.compile(r"(T[\d:.]+) (\d\d:?\d\d)$")
"""The plus of a time zone that came as a blank, as it does where a client forgot to write it as %2B."""
HAN: Final = re.compile("[\u4e00-\u9fff]")


class MomentField(forms.DateTimeField):
    """A moment as ISO 8601 writes it; a day alone is its beginning, a moment without a zone is the city's."""

    def to_python(self, value: str | date | None) -> datetime | None:
        """Return the moment; raises ValidationError for none, or one outside of this century."""
        read = super().to_python(LOST_PLUS.sub(r"\1+\2", value.strip()) if isinstance(value, str) else value)
        if read is not None and not EARLIEST <= read <= LATEST:
            raise ValidationError(gettext("This moment is too far away."), code="far")
        return read


class ListField(forms.CharField):
    """Values with commas between them."""

    def clean(self, value: str) -> list[str]:
        """Return the values; raises ValidationError for too many."""
        several = [one.strip() for one in str(super().clean(value)).split(",") if one.strip()]
        if len(several) > MOST_NAMED:
            raise ValidationError(gettext("At most %(most)d at a time.") % {"most": MOST_NAMED}, code="many")
        return several


class SearchForm(forms.Form):
    """Which requests are asked for: some by their numbers, or those of a stretch of days."""

    service_request_id = ListField(required=False)
    service_code = ListField(required=False)
    status = ListField(required=False)
    start_date = MomentField(required=False)
    end_date = MomentField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=DEEPEST)
    page_size = forms.IntegerField(required=False, min_value=1, max_value=MOST)
    extensions = forms.CharField(required=False, max_length=10)

    def clean(self) -> dict[str, Any]:
        """Fill in the page and the stretch of days: the last 90 where none is named, 90 from or until the one that is."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        typed["page"], typed["page_size"] = typed.get("page") or 1, typed.get("page_size") or MOST
        if typed["page"] * typed["page_size"] > DEEPEST and typed["page"] > 1:
            told = gettext("At most %(most)d requests of a stretch of days; please ask for fewer days.")
            self.add_error("page", told % {"most": DEEPEST})
        start, end = typed.get("start_date"), typed.get("end_date")
        typed["start_date"] = start or (end or clock.now()) - SPAN
        typed["end_date"] = end or typed["start_date"] + SPAN
        if not timedelta(0) <= typed["end_date"] - typed["start_date"] <= SPAN:
            self.add_error("end_date", gettext("It follows start_date, by at most 90 days."))
        return typed

    def clean_status(self) -> list[str]:
        """Refuse any status that the standard does not know."""
        wanted: list[str] = self.cleaned_data["status"]
        if not {*wanted} <= {OPEN, CLOSED}:
            raise ValidationError(gettext("open or closed."), code="status")
        return wanted


class RequestForm(forms.Form):
    """A request as a program brings it; e-mail, device and account of who sends it are neither needed nor kept."""

    service_code = forms.CharField(max_length=40)
    description = forms.CharField(min_length=4, max_length=LONGEST)
    address_id = forms.RegexField(r"^\d{4,15}$", required=False)
    address_string = forms.CharField(required=False, max_length=70)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    long = forms.FloatField(required=False, min_value=-180, max_value=180)
    first_name = forms.CharField(required=False, max_length=15)
    last_name = forms.CharField(required=False, max_length=14)
    phone = PhoneField(required=False)
    media_url = forms.URLField(required=False, max_length=300, assume_scheme="https")

    PLACES: ClassVar = ("address_id", "address_string", "lat")

    def clean(self) -> dict[str, Any]:
        """Refuse what says nowhere, half a point, or a description that has no room for the address of its picture."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if (typed.get("lat") is None) != (typed.get("long") is None):
            self.add_error("lat", gettext("lat and long come together."))
        elif not any(typed.get(name) not in {None, ""} for name in self.PLACES) and not self.errors:
            self.add_error("address_string", gettext("Please say where: address_id, address_string, or lat and long."))
        if len(self.text) > LONGEST:
            self.add_error("description", gettext("Too long together with media_url."))
        return typed

    @property
    def text(self) -> str:
        """What it is about, with the address of a picture below."""
        said = [str(self.cleaned_data.get(name) or "") for name in ("description", "media_url")]
        return "\n".join(one for one in said if one)

    @property
    def name(self) -> str:
        """The name as it is said: the surname first in Chinese."""
        first, last = self.cleaned_data["first_name"], self.cleaned_data["last_name"]
        return last + first if HAN.search(last + first) else f"{first} {last}".strip()

    @property
    def where(self) -> str:
        """Where exactly: the address, and the point if one is named."""
        point = [f"{self.cleaned_data[one]:.5f}" for one in ("lat", "long") if self.cleaned_data[one] is not None]
        return " ".join(one for one in (self.cleaned_data["address_string"], ",".join(point)) if one)


def searched(request: HttpRequest) -> Wanted:
    """Return what is asked for; raises Faults."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise Faults(*_faults(form))
    typed = form.cleaned_data
    return Wanted(
        references=typed["service_request_id"],
        codes=typed["service_code"],
        status=typed["status"],
        start=typed["start_date"],
        end=typed["end_date"],
        page=typed["page"],
        size=typed["page_size"],
        extended=typed["extensions"] == "true",
    )


def brought(request: HttpRequest, services: dict[str, Category]) -> tuple[RequestForm, Category, dict[str, str]]:
    """Return the request that is brought, its category and what is said to its questions; raises Faults."""
    form = RequestForm(request.POST)
    if not form.is_valid():
        raise Faults(*_faults(form))
    category = services.get(form.cleaned_data["service_code"])
    if category is None:
        raise Faults((UNKNOWN, gettext("service_code: unknown, see services.json.")))
    return form, category, _answers(category, request.POST)


def _answers(category: Category, sent: QueryDict) -> dict[str, str]:
    """Return what is said to the questions, sent as `attribute[code]`."""
    asked = {one.code: f"attribute[{one.code}]" for one in category.questions.all()}
    form = forms.Form({ASKED + code: sent.get(name) or sent.get(f"{name}[]", "") for code, name in asked.items()})
    form.fields |= question_fields(category.questions.all())
    if not form.is_valid():
        raise Faults(*_faults(form, {ASKED + code: name for code, name in asked.items()}))
    return {code: str(form.cleaned_data[ASKED + code]) for code in asked if form.cleaned_data[ASKED + code]}


def _faults(form: forms.Form, names: dict[str, str] | None = None) -> list[tuple[int, str]]:
    named = names or {}
    return [(BAD, f"{named.get(field, field)}: {message}") for field, told in form.errors.items() for message in told]
