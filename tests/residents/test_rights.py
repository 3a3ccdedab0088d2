"""One's own data: a copy, a correction, erasure; refused only for reasons that the law knows; and nobody decides about themselves."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from people.town import GOOD_ID, Town, account_of, enter, post

from linli.commons.routing.models import Category
from linli.flows.cases import actions as cases
from linli.flows.intake import actions as intake
from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.figures import queries as figures
from linli.ground.organisations.actions import BodyPlan, set_up_bodies
from linli.ground.people import actions as people
from linli.ground.people import queries as who
from linli.ground.people.models import Kinship, PersonalData, Relation
from linli.ground.residents import actions, personal_data, queries
from linli.ground.residents.models import DataRequest, HoldBasis, Refusal, RequestKind
from linli.ground.residents.rules import may_correct, may_decide, may_export

PHONE = "13900000001"


@pytest.fixture
def somebody(somebody: Any) -> Any:
    account_of(somebody, PHONE)
    return somebody


def test_a_copy_is_given_at_once_and_holds_everything(somebody: Any) -> None:
    relative = enter(somebody.place, "李明")
    people.declare_kinship(somebody, relative, relation=Relation.CHILD, by=SYSTEM)
    people.give_consent(somebody, purpose="survey", notice="1", by=SYSTEM)
    asked = actions.ask(somebody, kind=RequestKind.EXPORT, by=SYSTEM)
    assert (asked.status, str(asked)) == ("done", asked.reference)
    parts = dict(actions.export(asked, by=SYSTEM))
    entry, tie = parts["Entry in the residents' register"]
    assert {"王秀兰", PHONE, GOOD_ID, "3号楼501"} <= set(entry.values())
    assert list(tie.values()) == ["李某"]
    assert [rows[0]["purpose"] for heading, rows in parts.items() if heading == "Consents"] == ["survey"]
    assert Event.objects.filter(verb="people.person.export").count() == 1
    assert [look.who for look in queries.looks_at(somebody, SYSTEM)] == ["yourself"]


def test_a_copy_reads_like_words_and_not_like_a_table(somebody: Any) -> None:
    people.give_consent(somebody, purpose="account", notice="1", by=SYSTEM)
    asked = actions.ask(somebody, kind=RequestKind.EXPORT, by=SYSTEM)
    parts = dict(actions.export(asked, by=SYSTEM))
    assert parts["Entry in the residents' register"][0]["purpose"] == "the residents' register"
    consent = parts["Consents"][0]
    assert (consent["purpose"], consent["consent given"]) == ("your account", "yes")
    assert consent["recorded at"] == f"{localtime(somebody.consents.get().at):%Y-%m-%d %H:%M}"
    assert [personal_data.printed_as(one) for one in (False, None, 3)] == ["no", "", "3"]


def test_a_copy_of_somebody_without_an_address_is_given_too(town: Town) -> None:
    asked = actions.ask(enter(town.east), kind=RequestKind.EXPORT, by=SYSTEM)
    entry = dict(actions.export(asked, by=SYSTEM))["Entry in the residents' register"][0]
    assert (entry["name of the person"], "address" in entry) == ("王秀兰", False)


def test_one_request_of_a_kind_waits(somebody: Any) -> None:
    actions.ask(somebody, kind=RequestKind.ERASURE, by=SYSTEM)
    with pytest.raises(ValidationError):
        actions.ask(somebody, kind=RequestKind.ERASURE, by=SYSTEM)
    actions.ask(somebody, kind=RequestKind.CORRECTION, wish="名字写错了", by=SYSTEM)
    assert queries.requests_of(somebody).count() == 2


def test_erasure_leaves_a_tombstone_that_still_counts(somebody: Any, town: Town) -> None:
    people.declare_kinship(somebody, enter(town.east, "李明"), relation=Relation.CHILD, by=SYSTEM)
    actions.ask(somebody, kind=RequestKind.CORRECTION, wish="名字写错了", by=SYSTEM)
    asked = actions.ask(somebody, kind=RequestKind.ERASURE, by=SYSTEM)
    households = figures.households(town.east.path, somebody.entered_at.date()).number
    actions.erase(asked, by=SYSTEM)
    somebody.refresh_from_db()
    data = PersonalData.objects.get(pk=somebody.pk)
    indices = (data.name_index, data.surname_index, data.phone_index, data.id_index)
    assert (data.name, data.phone, data.id_number, indices, data.erased_at is None) == ("", "", "", ("",) * 4, False)
    assert (somebody.masked_name, somebody.born_on, somebody.place) == ("erased", None, town.east)
    assert (Kinship.objects.count(), who.account_of_contact(who.contact_of(PHONE)), households) == (0, None, 1)
    assert {one.kind: (one.status, one.wish) for one in DataRequest.objects.all()} == {
        "correction": ("done", ""),
        "erasure": ("done", ""),
    }
    assert may_correct(post(RoleCode.WORKER, town.east.path), somebody) is False


def test_nobody_is_erased_under_a_legal_hold_or_with_an_open_matter(somebody: Any, town: Town) -> None:
    asked = actions.ask(somebody, kind=RequestKind.ERASURE, by=SYSTEM)
    review = clock.today() + timedelta(days=1)
    held = actions.hold(somebody, basis=HoldBasis.AUDIT, reason="巡察", review_on=review, by=SYSTEM)
    with pytest.raises(ValidationError, match="kept by law"):
        actions.erase(asked, by=SYSTEM)
    actions.lift(held, reason="巡察结束", by=SYSTEM)
    set_up_bodies([BodyPlan("subdistrict_office", town.town, date(2020, 1, 1))], by=SYSTEM)
    reported = {"text": "路灯不亮。", "place": town.east, "where": "东门", "name": "王秀兰", "phone": PHONE}
    oneself = Person(person=somebody.pk, contact=who.contact_of(PHONE))
    case = intake.receive(
        category=Category.objects.get(code="surroundings-other"), channel="web", person=somebody, by=oneself, **reported
    ).case
    with pytest.raises(ValidationError, match="Matters that I reported"):
        actions.erase(asked, by=SYSTEM)
    cases.accept(case, by=SYSTEM)
    cases.answer(case, text="路灯已经恢复。", by=SYSTEM)
    cases.close(case, text="居民满意。", by=SYSTEM)
    actions.erase(asked, by=SYSTEM)
    case.reporter.refresh_from_db()
    assert (case.reporter.name, case.reporter.phone, case.reporter.person) == ("", "", None)


def test_a_correction_is_finished_only_when_something_was_corrected_since(somebody: Any) -> None:
    somebody.correct(fields={"sex": "male"}, by=SYSTEM)
    asked = actions.ask(somebody, kind=RequestKind.CORRECTION, wish="名字写错了", by=SYSTEM)
    with pytest.raises(ValidationError, match="Nothing has been corrected since the request"):
        actions.finish_correction(asked, by=SYSTEM)
    somebody.personal.correct(name="王秀蓝", phone=PHONE, id_number=GOOD_ID, by=SYSTEM)
    actions.finish_correction(asked, by=SYSTEM)
    assert (asked.status, len(queries.corrections_for(asked))) == ("done", 1)


def test_a_refusal_has_a_reason_and_ends_the_request(somebody: Any) -> None:
    asked = actions.ask(somebody, kind=RequestKind.ERASURE, by=SYSTEM)
    asked.refuse(refusal=Refusal.DUTY, reason="居民登记依法保存", by=SYSTEM)
    assert (asked.status, asked.refusal) == ("refused", "duty")
    with pytest.raises(Refused):
        asked.finish(by=SYSTEM)
    event = Event.objects.get(verb="residents.datarequest.refuse")
    assert (event.data["refusal"], event.data["reason"]) == (["", "duty"], None)


def test_requests_are_seen_by_the_person_and_decided_by_the_keeper(somebody: Any, town: Town) -> None:
    asked = actions.ask(somebody, kind=RequestKind.ERASURE, by=SYSTEM)
    keeper, other = post(RoleCode.WORKER, town.east.path), post(RoleCode.WORKER, town.west.path)
    oneself, both = (
        Person(ref="people.account:1", person=somebody.pk),
        post(RoleCode.WORKER, town.east.path, person=somebody.pk),
    )
    seen = [DataRequest.objects.visible_to(actor).count() for actor in (keeper, other, oneself, both, VISITOR)]
    assert seen == [1, 0, 1, 1, 0]
    assert [may_decide(actor, asked) for actor in (keeper, other, oneself, both)] == [True, False, False, False]
    assert [queries.waiting_requests(actor).count() for actor in (keeper, both)] == [1, 0]
    assert may_export(oneself, asked) is False
    asked.finish(by=keeper)
    assert [may_export(actor, asked) for actor in (oneself, keeper)] == [True, False]
    assert may_decide(keeper, asked) is False
