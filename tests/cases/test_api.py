"""The door for programs: the hotline's program takes needs in for residents."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from linli.flows.cases.models import Case
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.organisations.models import Body

from .conftest import PHONE, TEXT, Town

NEED = {"category": "surroundings-other", "text": TEXT, "place": "150302006001", "where": "东门", "name": "张女士"}


def send(town: Town, key: str = "", **changed: object) -> tuple[int, dict[str, Any]]:
    """Take a need in as the worker's program does."""
    _token, secret = ApiToken.issue(post=town.actor("worker").post_ref, label="12345", by=SYSTEM)
    headers = {"authorization": f"Bearer {secret}"} | ({"idempotency-key": key} if key else {})
    answer = Client().post("/api/intake/", NEED | changed, content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


def test_a_program_takes_a_need_in_for_a_resident(town: Town) -> None:
    status, said = send(town, phone="139 0473 0001")
    case = Case.objects.get()
    assert (status, said["reference"], case.channel, case.reporter.phone) == (201, case.reference, "api", PHONE)


def test_a_call_that_the_hotline_took_down_is_a_call_here_too(town: Town) -> None:
    said = {"channel": "phone", "came_at": "2026-09-14T09:58:00+08:00", "is_private": True, "phone": "0473-2020133"}
    status, answer = send(town, **said)
    case = Case.objects.get()
    assert (status, answer["channel"], case.is_private, case.reporter.phone) == (201, "phone", True, "04732020133")
    assert case.came_at is not None
    assert case.came_at.isoformat() == "2026-09-14T01:58:00+00:00"


def test_a_call_that_is_made_again_with_its_key_brings_no_second_case(town: Town) -> None:
    (created, first), (repeated, again) = send(town, key="12345-7"), send(town, key="12345-7")
    assert (created, repeated, first["reference"]) == (201, 201, again["reference"])
    references = [
        send(town, key=key, **changed)[1]["reference"] for key, changed in (("", {}), ("12345-7", {"where": "西门"}))
    ]
    assert (len({first["reference"], *references}), Case.objects.count()) == (3, 3)


def test_a_missing_value_is_named_as_the_program_knows_it(town: Town) -> None:
    case, url = town.receive(), "/api/cases/{}/answer"
    _token, secret = ApiToken.issue(post=town.actor("worker").post_ref, label="12345", by=SYSTEM)
    headers = {"authorization": f"Bearer {secret}"}
    answer = Client().post(
        url.format(case.reference), {"text": "已修好。"}, content_type="application/json", headers=headers
    )
    assert (answer.status_code, answer.json()["detail"]) == (422, "version: 缺少此项")


@pytest.mark.parametrize(
    ("wrong", "begins"),
    [
        ({"phone": "1390473000"}, "phone: 手机号少了 1 位"),
        ({"place": "150302099001"}, "place: unknown code"),
        ({"came_at": "2026-09-15T00:00:00+08:00"}, "came_at: must"),
        ({"came_at": "2026-09-14T09:00:00"}, "came_at: must"),
        ({"category": "no-such"}, "category: unknown code"),
        ({"channel": "web"}, "channel: "),
    ],
)
def test_a_need_that_makes_no_sense_is_not_taken_in(town: Town, wrong: dict[str, str], begins: str) -> None:
    status, said = send(town, **wrong)
    assert (status, said["detail"][: len(begins)], Case.objects.exists()) == (422, begins, False)


def test_where_no_body_stands_a_program_is_told_so(town: Town) -> None:
    Body.objects.filter(kind__code="subdistrict_office").update(ended_on=date(2026, 9, 1))
    status, said = send(town, place="150302006002")
    assert (status, said["detail"], Case.objects.exists()) == (422, "place: nobody takes needs there yet", False)
