"""The rulebook as people read it, and the office that changes a rule of custom."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from linli.ground.authority.actors import Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.places.models import Place
from linli.ground.rulebook import actions, queries
from linli.ground.rulebook.models import Rule, RuleVersion
from linli.ground.rulebook.rules import is_locked

pytestmark = pytest.mark.django_db
LIMIT = "/rulebook/cases.limit.normal/"
LAW = "/rulebook/ju.rep_assembly.quorum/"


@pytest.fixture
def visitor() -> Client:
    """A browser of nobody in particular."""
    return Client(headers={"Accept-Language": "en"})


def typed(**facts: object) -> dict[str, object]:
    seen = actions.newest(Rule.objects.get(key="cases.limit.normal"))
    basic = {
        "value": "4",
        "place": "1503",
        "effective_from": clock.today().isoformat(),
        "mark": "DEFAULT",
        "basis": "",
        "reason": "太慢",
    }
    return basic | {"seen": seen} | facts


def test_everybody_reads_the_rules_with_article_and_mark(visitor: Client) -> None:
    page = visitor.get("/rulebook/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "居民代表会议到会人数" in text
    assert "第二十九条" in text
    assert text.count("#i-lock") >= 100
    assert [chip[2] > 0 for chip in page.context["chips"]] == [True, False, True, False, True, True]


def test_everybody_finds_a_rule_by_its_words(visitor: Client) -> None:
    page = visitor.get("/rulebook/", {"q": "罢免 村民代表", "mark": "LAW"})
    assert [
        version.rule.key
        for chapter in page.context["found"].chapters
        for one in chapter.subjects
        for version in one.versions
    ] == ["cun.recall.propose.representatives"]
    assert "No rule matches" in visitor.get("/rulebook/", {"q": "登月"}).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"mark": "<script>"},
        {"place": "1503' OR 1=1"},
        {"q": "x" * 5000},
        {"q": "<script>alert(1)</script>", "mark": "LAW"},
    ],
)
def test_a_search_that_makes_no_sense_does_no_harm(visitor: Client, query: dict[str, str]) -> None:
    page = visitor.get("/rulebook/", query)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_a_place_shows_its_own_values(visitor: Client, wuhai: dict[str, Place], reviewer: Person) -> None:
    rule = Rule.objects.get(key="cases.limit.normal")
    to = actions.Setting("4", "150302", clock.today(), "试点")
    actions.change(rule, to=to, seen=actions.newest(rule), by=reviewer)
    page = visitor.get("/rulebook/", {"place": "150302", "q": "一般诉求"})
    assert page.context["found"].chapters[0].subjects[0].versions[0].value == "4"
    assert page.context["place_name"] == "海勃湾区"


def test_the_list_costs_few_queries(
    visitor: Client, wuhai: dict[str, Place], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        visitor.get("/rulebook/")


def test_law_shows_its_lock_and_no_form(client_of: Any) -> None:
    reviewer = client_of("reviewer")
    text = reviewer.get(LAW).content.decode()
    assert "The law fixes this value." in text
    assert "/change/" not in text
    assert reviewer.get(f"{LAW}change/").status_code == 403
    assert reviewer.post(f"{LAW}change/", typed(value=">=1/2")).status_code == 403
    assert RuleVersion.objects.filter(rule__key="ju.rep_assembly.quorum").count() == 1


def test_the_reviewing_office_changes_a_rule_with_a_reason(client_of: Any) -> None:
    reviewer = client_of("reviewer")
    assert f"{LIMIT}change/" in reviewer.get(LIMIT).content.decode()
    assert "now 5 working days" in reviewer.get(f"{LIMIT}change/").content.decode()
    done = reviewer.post(f"{LIMIT}change/", typed(), follow=True)
    assert (done.redirect_chain, done.status_code) == ([(f"{LIMIT}?place=1503", 302)], 200)
    assert "太慢" in done.content.decode()
    assert queries.rule("cases.limit.normal", place_path="150302009001").number == 4


def test_a_rule_goes_no_further_down_than_it_may(client_of: Any) -> None:
    reviewer = client_of("reviewer")

    def places(key: str) -> list[str]:
        page = reviewer.get(f"/rulebook/{key}/change/")
        return [value for value, _name in page.context["form"].fields["place"].choices]

    assert places("cases.limit.normal") == ["1503", "150302", "150302009"]
    assert places("cases.reopen.days") == ["1503", "150302"]
    assert places("party.branch.term.years") == ["1503"]


def test_a_rule_that_nothing_works_by_has_no_form(client_of: Any) -> None:
    reviewer, at = client_of("reviewer"), "/rulebook/cases.rate.days/"
    page = reviewer.get(at)
    assert f"{at}change/" not in page.content.decode()
    for refused in (reviewer.get(f"{at}change/"), reviewer.post(f"{at}change/", typed())):
        assert refused.status_code == 409
        assert "no function of this version works by this rule, so a change would change nothing" in (
            refused.content.decode()
        )
    assert RuleVersion.objects.filter(rule__key="cases.rate.days").count() == 1
    listed = reviewer.get("/rulebook/", {"mark": "UNUSED", "q": "评价期限"}).context["found"]
    assert [one.versions[0].rule.key for chapter in listed.chapters for one in chapter.subjects] == ["cases.rate.days"]


def test_a_change_to_come_says_from_when(client_of: Any) -> None:
    day = clock.today() + timedelta(days=30)
    done = client_of("reviewer").post(f"{LIMIT}change/", typed(effective_from=day.isoformat()), follow=True)
    text = done.content.decode()
    said = f"from {day.day} {day:%b %Y} on 4 working days"
    assert f"乌海市, 一般诉求办理期限: {said}. The change is on record." in text
    assert f"乌海市: {said}</dd>" in text
    assert (done.context["here"].now.value, len(done.context["here"].coming)) == ("5", 1)


def test_every_rule_opens_and_says_why_it_cannot_be_changed(client_of: Any) -> None:
    """One of each sort: a page knows no more of a rule than whether it is used and locked, its mark, unit, source and local values."""
    reviewer, sorts = client_of("reviewer"), {}
    for rule in Rule.objects.prefetch_related("versions"):
        first = rule.versions.all()[0]
        of = (rule.in_use, is_locked(rule), first.mark, rule.unit, rule.deviates_from is None, bool(first.article))
        sorts.setdefault(of, rule)
    assert len(sorts) > 10
    for rule in sorts.values():
        text = reviewer.get(rule.get_absolute_url()).content.decode()
        assert ("/change/" in text) == (rule.in_use and not is_locked(rule)), rule.key
        assert ("The law fixes this value." in text) == is_locked(rule), rule.key
        assert ("Not yet in use:" in text) == (not rule.in_use), rule.key


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"value": "soon"}, ["value"]),
        ({"value": ""}, ["value"]),
        ({"value": "x" * 500}, ["value"]),
        ({"value": "<script>"}, ["value"]),
        ({"place": "1504"}, ["place"]),
        ({"place": ""}, ["place"]),
        ({"effective_from": "2020-01-01"}, ["effective_from"]),
        ({"effective_from": "morgen"}, ["effective_from"]),
        ({"reason": " "}, ["reason"]),
        ({"reason": "x" * 501}, ["reason"]),
        ({"mark": "LAW"}, ["mark"]),
        ({"mark": "LOCAL"}, ["basis"]),
        ({"seen": "-1"}, ["seen"]),
    ],
)
def test_a_change_that_makes_no_sense_comes_back_as_typed(
    client_of: Any, facts: dict[str, str], fields: list[str]
) -> None:
    page = client_of("reviewer").post(f"{LIMIT}change/", typed(**facts))
    assert (page.status_code, list(page.context["form"].errors)) == (422, fields)
    assert RuleVersion.objects.filter(rule__key="cases.limit.normal").count() == 1


def test_an_empty_form_is_refused(client_of: Any) -> None:
    page = client_of("reviewer").post(f"{LIMIT}change/", {})
    assert (page.status_code, list(page.context["form"].errors)) == (
        422,
        ["value", "place", "effective_from", "mark", "reason", "seen"],
    )


def test_the_second_of_two_officers_sees_what_the_first_set(client_of: Any) -> None:
    reviewer = client_of("reviewer")
    first, second = typed(), typed(value="3")
    reviewer.post(f"{LIMIT}change/", first)
    page = reviewer.post(f"{LIMIT}change/", second)
    assert page.status_code == 409
    assert "Somebody else has changed this rule" in page.content.decode()
    assert page.context["form"]["value"].value() == "3"
    again = second | {"seen": page.context["form"]["seen"].value()}
    assert reviewer.post(f"{LIMIT}change/", again).status_code == 302
    assert queries.rule("cases.limit.normal", place_path="1503").number == 3


@pytest.mark.parametrize("role", [role.value for role in RoleCode if role is not RoleCode.REVIEWER])
def test_no_other_post_changes_rules(client_of: Any, role: str) -> None:
    browser = client_of(role)
    assert "/change/" not in browser.get(LIMIT).content.decode()
    assert browser.get(f"{LIMIT}change/").status_code == 403
    assert browser.post(f"{LIMIT}change/", typed()).status_code == 403


def test_a_future_rule_has_its_page(client_of: Any) -> None:
    reviewer = client_of("reviewer")
    with clock.stopped_at(clock.now() - timedelta(days=365 * 3)):
        assert reviewer.get("/rulebook/ju.term.years/").status_code == 200


def test_an_unknown_rule_has_no_page(visitor: Client, client_of: Any) -> None:
    assert visitor.get("/rulebook/nothing/").status_code == 404
    assert client_of("reviewer").get("/rulebook/nothing/change/").status_code == 404
