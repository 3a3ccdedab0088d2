"""Somebody else's program meets the city by Open311: `georeport`, a client library, reads what a neighbour's program has brought."""

import requests
from georeport import GeoReport

from .conftest import City

LAMP = {
    "service_code": "street-light",
    "description": "小区门口的路灯不亮。",
    "attribute[extent]": "一盏",
    "last_name": "李",
    "phone": "13904730099",
}


def endpoint(city: City, kind: str) -> str:
    """The address of an endpoint, as the discovery names it."""
    told = requests.get(f"{city.address}/open311/v2/discovery.json", timeout=10).json()
    (address,) = [one["url"] for one in told["endpoints"] if one["type"] == kind]
    return str(address)


def bring(address: str, key: str, gate: str) -> str:
    """Bring a request, which the library knows no call for; return its number."""
    answer = requests.post(
        f"{address}/requests.json",
        LAMP | {"api_key": key, "address_string": f"海勃湾区滨河街道湖东社区 {gate}"},
        timeout=10,
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()[0]["service_request_id"])


def test_a_client_library_reads_what_a_program_has_brought(city: City) -> None:
    key = city.manage("api_token", "worker")
    address, trial = endpoint(city, "production"), endpoint(city, "test")
    first, second = (bring(address, key, gate) for gate in ("东门", "西门"))
    gone = bring(trial, key, "北门")
    for way in ("json", "xml"):
        client = GeoReport(address, jurisdiction="1503", api_key=key, output_format=way)
        assert {one["service_name"] for one in client.get_service_list()} >= {"路灯照明", "垃圾清运和保洁"}
        light = client.get_service_definition("street-light")
        asked = light["attributes"] if way == "json" else light["attributes"]["attribute"]
        assert [one["description"] for one in asked] == ["不亮的有多少", "灯杆编号（知道就填）"]
        named = f"{first},{second},{gone}"
        found = client.get_service_requests(service_request_id=named)
        assert {one["service_request_id"] for one in found} == {first, second}
        assert second in {one["service_request_id"] for one in client.get_service_requests(status="open")}
        one = client.get_service_request(first)
        assert (one["description"], one["status"]) == (LAMP["description"], "open")
        assert LAMP["phone"] not in str(found)
