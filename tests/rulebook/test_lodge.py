"""What a community decided in its charter or convention, lodged with its sub-district; and what its page then shows."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.lifecycle import Conflict
from linli.ground.core.models import Event
from linli.ground.places.models import Place
from linli.ground.rulebook import actions, queries
from linli.ground.rulebook.actions import Charter, Setting
from linli.ground.rulebook.models import Rule, RuleVersion
from linli.ground.rulebook.rules import may_lodge, may_lodge_for, may_set
from linli.ground.rulebook.units import Mark, Meeting
from tests.factories.people import in_post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wuhai")]
HUDONG = "150302009001"
KEY = "cases.limit.normal"


@pytest.fixture
def rule() -> Rule:
    """The days within which an ordinary need is answered."""
    return Rule.objects.get(key=KEY)


def charter(**facts: object) -> Charter:
    basic = Charter("3", HUDONG, clock.today(), " 湖东社区居民公约第五条 ", Meeting.ASSEMBLY, clock.today())
    return replace(basic, **facts)  # type: ignore[arg-type]


def lodged(rule: Rule, by: Person, **facts: object) -> RuleVersion:
    return actions.lodge(rule, charter=charter(**facts), seen=actions.newest(rule), by=by)


def test_a_community_holds_by_what_its_residents_decided(rule: Rule, officer: Person) -> None:
    made = lodged(rule, officer)
    assert queries.rule(KEY, place_path=HUDONG) == made
    assert queries.rule(KEY, place_path="1503").value == "5"
    assert (made.mark, made.law, made.article, made.decided_by, made.decided_on) == (
        *(Mark.CHARTER, "湖东社区居民公约第五条", "", Meeting.ASSEMBLY, clock.today()),
    )
    event = Event.objects.latest("pk")
    assert (event.verb, event.place_path, event.data["value"]) == ("rulebook.ruleversion.lodge", HUDONG, ["5", "3"])


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"value": "soon"}, "value"),
        ({"name": "  "}, "basis"),
        ({"decided_on": date(2999, 1, 1)}, "decided_on"),
        ({"effective_from": date(1989, 12, 25), "decided_on": date(1989, 12, 25)}, "effective_from"),
        ({"effective_from": date(9999, 12, 31)}, "effective_from"),
        ({"place_path": "150302009099"}, "place"),
        ({"place_path": "150302009"}, "place"),
    ],
)
def test_a_charter_that_makes_no_sense_says_where(
    rule: Rule, officer: Person, facts: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        lodged(rule, officer, **facts)
    assert list(refused.value.message_dict) == [field]
    assert rule.versions.count() == 1


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("deliberation.council.size.min", "26", "议事协商委员会人数上限"),
        ("deliberation.council.size.max", "14", "议事协商委员会人数下限"),
    ],
)
def test_the_least_is_not_above_the_most(officer: Person, key: str, value: str, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        lodged(Rule.objects.get(key=key), officer, value=value)
    assert (list(refused.value.message_dict), says in str(refused.value)) == (["value"], True)
    edge = {"26": "25", "14": "15"}[value]
    assert lodged(Rule.objects.get(key=key), officer, value=edge).value == edge


def test_the_figures_of_a_chinese_keyboard_are_figures(rule: Rule, officer: Person) -> None:
    assert lodged(rule, officer, value=" ３ ").value == "3"


def test_a_meeting_comes_before_the_first_day(rule: Rule, officer: Person) -> None:
    later = clock.today() + timedelta(days=9)
    assert lodged(rule, officer, effective_from=later).effective_from == later
    assert queries.rule(KEY, place_path=HUDONG).value == "5"


def test_the_second_of_two_officers_is_told(rule: Rule, officer: Person) -> None:
    seen = actions.newest(rule)
    actions.lodge(rule, charter=charter(), seen=seen, by=officer)
    with pytest.raises(Conflict):
        actions.lodge(rule, charter=charter(value="2"), seen=seen, by=officer)


def test_an_officer_lodges_for_the_own_communities_and_changes_nothing_else(rule: Rule, officer: Person) -> None:
    with pytest.raises(PermissionDenied):
        lodged(rule, officer, place_path="150303001001")
    to = Setting("3", "150302009", clock.today(), "太慢")
    with pytest.raises(PermissionDenied):
        actions.change(rule, to=to, seen=actions.newest(rule), by=officer)
    assert (may_set(officer), may_lodge(officer, rule), may_lodge_for(officer, rule, HUDONG)) == (True, True, True)
    assert (may_set(VISITOR), may_lodge(VISITOR, rule), may_lodge_for(officer, rule, "150303001001")) == (
        *(False, False, False),
    )


@pytest.mark.parametrize("key", ["ju.term.years", "cases.reopen.days"])
def test_law_and_what_the_city_keeps_to_itself_are_no_matter_for_a_charter(officer: Person, key: str) -> None:
    assert not may_lodge(officer, Rule.objects.get(key=key))


def test_a_rule_says_what_holds_here_in_the_city_and_further_in(rule: Rule, officer: Person, reviewer: Person) -> None:
    lodged(rule, officer)
    to = Setting("4", "1503", clock.today() + timedelta(days=30), "人手已足")
    actions.change(rule, to=to, seen=actions.newest(rule), by=reviewer)
    spans = queries.history(rule, VISITOR)
    city, hudong = queries.standing(rule, spans, "1503"), queries.standing(rule, spans, HUDONG)
    assert (city.now.value, [one.version.value for one in city.coming], [one.place for one in city.inner]) == (
        *("5", ["4"], ["海勃湾区滨河街道湖东社区"]),
    )
    assert (hudong.now.value, hudong.source, hudong.inner) == ("3", "海勃湾区滨河街道湖东社区", [])


def test_a_place_shows_its_own_rules_and_the_way_to_lodge_one(
    rule: Rule, officer: Person, wuhai: dict[str, Place], client: Client
) -> None:
    lodged(rule, officer)
    found = queries.section_of(Place.objects.get(path=HUDONG), officer)
    assert found is not None
    assert (found["own"], found["url"], found["may_lodge"]) == (
        *([rule.versions.get(jurisdiction=HUDONG)], f"/rulebook/?place={HUDONG}", True),
    )
    assert queries.section_of(Place(level="grid"), SYSTEM) is None
    assert queries.section_of(Place(level="community", ended_on=clock.today()), SYSTEM) is None
    text = client.get(f"/places/{HUDONG}/").content.decode()
    assert f"/rulebook/?place={HUDONG}" in text
    assert f"/rulebook/{KEY}/?place={HUDONG}" in text


def typed(rule: Rule, **facts: object) -> dict[str, Any]:
    day = clock.today().isoformat()
    basic = {"value": "3", "place": HUDONG, "basis": "居民公约", "decided_by": "representatives", "decided_on": day}
    return basic | {"effective_from": day, "seen": actions.newest(rule)} | facts


def test_the_form_offers_the_own_communities(client_of: Any, rule: Rule) -> None:
    browser = client_of("subdistrict")
    assert f"/rulebook/{KEY}/lodge/" in browser.get(f"/rulebook/{KEY}/").content.decode()
    page = browser.get(f"/rulebook/{KEY}/lodge/", {"place": HUDONG})
    assert page.context["form"]["place"].value() == HUDONG
    done = browser.post(f"/rulebook/{KEY}/lodge/", typed(rule))
    assert (done.status_code, done["Location"]) == (302, f"/rulebook/{KEY}/?place={HUDONG}")
    page = browser.get(done["Location"])
    assert (page.context["here"].now.value, page.context["city"].value) == ("3", "5")
    assert browser.post(f"/rulebook/{KEY}/lodge/", typed(rule, place="999999999999")).status_code == 422
    assert browser.post(f"/rulebook/{KEY}/lodge/", typed(rule, decided_on="2999-01-01")).status_code == 422
    assert client_of("worker").get(f"/rulebook/{KEY}/lodge/").status_code == 403


def test_a_program_lodges_a_charter(client_of: Any, rule: Rule) -> None:
    program, at = client_of("subdistrict"), f"/api/rulebook/{KEY}/lodge"
    done = program.post(at, typed(rule), content_type="application/json")
    assert (done.status_code, done.json()["mark"], done.json()["jurisdiction"]) == (201, "CHARTER", HUDONG)
    assert program.post(at, typed(rule, value="soon"), content_type="application/json").status_code == 422


def test_a_charter_of_old_is_lodged_with_its_own_day(rule: Rule, officer: Person) -> None:
    day = date(2019, 5, 4)
    made = lodged(rule, officer, effective_from=day, decided_on=day)
    assert (queries.rule(KEY, place_path=HUDONG), queries.rule(KEY, place_path=HUDONG, on=day)) == (made, made)
    edge = date(1989, 12, 26)
    assert lodged(rule, officer, effective_from=edge, decided_on=edge, value="4").effective_from == edge
    assert queries.rule(KEY, place_path=HUDONG) == made


def test_a_rule_is_not_changed_for_days_after_a_whole_term(rule: Rule, reviewer: Person) -> None:
    to = Setting("4", "1503", clock.today() + timedelta(days=6 * 365), "人手已足")
    with pytest.raises(ValidationError) as refused:
        actions.change(rule, to=to, seen=actions.newest(rule), by=reviewer)
    assert list(refused.value.message_dict) == ["effective_from"]


def test_a_withdrawn_charter_stays_on_record_and_holds_no_more(rule: Rule, officer: Person) -> None:
    first = lodged(rule, officer, effective_from=date(2020, 1, 1), decided_on=date(2020, 1, 1), value="4")
    made = lodged(rule, officer)
    with pytest.raises(ValidationError) as silent:
        actions.withdraw(made, reason=" ", by=officer)
    assert list(silent.value.message_dict) == ["reason"]
    actions.withdraw(made, reason="录错了社区", by=officer)
    assert queries.rule(KEY, place_path=HUDONG) == first
    with pytest.raises(ValidationError, match="已经撤回"):
        actions.withdraw(made, reason="再来一次", by=officer)
    event = Event.objects.latest("pk")
    assert (event.verb, event.data["value"]) == ("rulebook.ruleversion.withdraw", ["3", "4"])
    told = {span.version: (span.is_now, span.until, span.may_withdraw) for span in queries.history(rule, officer)}
    assert (told[made], told[first]) == ((False, None, False), (True, None, True))
    assert str(made.withdrawal) == str(made)


def test_who_may_not_lodge_for_a_community_withdraws_nothing_there(
    rule: Rule, officer: Person, reviewer: Person
) -> None:
    made = lodged(rule, officer)
    with pytest.raises(PermissionDenied):
        actions.withdraw(made, reason="x", by=in_post(RoleCode.SUBDISTRICT, "150303001"))
    with pytest.raises(PermissionDenied):
        actions.withdraw(rule.versions.get(jurisdiction=""), reason="x", by=reviewer)


def test_a_charter_on_which_another_rests_is_withdrawn_after_it(officer: Person) -> None:
    most = lodged(Rule.objects.get(key="deliberation.council.size.max"), officer, value="40")
    least = lodged(Rule.objects.get(key="deliberation.council.size.min"), officer, value="30")
    with pytest.raises(ValidationError, match="议事协商委员会人数下限"):
        actions.withdraw(most, reason="录错了", by=officer)
    actions.withdraw(least, reason="录错了", by=officer)
    actions.withdraw(most, reason="录错了", by=officer)


def test_an_officer_withdraws_a_charter_at_the_desk(client_of: Any, rule: Rule) -> None:
    browser = client_of("subdistrict")
    form = browser.get(f"/rulebook/{KEY}/lodge/", {"place": HUDONG}).context["form"]
    assert (form["decided_by"].value(), form["effective_from"].field.widget.attrs["min"]) == (None, "1989-12-26")
    page = browser.post(f"/rulebook/{KEY}/lodge/", typed(rule), follow=True).content.decode()
    at = f"/rulebook/versions/{rule.versions.get(jurisdiction=HUDONG).pk}/withdraw/"
    assert at in page
    assert browser.get(at).status_code == 200
    assert browser.post(at, {"reason": ""}).status_code == 422
    done = browser.post(at, {"reason": "录错了社区。"}, follow=True)
    page = done.content.decode()
    assert (at in page, "录错了社区。" in page, done.context["here"].now.value) == (False, True, "5")
    again = browser.post(at, {"reason": "录错了社区。"})
    assert (again.status_code, len(again.context["form"].non_field_errors())) == (422, 1)


def test_a_program_withdraws_a_charter(client_of: Any, rule: Rule) -> None:
    program = client_of("subdistrict")
    program.post(f"/api/rulebook/{KEY}/lodge", typed(rule), content_type="application/json")
    at = f"/api/rulebook/versions/{rule.versions.get(jurisdiction=HUDONG).pk}/withdraw"
    done = program.post(at, {"reason": "录错了"}, content_type="application/json")
    assert (done.status_code, done.json()["value"]) == (200, "5")
    assert program.post(at, {"reason": "录错了"}, content_type="application/json").status_code == 422
