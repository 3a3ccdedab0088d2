"""A resident's own page, and what the desk does with requests about data."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from people.town import GOOD_ID, STAGE, Town, account_of, enter, post

from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core.registry import ref
from linli.ground.people import actions as people
from linli.ground.people.models import Person as Resident
from linli.ground.people.models import PersonalData, Residence
from linli.ground.residents import actions
from linli.ground.residents.models import DataRequest, Refusal, RequestKind
from linli.ground.residents.queries import entry_of
from residents.desk import PHONE, at


@pytest.fixture
def oneself(browser: Client, somebody: Resident) -> Person:
    account = account_of(somebody, PHONE)
    actor = Person(ref=f"people.account:{account.pk}", name="王秀兰", person=somebody.pk)
    STAGE["actor"] = actor
    return actor


def test_a_resident_sees_what_is_kept_and_who_looked(
    browser: Client, oneself: Person, somebody: Resident, town: Town
) -> None:
    people.unmask(somebody, matter="people.person:1", by=post(RoleCode.WORKER, town.east.path))
    page = browser.get(at("me")).content.decode()
    assert ("王秀兰" in page, GOOD_ID in page, "a member of staff" in page) == (True, False, True)
    assert browser.get(at("show", somebody.pk)).status_code == 403


def test_a_copy_is_shown_and_handed_out(browser: Client, oneself: Person, somebody: Resident) -> None:
    answer = browser.post(at("ask"), {"kind": "export"})
    assert GOOD_ID in browser.get(answer.url).content.decode()
    copy = browser.get(answer.url, {"as": "json"})
    assert (copy.headers["Content-Disposition"].endswith('.json"'), GOOD_ID in copy.content.decode()) == (True, True)
    STAGE["actor"] = Person(ref="people.account:1", person=None)
    assert browser.get(answer.url).status_code == 404


def test_requests_go_to_the_desk_and_come_back_decided(
    browser: Client, oneself: Person, somebody: Resident, town: Town
) -> None:
    assert browser.post(at("ask"), {"kind": "correction"}).status_code == 422
    assert browser.post(at("ask"), {}).status_code == 422
    assert browser.post(at("ask"), {"kind": "correction", "wish": "名字写错了"}).url == at("me")
    assert browser.post(at("ask"), {"kind": "correction", "wish": "名字写错了"}).status_code == 422
    browser.post(at("ask"), {"kind": "erasure"})
    correction, erasure = DataRequest.objects.order_by("pk")
    own = [browser.get(at("decide", correction.reference)), browser.post(at("refuse", correction.reference))]
    assert [answer.url for answer in own] == [at("me")] * 2
    STAGE["actor"] = post(RoleCode.WORKER, town.east.path)
    assert "王某某" in browser.get(at("requests")).content.decode()
    for asked in (correction, erasure):
        assert browser.get(at("decide", asked.reference)).status_code == 200
    assert browser.post(at("refuse", erasure.reference), {"refusal": ""}).status_code == 422
    assert browser.post(at("refuse", erasure.reference), {"refusal": "duty", "reason": "依法保存"}).url == at(
        "requests"
    )
    assert browser.post(at("decide", correction.reference)).url == at("decide", correction.reference)
    assert "Nothing has been corrected" in browser.get(at("decide", correction.reference)).content.decode()
    somebody.correct(fields={"sex": "male"}, by=SYSTEM)
    assert "The entry was corrected on" in browser.get(at("decide", correction.reference)).content.decode()
    assert browser.post(at("decide", correction.reference)).url == at("requests")
    STAGE["actor"] = oneself
    assert "依法保存" in browser.get(at("me")).content.decode()


def test_each_request_has_the_refusals_that_answer_it(browser: Client, worker: Person, somebody: Resident) -> None:
    correction = actions.ask(somebody, kind=RequestKind.CORRECTION, wish="名字写错了", by=SYSTEM)
    erasure = actions.ask(somebody, kind=RequestKind.ERASURE, by=SYSTEM)
    pages = [browser.get(at("decide", asked.reference)).content.decode() for asked in (correction, erasure)]
    assert [[f'value="{one}"' in page for one in Refusal.values] for page in pages] == [
        [False, False, False, True, True],
        [True, True, True, True, False],
    ]
    unfit = browser.post(at("refuse", erasure.reference), {"refusal": "correct", "reason": "与证件一致"})
    erasure.refresh_from_db()
    assert (unfit.status_code, erasure.status) == (422, "requested")


def test_the_desk_erases_what_is_asked(browser: Client, worker: Person, somebody: Resident) -> None:
    asked = actions.ask(somebody, kind=RequestKind.ERASURE, by=SYSTEM)
    unsure = browser.post(at("decide", asked.reference))
    assert (unsure.status_code, PersonalData.objects.get(pk=somebody.pk).name) == (422, "王秀兰")
    assert browser.post(at("decide", asked.reference), {"sure": "on"}).url == at("requests")
    assert PersonalData.objects.get(pk=somebody.pk).name == ""
    assert browser.get(at("show", somebody.pk)).status_code == 200


def test_a_consent_is_withdrawn_on_ones_own_page(browser: Client, oneself: Person, somebody: Resident) -> None:
    people.give_consent(somebody, purpose="survey", notice="1", by=SYSTEM)
    assert "consent given" in browser.get(at("me")).content.decode()
    for _time in range(2):
        assert browser.post(at("withdraw"), {"purpose": "survey"}).url == at("me")
    assert "consent withdrawn" in browser.get(at("me")).content.decode()


def test_a_visitor_is_sent_to_sign_in(browser: Client) -> None:
    answers = [browser.get(at(name)) for name in ("me", "list")]
    assert [answer.url.partition("?")[0] for answer in answers] == [reverse("people:sign_in")] * 2


def test_what_is_decided_already_is_shown_and_not_offered_again(
    browser: Client, oneself: Person, somebody: Resident, town: Town
) -> None:
    browser.post(at("ask"), {"kind": "correction", "wish": "名字写错了"})
    asked = DataRequest.objects.get()
    STAGE["actor"] = post(RoleCode.WORKER, town.east.path)
    asked.refuse(refusal=Refusal.CORRECT, reason="与证件一致", by=SYSTEM)
    late = [
        browser.get(at("decide", asked.reference)),
        browser.post(at("decide", asked.reference)),
        browser.post(at("refuse", asked.reference), {"refusal": "duty", "reason": "依法保存"}),
    ]
    assert [answer.status_code for answer in late] == [200, 409, 409]
    pages = [answer.content.decode() for answer in late]
    assert [("与证件一致" in page, 'name="refusal"' in page) for page in pages] == [(True, False)] * 3
    asked.refresh_from_db()
    assert asked.refusal == "correct"


def test_the_desk_is_told_whether_a_last_message_goes_out(browser: Client, worker: Person, town: Town) -> None:
    for phone, told in ((PHONE, "A last message tells the person"), ("", "No phone was known")):
        person = enter(town.east, phone=phone)
        asked = actions.ask(person, kind=RequestKind.ERASURE, by=SYSTEM)
        page = browser.get(at("decide", asked.reference)).content.decode()
        assert ("139****0001" in page, "No phone is known" in page) == (bool(phone), not phone)
        answer = browser.post(at("decide", asked.reference), {"sure": "on"}, follow=True)
        assert told in answer.content.decode()


def test_a_look_for_the_entry_itself_leads_nowhere(browser: Client, oneself: Person, somebody: Resident) -> None:
    people.unmask(somebody, matter=ref(somebody), by=SYSTEM)
    page = browser.get(at("me")).content.decode()
    assert ("a member of staff" in page, at("show", somebody.pk) in page) == (True, False)


def test_the_address_that_is_kept_is_shown(browser: Client, oneself: Person) -> None:
    assert "3号楼501" in browser.get(at("me")).content.decode()


def test_a_wish_that_is_too_long_has_one_fault(browser: Client, oneself: Person) -> None:
    page = browser.post(at("ask"), {"kind": "correction", "wish": "字" * 1001}).content.decode()
    assert ("At most 1000 characters; this is 1001." in page, "Write what is wrong" in page) == (True, False)


def test_one_correction_is_told_once(browser: Client, worker: Person, somebody: Resident) -> None:
    asked = actions.ask(somebody, kind=RequestKind.CORRECTION, wish="名字写错了", by=SYSTEM)
    entry = replace(entry_of(somebody), name="王秀芝", residence=Residence.LIVING)
    people.correct_person(somebody, entry, by=worker)
    page = browser.get(at("decide", asked.reference)).content.decode()
    assert page.count("The entry was corrected on") == 1
