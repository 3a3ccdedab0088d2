"""ASK: what everybody may read of the city's categories and cases (decision 0022), and where a request is that a program brings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.commons.deadlines.models import Clock
from linli.commons.routing.models import Category, Question
from linli.commons.routing.queries import offered
from linli.flows.cases.models import CHANNELS, ENDED, Case
from linli.flows.cases.queries import ANSWER
from linli.flows.publicity.queries import public_cases, public_of
from linli.ground.core.registry import ref
from linli.ground.places.divisions import PLACEHOLDERS, Level, ancestors_of, short_name
from linli.ground.places.models import Place
from linli.ground.places.outlines import district_at
from linli.ground.places.queries import city_path, existing

from .georeport import CLOSED, OPEN, Entry, Value


def services() -> dict[str, Category]:
    """Return the categories that everybody may read and a new need may have, with their questions, by code. Two queries."""
    return {one.code: one for one in offered() if one.is_public}


def service_list(categories: Iterable[Category]) -> list[Entry]:
    """Return the categories in the words of the standard."""
    return [
        {
            "service_code": one.code,
            "service_name": str(one),
            "description": one.examples or None,
            "metadata": bool(one.questions.all()),
            "type": "realtime",
            "keywords": ",".join(re.split("[、，,]", one.examples)) or None,
            "group": str(one.get_field_display()),
        }
        for one in categories
    ]


def definition(category: Category) -> Entry:
    """Return what a category asks, in the words of the standard; an answer is sent as it is read."""
    attributes: list[Value] = []
    for order, one in enumerate(category.questions.all(), start=1):
        values: list[Value] = [{"key": option, "name": option} for option in one.options]
        attribute: Entry = {"variable": True, "code": one.code, "datatype": "singlevaluelist" if values else "string"}
        attribute |= {"required": one.is_required, "datatype_description": None, "order": order}
        attributes.append(attribute | {"description": one.text, "values": values})
    return {"service_code": category.code, "attributes": attributes}


@dataclass(frozen=True)
class Wanted:
    """Which requests are asked for: those of these numbers, or those of a stretch of days."""

    references: list[str]
    codes: list[str]
    status: list[str]
    start: datetime
    end: datetime
    page: int
    size: int
    extended: bool


def found(wanted: Wanted) -> list[Case]:
    """Return one page of the cases that are asked for, the newest first."""
    cases = public_cases()
    if wanted.references:
        cases = cases.filter(reference__in=wanted.references)
    else:
        cases = cases.filter(received_at__range=(wanted.start, wanted.end))
        if wanted.codes:
            cases = cases.filter(category__code__in=wanted.codes)
        if {*wanted.status} == {OPEN}:
            cases = cases.open()
        if {*wanted.status} == {CLOSED}:
            cases = cases.closed()
    first = (wanted.page - 1) * wanted.size
    return list(cases.order_by("-received_at", "-pk")[first : first + wanted.size])


def entries_of(cases: Sequence[Case], *, extended: bool = False) -> list[Entry]:
    """Return what everybody may read of cases (`publicity.public_of`) in the words of the standard. One query, two where `extended`."""
    due = _due(cases)
    read = [_public(one, due.get(ref(one))) for one in cases]
    if extended:
        asked = Question.objects.filter(category__in={one.category_id for one in cases})
        chosen = {(one.category_id, one.code): one for one in asked if one.options}
        for case, entry in zip(cases, read, strict=True):
            entry["extended_attributes"] = _more(case, chosen)
    return read


def place_of(address_id: str, address: str, latitude: float | None, longitude: float | None) -> Place | None:
    """Return the place of a request: by the code of a division, by the names in its address, or the district of its point."""
    here = city_path()
    if address_id:
        return existing(address_id) if address_id.startswith(here) else None
    named = _named_in(address, here)
    if named:
        return existing(named)
    if latitude is not None and longitude is not None:
        return existing(district_at(here, longitude, latitude))
    return None


def _named_in(address: str, here: str) -> str:
    """Return the path of the one place whose name, with those above it, fills most of the address; empty where none or several do."""
    levels = (Level.COUNTY, Level.TOWN, Level.COMMUNITY)
    rows = Place.objects.current().under(here).filter(level__in=levels).values_list("path", "name")
    names = {path: short_name(name) for path, name in rows if address and name not in PLACEHOLDERS}
    said = {path: len(name) for path, name in names.items() if name in address}
    filled = {path: length + sum(said.get(above, 0) for above in ancestors_of(path)) for path, length in said.items()}
    best = [path for path, length in filled.items() if length == max(filled.values())]
    return best[0] if len(best) == 1 else ""


def _due(cases: Sequence[Case]) -> dict[str, datetime]:
    """Return until when each is to be answered, by its latest clock; none while that stands."""
    clocks = Clock.objects.filter(about__in=[ref(one) for one in cases], name=ANSWER, paused_at=None).order_by("pk")
    return dict(clocks.values_list("about", "due_at"))


def _public(case: Case, due_at: datetime | None) -> Entry:
    told = public_of(case)
    moments = (case.received_at, case.accepted_at, case.answered_at, case.closed_at)
    return {
        "service_request_id": case.reference,
        "status": CLOSED if case.status in ENDED else OPEN,
        "status_notes": f"{case.get_status_display()} {CHANNELS.get(case.ground, '')}".strip(),
        "service_name": str(case.category),
        "service_code": case.category.code,
        "description": told.text,
        "agency_responsible": case.lead.name,
        "service_notice": None,
        "requested_datetime": _moment(case.received_at),
        "updated_datetime": _moment(max(one for one in moments if one is not None)),
        "expected_datetime": _moment(due_at) if due_at else None,
        "address": f"{case.place.title} {told.where}".strip(),
        "address_id": case.place.path,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _more(case: Case, chosen: dict[tuple[int, str], Question]) -> Entry:
    """Return what the standard has no word for: the status in the city's own, the round, the answers that were chosen from a list."""
    answers: list[Value] = [
        {"code": code, "name": chosen[case.category_id, code].text, "value": answer}
        for code, answer in case.answers.items()
        if (case.category_id, code) in chosen and answer in chosen[case.category_id, code].options
    ]
    return {"status": case.status, "round": case.round, "urgency": case.category.urgency, "attributes": answers}


def _moment(at: datetime) -> str:
    return localtime(at).isoformat(timespec="seconds")


def contact() -> str:
    """Return how the people behind these addresses are reached."""
    return _("Call 12345, or ask at any community workstation.")


def key_service() -> str:
    """Return how a program comes by a key."""
    return _("A key is an API token of a post that may take needs down; the administrator of the city issues it.")
