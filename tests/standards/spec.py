"""What Open311 GeoReport v2 asks of an answer, put down from its specification; XML is read back into the same shape.

The schemas that the Open311 project publishes carry no licence and do not ship. Where `OPEN311_SCHEMAS` names a folder that holds them,
every answer is held against those as well.
"""

import json
import os
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from django.http import HttpResponse
from jsonschema_rs import Draft4, Draft202012Validator, Registry, validator_for

TEXT, MAYBE, TRUTH = {"type": "string", "minLength": 1}, {"type": ["string", "null"]}, {"type": "boolean"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
NUMBER = {"type": ["number", "null"]}


def _closed(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    both = required | (optional or {})
    return {"type": "object", "required": [*required], "properties": both, "additionalProperties": False}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_REQUEST = {"service_request_id": TEXT, "status": {"enum": ["open", "closed"]}, "service_code": TEXT}
_REQUEST |= {"requested_datetime": MOMENT, "updated_datetime": MOMENT, "service_name": TEXT, "status_notes": TEXT}
_REQUEST |= dict.fromkeys(("description", "agency_responsible", "service_notice", "address"), MAYBE)
_REQUEST |= dict.fromkeys(("address_id", "zipcode", "media_url"), MAYBE) | {"lat": NUMBER, "long": NUMBER}
_REQUEST |= {"expected_datetime": {"anyOf": [MOMENT, {"type": "null"}]}}
_KINDS = ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
_ATTRIBUTE = {
    "variable": TRUTH,
    "code": TEXT,
    "datatype": {"enum": _KINDS},
    "required": TRUTH,
    "order": {"type": "integer"},
}
_ATTRIBUTE |= {
    "datatype_description": MAYBE,
    "description": TEXT,
    "values": _list(_closed({"key": TEXT, "name": TEXT})),
}
_SERVICE = {"service_code": TEXT, "service_name": TEXT, "metadata": TRUTH, "group": TEXT, "description": MAYBE}
_SERVICE |= {"type": {"enum": ["realtime", "batch", "blackbox"]}, "keywords": MAYBE}
_ENDPOINT = {"specification": {"const": "http://wiki.open311.org/GeoReport_v2"}, "url": TEXT, "changeset": MOMENT}
_ENDPOINT |= {"type": {"enum": ["production", "test"]}, "formats": _list({"enum": ["text/xml", "application/json"]})}

SPEC: dict[str, dict[str, Any]] = {
    "discovery": _closed(
        {"changeset": MOMENT, "contact": TEXT, "key_service": TEXT, "endpoints": _list(_closed(_ENDPOINT))}
    ),
    "services": _list(_closed(_SERVICE)),
    "service_definition": _closed({"service_code": TEXT, "attributes": _list(_closed(_ATTRIBUTE))}),
    "requests": _list(_closed(_REQUEST, {"extended_attributes": {"type": "object"}})),
    "post": _list(_closed({"service_request_id": TEXT, "service_notice": TEXT, "account_id": {"type": "null"}})),
    "token": _list(_closed({"service_request_id": TEXT, "token": TEXT})),
    "errors": {"minItems": 1} | _list(_closed({"code": {"type": "integer"}, "description": TEXT})),
}
PUBLISHED = {
    "services": "services.json",
    "service_definition": "service-definition.json",
    "requests": "requests.json",
}
ROOTS = {"requests": "service_requests", "post": "service_requests", "token": "service_requests"}
LISTS = {"services", "service_requests", "attributes", "values", "endpoints", "formats", "errors"}
"""Elements of XML that hold a list."""
NUMBERS = {"code": int, "order": int, "lat": float, "long": float, "round": int}
TRUTHS = {"metadata", "variable", "required"}
FOLDER = os.environ.get("OPEN311_SCHEMAS", "")
published = pytest.mark.skipif(not FOLDER, reason="OPEN311_SCHEMAS names no folder with the published schemas")


def said(answer: HttpResponse, kind: str, status: int = 200) -> Any:
    """Return what an answer says, once it is as the specification wants it, in its status, its type and its shape."""
    assert answer.status_code == status, answer.content.decode()
    kind_of_text = answer["Content-Type"]
    if kind_of_text == "text/xml; charset=utf-8":
        top = fromstring(answer.content)
        assert top.tag == ROOTS.get(kind, kind)
        content = _read(top)
    else:
        assert kind_of_text == "application/json; charset=utf-8"
        content = json.loads(answer.content)
    Draft202012Validator(SPEC[kind]).validate(content)
    return content


def validate_as_published(content: Any, kind: str) -> None:
    """Hold an answer against the schema that the Open311 project publishes for it."""
    base = "json-schema:///"
    schemas = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in Path(FOLDER).glob("*.json")}
    registry = Registry([(base + name, one) for name, one in schemas.items()], draft=Draft4)
    validator_for(
        {"$schema": "http://json-schema.org/draft-04/schema#"} | schemas[PUBLISHED[kind]],
        registry=registry,
        base_uri=base,
    ).validate(content)


def _read(element: Element) -> Any:
    if element.tag in LISTS:
        return [_read(one) for one in element]
    if len(element):
        return {one.tag: _read(one) for one in element}
    text = element.text or None
    if text is None or element.tag not in {*NUMBERS, *TRUTHS}:
        return text
    if element.tag in TRUTHS:
        return {"true": True, "false": False}[text]
    return NUMBERS[element.tag](text) if text.lstrip("-").replace(".", "").isdigit() else text
