"""The wall in the database: what is law stays law, whatever the application says."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from linli.ground.authority.actors import VISITOR
from linli.ground.core import clock, registry
from linli.ground.rulebook.models import Pack, Rule, RuleVersion, jurisdictions_of
from linli.ground.rulebook.units import Mark, Meeting

pytestmark = pytest.mark.django_db


def put(key: str, value: str, jurisdiction: str = "1503", **facts: Any) -> RuleVersion:
    """Write a version past every rule of the application."""
    rule = Rule.objects.get(key=key)
    given = {
        "mark": Mark.DEFAULT,
        "effective_from": clock.today(),
        "statement": "{value}",
        "reason": "试",
        "set_by": "people.account:7",
    }
    return RuleVersion.objects.create(
        rule=rule, jurisdiction=jurisdiction, value=value, set_at=clock.now(), **(given | facts)
    )


@pytest.mark.parametrize("mark", [Mark.DEFAULT, Mark.LOCAL])
def test_no_city_can_lower_a_quorum_of_law(mark: Mark) -> None:
    with pytest.raises(IntegrityError, match="set by law and cannot be changed"), transaction.atomic():
        put("ju.rep_assembly.quorum", ">=1/2", mark=mark)


def test_no_city_can_write_law_of_its_own() -> None:
    with pytest.raises(IntegrityError, match="rule_law_is_national_with_article"), transaction.atomic():
        put("ju.rep_assembly.quorum", ">=1/2", mark=Mark.LAW)


def test_what_holds_in_the_whole_nation_comes_from_the_packs_alone() -> None:
    with pytest.raises(IntegrityError, match="comes from the packs"), transaction.atomic():
        put("ju.rep_assembly.quorum", ">=1/2", "", mark=Mark.LAW, article="第一条")
    with pytest.raises(IntegrityError, match="comes from the packs"), transaction.atomic():
        put("cases.limit.normal", "9", "")


@pytest.mark.parametrize("value", ["14", "fifteen", "-1", "1234567", ""])
def test_where_the_law_allows_more_it_does_not_allow_less(value: str) -> None:
    with pytest.raises(IntegrityError, match="allows no such deviation"), transaction.atomic():
        put("ju.publish.days.min", value)


def test_where_the_law_allows_more_a_charter_may_ask_for_more() -> None:
    decided = {"mark": Mark.CHARTER, "decided_by": Meeting.ASSEMBLY, "decided_on": date(2026, 3, 1)}
    assert put("ju.publish.days.min", "30", "150302009001", **decided).number == 30


@pytest.mark.parametrize(
    ("place", "facts"),
    [
        ("150302009001", {}),
        ("150302009001", {"mark": Mark.CHARTER}),
        ("150302009001", {"decided_by": Meeting.ASSEMBLY, "decided_on": date(2026, 3, 1)}),
        ("1503", {"mark": Mark.CHARTER, "decided_by": Meeting.ASSEMBLY, "decided_on": date(2026, 3, 1)}),
    ],
)
def test_a_community_has_its_value_by_a_charter_that_was_decided(place: str, facts: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="by charter that its meeting decided"), transaction.atomic():
        put("cases.limit.normal", "4", place, **facts)


def test_nobody_widens_the_limits_of_the_law_or_renames_a_rule() -> None:
    rule = Rule.objects.get(key="ju.rep_assembly.quorum")
    with pytest.raises(IntegrityError, match="written by load_rules alone"), transaction.atomic():
        Rule.objects.filter(pk=rule.pk).update(deviates_from=0)
    with pytest.raises(IntegrityError, match="written by load_rules alone"), transaction.atomic():
        Pack.objects.create(code="own", title="自订")
    with pytest.raises(IntegrityError, match="written by load_rules alone"), transaction.atomic():
        Rule.objects.create(key="own", pack=rule.pack, subject="", title="", unit="person")


def test_a_version_is_never_changed_or_taken_away() -> None:
    version = put("cases.limit.normal", "4")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        RuleVersion.objects.filter(pk=version.pk).update(value="9")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        version.delete()


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [({"jurisdiction": "wuhai"}, "rule_jurisdiction_is_a_path"), ({"reason": ""}, "rule_change_has_reason")],
)
def test_a_version_says_where_it_holds_and_why(facts: dict[str, str], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        put("cases.limit.normal", "4", **({"jurisdiction": "1503"} | facts))


def test_a_version_speaks_for_itself() -> None:
    version = put("cases.limit.normal", "4", effective_from=clock.today() + timedelta(days=3))
    assert (version.key, version.unit, version.number, version.place_path) == (
        "cases.limit.normal",
        "working_day",
        4,
        "1503",
    )
    assert version.version_ref == f"rulebook.ruleversion:{version.pk}"
    assert str(version) == f"{version.rule_id} = 4 @1503"
    assert str(RuleVersion(rule=version.rule, value="5")).endswith("@nation")


def test_rules_versions_and_packs_can_be_pointed_at() -> None:
    rule = Rule.objects.select_related("pack").get(key="ju.rep_assembly.quorum")
    version = rule.versions.get()
    found = registry.resolve([registry.ref(rule), registry.ref(version), registry.ref(rule.pack)], VISITOR)
    assert [(one.title, one.url) for one in found.values()] == [
        (rule.title, "/rulebook/ju.rep_assembly.quorum/"),
        (version.sentence, "/rulebook/ju.rep_assembly.quorum/"),
        (str(rule.pack), "/rulebook/#juweihui_law_2025"),
    ]


def test_a_place_lies_in_all_jurisdictions_above_it() -> None:
    assert jurisdictions_of("") == [""]
    assert jurisdictions_of("1503") == ["", "15", "1503"]
    assert jurisdictions_of("150302009001") == ["", "15", "1503", "150302", "150302009", "150302009001"]
    assert jurisdictions_of("150302009001007")[-2:] == ["150302009001", "150302009001007"]


def test_the_law_of_residents_committees_holds_since_2026() -> None:
    version = RuleVersion.objects.get(rule__key="ju.committee.size.max")
    assert (version.value, version.mark, version.article, version.effective_from) == (
        "9",
        "LAW",
        "第八条",
        date(2026, 1, 1),
    )
