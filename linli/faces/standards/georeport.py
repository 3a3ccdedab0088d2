"""How Open311 GeoReport v2 speaks: the same answer as XML or JSON, and what is wrong as a list of codes with their descriptions.

http://wiki.open311.org/GeoReport_v2/
"""

import functools
import json
import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias
from xml.etree.ElementTree import Element, SubElement, tostring

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.ground.authority.tokens import bearer_of
from linli.ground.places.queries import city_path

Value: TypeAlias = "str | int | float | bool | dict[str, Value] | list[Value] | None"
Entry: TypeAlias = dict[str, Value]
Said: TypeAlias = tuple[str, Entry | list[Entry]]
"""The name of an answer's root in XML, and what it says."""
SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
CHANGED: Final = "2026-11-30T00:00:00+08:00"
"""When what these addresses answer was last made differently (`changeset`)."""
OPEN, CLOSED = "open", "closed"
"""The two states that the standard knows."""
FORMATS: Final = {"json": "application/json", "xml": "text/xml"}
EACH: Final = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
}
"""What XML calls each entry of a list."""
UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""
DIGITS: Final = 6
"""The figures of a division's code as the statistics write it, with closing zeros."""
BAD, NO_KEY, UNKNOWN, FLOOD = 400, 403, 404, 429


class Faults(Exception):
    """What is wrong with a request, each as a code and a sentence; the first code is the status of the answer."""

    def __init__(self, *faults: tuple[int, str]) -> None:
        """Keep what is wrong."""
        super().__init__(faults)
        self.faults = faults


def spoken(view: Callable[..., Said]) -> Callable[..., HttpResponse]:
    """Let a view say its answer, or what is wrong, in the format of the address; any other format is a 404."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, format: str, **kwargs: Any) -> HttpResponse:  # noqa: A002 (the standard's word)
        if format not in FORMATS:
            raise Http404
        try:
            _must_be_here(request)
            return answer(format, view(request, *args, **kwargs))
        except Faults as error:
            faults = error.faults
        except Http404:
            faults = ((UNKNOWN, _("Nothing that everybody may read has this code or number.")),)
        except PermissionDenied:
            faults = ((NO_KEY, _("api_key is missing, has ended, or its post may not take needs down.")),)
        rows: list[Entry] = [{"code": code, "description": text} for code, text in faults]
        return answer(format, ("errors", rows), status=faults[0][0])

    return wrapper


def answer(format: str, said: Said, *, status: int = 200) -> HttpResponse:  # noqa: A002
    """Return an answer in one of the formats; any page of the world may read it."""
    root, content = said
    text = json.dumps(content, ensure_ascii=False) if format == "json" else xml(root, content)
    headers = {"Access-Control-Allow-Origin": "*"}
    return HttpResponse(text, status=status, content_type=f"{FORMATS[format]}; charset=utf-8", headers=headers)


def key_of(request: HttpRequest) -> str:
    """Return the key that came: as api_key in the body, never in the address, which stands in logs; or as a bearer's."""
    return request.POST.get("api_key", "") or bearer_of(request)


def too_many(request: HttpRequest, text: str) -> HttpResponse:
    """Refuse a call of a flood, in the format of its address."""
    way = request.path.rpartition(".")[2]
    fault: Entry = {"code": FLOOD, "description": text}
    return answer(way if way in FORMATS else "json", ("errors", [fault]), status=FLOOD)


def xml(root: str, content: Entry | list[Entry]) -> str:
    """Write an answer as XML."""
    top = Element(root)
    _fill(top, content)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(top, encoding="unicode")


def _fill(element: Element, value: object) -> None:
    if isinstance(value, dict):
        for name, one in value.items():
            _fill(SubElement(element, name), one)
    elif isinstance(value, list):
        for one in value:
            _fill(SubElement(element, EACH[element.tag]), one)
    elif isinstance(value, bool):
        element.text = str(value).lower()
    else:
        element.text = "" if value is None else UNWRITABLE.sub("", str(value))


def _must_be_here(request: HttpRequest) -> None:
    """Refuse what is asked of another city: here is one, known by the code of its division."""
    asked, here = request.POST.get("jurisdiction_id") or request.GET.get("jurisdiction_id"), city_path()
    if asked and here and asked not in {here, here.ljust(DIGITS, "0")}:
        raise Faults((UNKNOWN, _("jurisdiction_id: this is %(here)s.") % {"here": here}))
