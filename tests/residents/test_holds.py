"""Data kept by law: set and lifted with a reason, and as long as it stands nothing is erased (PIPL art. 47)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from people.town import STAGE, Town, enter, post

from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.people.models import Person as Resident
from linli.ground.people.models import PersonalData
from linli.ground.residents import actions, queries
from linli.ground.residents.models import HoldBasis, LegalHold, RequestKind
from linli.ground.residents.rules import may_hold, may_lift
from tests.factories.races import just_before

from .desk import at

WHY = "（2026）内0302民初1号，法院来函"


def hold(person: Resident, days: int = 30) -> LegalHold:
    review = clock.today() + timedelta(days=days)
    return actions.hold(person, basis=HoldBasis.LAWSUIT, reason=WHY, review_on=review, by=SYSTEM)


def test_a_hold_is_on_the_record_without_its_reason(somebody: Resident) -> None:
    held = hold(somebody)
    assert (PersonalData.objects.get(pk=somebody.pk).legal_hold, str(held)) == (True, held.reference)
    actions.lift(held, reason="已结案", by=SYSTEM)
    assert PersonalData.objects.get(pk=somebody.pk).legal_hold is False
    events = Event.objects.filter(verb__startswith="residents.legalhold").order_by("pk")
    assert [(event.verb, event.data["person"]) for event in events] == [
        ("residents.legalhold.hold", somebody.pk),
        ("residents.legalhold.lift", somebody.pk),
    ]
    assert [word for event in events for word in (WHY, "已结案") if word in str(event.data)] == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(h)::text FROM residents_legalhold h")
        stored = cursor.fetchone()[0]
    assert [word for word in (WHY, "已结案") if word in stored] == []


def test_a_hold_is_set_once_and_lifted_once(somebody: Resident) -> None:
    held = hold(somebody)
    with pytest.raises(ValidationError, match="kept by law already"):
        hold(somebody)
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.create(person=somebody, basis=HoldBasis.AUDIT, review_on=clock.today())
    actions.lift(held, reason="已结案", by=SYSTEM)
    with pytest.raises(ValidationError, match="lifted already"):
        actions.lift(held, reason="已结案", by=SYSTEM)
    assert hold(somebody).pk != held.pk


def test_a_hold_is_looked_at_again_on_a_later_day(somebody: Resident) -> None:
    with pytest.raises(ValidationError, match="still to come"):
        hold(somebody, days=0)
    held = hold(somebody, days=1)
    today = clock.today()
    assert [held.is_due(today + timedelta(days=days)) for days in (0, 1, 2)] == [False, True, True]
    actions.lift(held, reason="已结案", by=SYSTEM)
    assert LegalHold.objects.get().is_due(today + timedelta(days=2)) is False


def test_the_database_itself_refuses_to_erase_what_is_held(somebody: Resident) -> None:
    hold(somebody)
    empty = {"name": "", "phone": "", "id_number": "", "erased_at": clock.now()}
    with pytest.raises(IntegrityError):
        PersonalData.objects.filter(pk=somebody.pk).update(**empty)


def test_erased_data_cannot_be_held_and_erasure_takes_the_reasons(somebody: Resident) -> None:
    actions.lift(hold(somebody), reason="已结案", by=SYSTEM)
    actions.erase(actions.ask(somebody, kind=RequestKind.ERASURE, by=SYSTEM), by=SYSTEM)
    assert LegalHold.objects.values_list("reason", "why_lifted").get() == ("", "")
    with pytest.raises(ValidationError, match="erased already"):
        hold(somebody)


def test_the_copy_says_when_data_were_kept_but_not_why(somebody: Resident) -> None:
    hold(somebody)
    parts = dict(actions.export(actions.ask(somebody, kind=RequestKind.EXPORT, by=SYSTEM), by=SYSTEM))
    assert [row["basis"] for row in parts["Kept by law"]] == ["a lawsuit or an arbitration"]
    assert WHY not in str(parts)


def test_who_waits_for_erasure_is_told_in_plain_words(browser: Client, town: Town, somebody: Resident) -> None:
    STAGE["actor"] = Person(ref="people.account:1", person=somebody.pk)
    hold(somebody)
    assert "The law obliges your city" not in browser.get(at("me")).content.decode()
    browser.post(at("ask"), {"kind": "erasure"})
    page = browser.get(at("me")).content.decode()
    assert ("The law obliges your city" in page, "a lawsuit" in page, WHY in page) == (True, True, False)


def test_the_desk_holds_lists_and_lifts(browser: Client, worker: Person, somebody: Resident) -> None:
    assert browser.get(at("hold", somebody.pk)).status_code == 200
    given = {"basis": "lawsuit", "reason": WHY, "review_on": str(clock.today() + timedelta(days=9))}
    for wrong in ({"basis": ""}, {"reason": ""}, {"review_on": ""}, {"review_on": str(clock.today())}):
        answer = browser.post(at("hold", somebody.pk), given | wrong)
        assert (answer.status_code, LegalHold.objects.count()) == (422, 0)
    assert browser.post(at("hold", somebody.pk), given).url == at("show", somebody.pk)
    again = browser.post(at("hold", somebody.pk), given)
    assert (again.status_code, "kept by law already" in again.content.decode()) == (422, True)
    listed = browser.get(at("list_holds")).content.decode()
    assert ("王某某" in listed, "王秀兰" in listed, WHY in listed) == (True, False, True)
    held = LegalHold.objects.get()
    assert WHY in browser.get(at("show", somebody.pk)).content.decode()
    assert WHY in browser.get(at("lift", held.reference)).content.decode()
    assert browser.post(at("lift", held.reference), {"reason": ""}).status_code == 422
    assert browser.post(at("lift", held.reference), {"reason": "已结案"}).url == at("show", somebody.pk)
    assert browser.post(at("lift", held.reference), {"reason": "已结案"}).status_code == 403
    assert "Nobody" in browser.get(at("list_holds")).content.decode()


def test_who_lifts_a_hold_a_moment_after_somebody_else_is_told(
    browser: Client, worker: Person, somebody: Resident
) -> None:
    held = hold(somebody)
    with just_before("SAVEPOINT", lambda: actions.lift(held, reason="法院已结案", by=SYSTEM)):
        late = browser.post(at("lift", held.reference), {"reason": "再看一遍"})
    said = late.content.decode()
    assert (late.status_code, "lifted already" in said, "再看一遍" in said) == (422, True, True)
    assert LegalHold.objects.get().why_lifted == "法院已结案"


def test_while_a_hold_stands_the_desk_is_offered_no_erasure(
    browser: Client, worker: Person, somebody: Resident
) -> None:
    asked = actions.ask(somebody, kind=RequestKind.ERASURE, by=SYSTEM)
    address = at("decide", asked.reference)
    assert "Erase the data of" in browser.get(address).content.decode()
    refused = browser.post(at("refuse", asked.reference), {"refusal": "hold", "reason": "依法留存"})
    assert (refused.status_code, "No hold stands" in refused.content.decode()) == (422, True)
    held = hold(somebody)
    page = browser.get(address).content.decode()
    assert ("Erase the data of" in page, WHY in page) == (False, True)
    assert browser.post(address, {"sure": "on"}).url == address
    assert browser.post(at("refuse", asked.reference), {"refusal": "hold", "reason": "依法留存"}).url == at("requests")
    actions.lift(held, reason="已结案", by=SYSTEM)


def test_another_communitys_hold_is_not_found_and_nobody_decides_on_themselves(
    browser: Client, worker: Person, town: Town, somebody: Resident
) -> None:
    there, here = hold(enter(town.west, "赵刚")), hold(somebody)
    assert [browser.get(at("lift", one.reference)).status_code for one in (there, here)] == [404, 200]
    assert browser.get(at("hold", there.person_id)).status_code == 404
    oneself = post(RoleCode.WORKER, town.east.path, person=somebody.pk)
    assert (may_hold(oneself, somebody), may_lift(oneself, here)) == (False, False)
    assert [list(queries.holds_of(actor)) for actor in (worker, oneself)] == [[here], []]
    STAGE["actor"] = post(RoleCode.SUBDISTRICT, town.town.path)
    assert browser.get(at("list_holds")).status_code == 403


def test_the_list_puts_first_what_is_due_and_costs_the_same_for_one_and_thirty(
    browser: Client, worker: Person, town: Town
) -> None:
    hold(enter(town.east), days=200)
    browser.get(at("list_holds"))
    with CaptureQueriesContext(connection) as one:
        browser.get(at("list_holds"))
    for number in range(32):
        hold(enter(town.east, f"李{number}"), days=100 - number)
    with CaptureQueriesContext(connection) as many:
        page = browser.get(at("list_holds")).context["page"]
    days = [held.review_on for held in page.items]
    assert (len(one), len(days), days) == (len(many), 30, sorted(days))
