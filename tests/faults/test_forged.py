"""Forged keys, other people's matters, links that have ended, disguised uploads: 404, 403 or 400, and never data."""

from datetime import timedelta

import pytest
from cases.conftest import MONDAY, PHONE, TEXT, visitor
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linli.commons.files.models import File
from linli.commons.notices.models import Preference
from linli.flows.cases.models import Case
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.core import clock
from linli.ground.organisations.models import Holding, Why
from linli.ground.people.models import Person as Resident

from .conftest import ROLES, House
from .doors import ask, keys_for, named
from .forms import FORMS
from .papers import picture
from .test_permissions import NOBODY, TABLE
from .typed import NEED

FORGED = {
    "reference": "ZZZZ2222",
    "id": 2**62,
    "pk": 2**62,
    "ticket": "WzEsIngiXQ:1xxxxx:forged",
    "key": "no.such.rule",
}
FORGED |= {
    "path": "999999999999",
    "kind": "no_such_kind",
    "role": "mayor",
    "year": 1066,
    "code": "AAAA-AAAA",
    "other": 2**62,
    "verb": "sing",
}
FORGED |= {"other": 2**62, "what": "dogs", "format": "exe"}
PAGED = (
    "desk:home",
    "worklist:index",
    "cases:mine",
    "notices:inbox",
    "residents:list",
    "residents:requests",
    "residents:list_holds",
)


def bearer(house: House, role: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {house.tokens[role]}"}


@pytest.mark.parametrize("role", ROLES)
def test_a_forged_key_is_never_found(house: House, role: str) -> None:
    client, wrong = house.browser(role), {}
    for line in TABLE:
        verb, name = line.split()
        parameters = {one for known, found in named() if known == name for one in found}
        if not parameters:
            continue
        address = reverse(name, kwargs={one: FORGED[one] for one in parameters})
        asked = client.get if verb == "GET" else client.post
        status = asked(
            address, headers={"hx-request": "true"}
        ).status_code  # answered in a part of a page: less to draw
        if status not in {404, 403} and not (verb == "GET" and status == 302):
            wrong[line] = status
    assert wrong == {}


def test_the_secrets_that_others_never_see_are_seen_by_those_whose_they_are(house: House) -> None:
    case = ask(house, house.browser("worker"), "GET", "cases:show").content.decode()
    wish = ask(house, house.browser("worker"), "GET", "residents:decide").content.decode()
    reporter = ask(house, house.browser("worker"), "POST", "cases:unmask").content.decode()
    assert (TEXT in case, "生日写错了" in wish, PHONE in reporter.replace(" ", "")) == (True, True, True)


@pytest.mark.parametrize("role", sorted(NOBODY - {"visitor"}))
def test_the_api_knows_nothing_of_another_communitys_case(house: House, role: str) -> None:
    client, reference = Client(), house.case.reference
    headers = bearer(house, role)
    answers = [client.get(f"/api/cases/{reference}", headers=headers)]
    for verb, said in (
        ("accept", {}),
        ("answer", {"text": "已经修好。"}),
        ("close", {"text": "已经修好。"}),
        ("rate", {"contacted": True, "solved": "yes", "satisfied": "yes"}),
        ("reopen", {"text": "还是不亮。"}),
    ):
        body = {"version": 1, **said}
        app = "callbacks" if verb == "rate" else "cases"
        answers.append(
            client.post(f"/api/{app}/{reference}/{verb}", body, content_type="application/json", headers=headers)
        )
    assert [answer.status_code for answer in answers] == [404] * 6
    assert {answer.content for answer in answers} == {answers[0].content}
    assert client.get("/api/cases/", headers=headers).json() == {"items": [], "next": None}


def test_a_stranger_with_a_proven_phone_sees_nobody_elses_case(house: House) -> None:
    stranger, owner = house.stranger(), visitor(PHONE)
    address = reverse("cases:show", args=[house.case.reference])
    assert (stranger.get(address).status_code, owner.get(address).status_code) == (404, 200)
    assert TEXT not in stranger.get("/cases/mine/").content.decode()
    assert stranger.get("/api/cases/").json()["items"] == []


@pytest.mark.parametrize("name", PAGED)
@pytest.mark.parametrize(
    "token",
    [
        "x",
        "W10",
        "WyJuIl0",
        "WyJuIiwxLDIsMyw0LDVd",
        "WyJxIiwxXQ",
        "WyJuIixudWxsXQ",
        "WyJuIiwie1widFwiOjF9Il0",
        "%00",
        "💥",
    ],
)
def test_a_forged_page_token_is_a_bad_request(house: House, name: str, token: str) -> None:
    role = "resident" if name == "cases:mine" else "worker"
    assert ask(house, house.browser(role), "GET", name, {"page": token}).status_code == 400


def test_a_confirming_link_ends_after_a_day_and_serves_no_other_address(house: House) -> None:
    ticket, client = house.keys["notices:ticket"], Client()
    address = reverse("notices:confirm", args=[ticket])
    assert client.get(address).status_code == 200
    cut = reverse("notices:confirm", args=[ticket[:-1] + ("A" if ticket[-1] != "A" else "B")])
    assert (client.get(cut).status_code, client.post(cut).status_code) == (404, 404)
    wish = Preference.objects.get(account=house.resident)
    wish.choose(muted=[], digest="off", email="other@example.org", by=SYSTEM)
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


def test_a_confirming_link_that_is_older_than_a_day_is_nothing(house: House) -> None:
    address, client = reverse("notices:confirm", args=[house.keys["notices:ticket"]]), Client()
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        assert client.get(address).status_code == 200
    with clock.stopped_at(MONDAY + timedelta(days=1, seconds=1)):
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert Preference.objects.get(account=house.resident).confirmed_at is None


def test_an_api_token_ends_when_it_is_revoked_and_with_its_post(house: House) -> None:
    client, worker = Client(), house.town.actor("worker")
    assert client.get("/api/people/me", headers=bearer(house, "worker")).status_code == 200
    forged = {"Authorization": f"Bearer {house.tokens['worker'][:-1]}"}
    assert client.get("/api/people/me", headers=forged).status_code == 401
    for token in ApiToken.objects.filter(post=house.town.actor("chair").post_ref):
        token.revoke(by=SYSTEM)
    assert client.get("/api/people/me", headers=bearer(house, "chair")).status_code == 401
    held = Holding.objects.get(pk=worker.post_ref.rpartition(":")[2])
    held.end(on=clock.today() - timedelta(days=1), why=Why.RESIGNED, by=SYSTEM)
    assert client.get("/api/people/me", headers=bearer(house, "worker")).status_code == 401
    assert client.get(f"/api/cases/{house.case.reference}", headers=bearer(house, "worker")).status_code == 401


def test_a_program_that_has_no_token_gets_no_data(house: House) -> None:
    client = Client()
    addresses = [f"/api/cases/{house.case.reference}", "/api/cases/", "/api/residents/", "/api/notices/inbox"]
    addresses += ["/api/webhooks/", "/api/deadlines/todos", "/api/people/me"]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 401)


