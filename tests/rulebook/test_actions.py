"""Changing rules of custom, and loading what a release ships."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import translation

from linli.ground.authority.actors import Person
from linli.ground.core import clock
from linli.ground.core.lifecycle import Conflict
from linli.ground.core.models import Event
from linli.ground.rulebook import actions, packs, queries
from linli.ground.rulebook.actions import Setting
from linli.ground.rulebook.models import Pack, Rule, RuleVersion
from linli.ground.rulebook.units import Mark


def rule_of(key: str) -> Rule:
    return Rule.objects.get(key=key)


def setting(**facts: object) -> Setting:
    return replace(Setting("4", "1503", clock.today(), "群众反映办得太慢"), **facts)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_change_is_a_new_version_and_one_event(reviewer: Person) -> None:
    rule = rule_of("cases.limit.normal")
    before = queries.rule(rule.key, place_path="1503")
    made = actions.change(rule, to=setting(reason=" 群众反映办得太慢 "), seen=actions.newest(rule), by=reviewer)
    assert (before.value, queries.rule(rule.key, place_path="1503")) == ("5", made)
    assert (made.reason, made.set_by, made.set_in_post, made.mark, made.law, made.article) == (
        *("群众反映办得太慢", reviewer.ref, reviewer.post_ref, "DEFAULT", "本市约定", ""),
    )
    event = Event.objects.latest("pk")
    assert (event.verb, event.subject, event.place_path, event.post) == (
        *("rulebook.ruleversion.change", made.version_ref, "1503", reviewer.post_ref),
    )
    assert event.data == {"rule": rule.key, "value": ["5", "4"], "effective_from": clock.today().isoformat()}


@pytest.mark.django_db
def test_a_local_regulation_names_itself(reviewer: Person) -> None:
    rule = rule_of("cases.limit.normal")
    to = setting(value="20", mark=Mark.LOCAL, basis="乌海市社区治理条例第九条")
    made = actions.change(rule, to=to, seen=actions.newest(rule), by=reviewer)
    assert (made.mark, made.law, made.article) == ("LOCAL", "乌海市社区治理条例第九条", "")
    kept = actions.change(rule, to=setting(value="25"), seen=made.pk, by=reviewer)
    assert (kept.mark, kept.law) == ("DEFAULT", "乌海市社区治理条例第九条")


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["cases.rate.days", "ju.publish.days.min"])
def test_a_rule_that_nothing_works_by_is_not_changed(reviewer: Person, key: str) -> None:
    rule = rule_of(key)
    with translation.override("en"), pytest.raises(ValidationError, match="a change would change nothing"):
        actions.change(rule, to=setting(value="20"), seen=actions.newest(rule), by=reviewer)
    assert rule.versions.count() == 1


@pytest.mark.django_db
def test_law_is_changed_by_nobody(reviewer: Person) -> None:
    rule = rule_of("ju.rep_assembly.quorum")
    with pytest.raises(PermissionDenied):
        actions.change(rule, to=setting(value=">=1/2"), seen=actions.newest(rule), by=reviewer)


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["1504", "15", ""])
def test_nobody_sets_rules_for_another_place(reviewer: Person, place: str) -> None:
    rule = rule_of("cases.limit.normal")
    with pytest.raises(PermissionDenied):
        actions.change(rule, to=setting(place_path=place), seen=actions.newest(rule), by=reviewer)


@pytest.mark.django_db
def test_the_second_of_two_officers_is_told(reviewer: Person) -> None:
    rule = rule_of("cases.limit.normal")
    seen = actions.newest(rule)
    actions.change(rule, to=setting(), seen=seen, by=reviewer)
    with pytest.raises(Conflict):
        actions.change(rule, to=setting(value="3"), seen=seen, by=reviewer)
    assert rule.versions.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "facts", "field"),
    [
        ("cases.limit.normal", {"value": "five"}, "value"),
        ("cases.limit.normal", {"value": "-1"}, "value"),
        ("cases.limit.normal", {"value": "100001"}, "value"),
        ("cases.limit.normal", {"value": "５个"}, "value"),
        ("cases.limit.normal", {"effective_from": date(2026, 1, 1)}, "effective_from"),
        ("cases.limit.normal", {"reason": "  "}, "reason"),
        ("cases.limit.normal", {"mark": Mark.LOCAL}, "basis"),
        ("cases.limit.normal", {"mark": Mark.LAW}, "mark"),
        ("cases.limit.normal", {"place_path": "150302009001"}, "place"),
        ("cases.reopen.days", {"place_path": "150302009"}, "place"),
        ("cases.limit.normal", {"place_path": "1503020"}, "place"),
    ],
)
def test_a_change_that_makes_no_sense_says_where(
    reviewer: Person, key: str, facts: dict[str, object], field: str
) -> None:
    rule = rule_of(key)
    with pytest.raises(ValidationError) as refused:
        actions.change(rule, to=setting(**facts), seen=actions.newest(rule), by=reviewer)
    assert list(refused.value.message_dict) == [field]
    assert rule.versions.count() == 1


@pytest.mark.django_db
def test_before_its_first_day_a_rule_keeps_its_own_words(reviewer: Person) -> None:
    rule = rule_of("cases.limit.normal")
    with clock.stopped_at(clock.now() - timedelta(days=365 * 8)):
        made = actions.change(rule, to=setting(effective_from=clock.today()), seen=actions.newest(rule), by=reviewer)
    assert made.statement == "一般诉求在{value}内办理并答复。"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(1, None, "from 1 up"), (1, 9, "from 1 to 9"), (None, 9, "up to 9"), (None, None, "")],
)
def test_limits_are_said_in_words(low: int | None, high: int | None, words: str) -> None:
    with translation.override("en"):
        assert actions.limits(Rule(deviates_from=low, deviates_to=high)) == words


@pytest.mark.usefixtures("owner_city")
def test_loading_twice_changes_nothing() -> None:
    before = (Rule.objects.count(), RuleVersion.objects.count(), Event.objects.count())
    assert actions.load_rules() == actions.Loaded(before[0], 0)
    call_command("load_rules")
    assert (Rule.objects.count(), RuleVersion.objects.count(), Event.objects.count()) == before


@pytest.mark.usefixtures("owner_city")
def test_a_new_release_adds_versions_and_keeps_the_old() -> None:
    first, *rest = packs.shipped()
    entry = next(one for one in first.entries if one.key == "ju.committee.size.max")
    amended = replace(entry, value="11", effective_from=date(2030, 1, 1), title="居委会人数上限（修订）")
    added = replace(entry, key="ju.committee.size.new", value="1")
    entries = tuple(amended if one.key == entry.key else one for one in first.entries)
    loaded = actions.load_rules([replace(first, title="新法", entries=(*entries, added)), *rest])
    assert loaded.new_versions == 2
    versions = RuleVersion.objects.filter(rule__key=entry.key).order_by("effective_from")
    assert [(one.value, one.effective_from) for one in versions] == [("9", date(2026, 1, 1)), ("11", date(2030, 1, 1))]
    assert (rule_of(entry.key).title, Pack.objects.get(code=first.code).title) == ("居委会人数上限（修订）", "新法")
    assert [(one.verb, one.data) for one in Event.objects.order_by("-pk")[:1]] == [
        ("rulebook.pack.load", {"new_versions": 2})
    ]


@pytest.mark.usefixtures("own_city")
def test_the_serving_role_cannot_load_law() -> None:
    first, *_rest = packs.shipped()
    with pytest.raises(IntegrityError, match="comes from the packs"):
        actions.load_rules([replace(first, entries=(replace(first.entries[0], value="1"),))])


@pytest.mark.django_db
def test_a_broken_pack_stops_the_load_with_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("packs")
    (folder / "broken.toml").write_text("title = ", encoding="utf-8")
    monkeypatch.setattr(packs, "FOLDER", folder)
    packs.shipped.cache_clear()
    try:
        with pytest.raises(CommandError, match="broken"):
            call_command("load_rules")
    finally:
        monkeypatch.undo()
        packs.shipped.cache_clear()