def test_a_session_speaks_to_the_api_only_with_its_own_token_against_forgery(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = house.browser("worker").cookies
    said = {"version": house.case.version}
    answer = client.post(f"/api/cases/{house.case.reference}/accept", said, content_type="application/json")
    assert (answer.status_code, Case.objects.get(pk=house.case.pk).status) == (403, "received")


def test_a_draft_belongs_to_the_session_that_sent_it(house: House) -> None:
    mine, other = house.browser("resident"), house.stranger()
    incomplete = NEED | {"name": "", "pictures": picture()}
    page = mine.post("/cases/report/", incomplete)
    draft = File.objects.filter(about="").get()
    kept = _kept_in(page.content.decode())
    assert (page.status_code, len(kept)) == (422, 1)
    assert "东门.jpg" not in other.post("/cases/report/", NEED | {"name": "", "pictures-kept": kept}).content.decode()
    assert "东门.jpg" in mine.post("/cases/report/", NEED | {"name": "", "pictures-kept": kept}).content.decode()
    statuses = {role: house.browser(role).get(f"/files/{draft.reference}/").status_code for role in ROLES}
    assert statuses == dict.fromkeys(ROLES, 404)


def _kept_in(page: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split('name="pictures-kept" value="')[1:]]


def test_a_script_that_calls_itself_a_picture_is_refused_at_the_report(house: House) -> None:
    before = File.objects.count()
    disguised = SimpleUploadedFile("路灯.jpg", b"<html><script>alert(1)</script></html>", content_type="image/jpeg")
    answer = house.browser("resident").post("/cases/report/", NEED | {"pictures": disguised})
    assert (answer.status_code, File.objects.count()) == (422, before)
    assert "<script>alert(1)</script>" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "again"), [("pause", "pause"), ("end", "end"), ("end", "pause"), ("redeliver", "redeliver")]
)
def test_a_step_that_comes_too_late_is_a_conflict(house: House, name: str, again: str) -> None:
    client = house.browser("administrator")
    first, second = (
        ask(house, client, "POST", f"webhooks:{verb}", FORMS[f"webhooks:{verb}"]).status_code for verb in (name, again)
    )
    assert (first, second) == (302, 409)


def test_a_decided_request_is_not_decided_again(house: House) -> None:
    client = house.browser("worker")
    Resident.objects.get(pk=house.keys["residents:id"]).correct(fields={"sex": "male"}, by=SYSTEM)
    assert [ask(house, client, "POST", "residents:decide").status_code for _time in range(2)] == [302, 409]


def test_keys_of_the_house_are_real(house: House) -> None:
    missing = [name for name, parameters in named() if None in keys_for(house, name, parameters).values()]
    assert missing == []
