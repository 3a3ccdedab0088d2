"""Which value holds where and when: nation, region, city, district, community charter — and law above them all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from linli.ground.authority.actors import VISITOR, Person, PostHeld
from linli.ground.core import clock
from linli.ground.places.models import Place
from linli.ground.rulebook import actions, queries
from linli.ground.rulebook.models import Rule, RuleVersion
from linli.ground.rulebook.rules import may_lodge
from linli.ground.rulebook.units import Mark, Meeting

pytestmark = pytest.mark.django_db
COMMUNITY = "150302009001"
Change = Callable[..., RuleVersion]


@pytest.fixture
def change(reviewer: Person, wuhai: dict[str, Place], officer: Person) -> Change:
    """Set a value somewhere as the office that is competent there."""

    def lodge(key: str, value: str, days: int) -> RuleVersion:
        rule, first = Rule.objects.get(key=key), clock.today() + timedelta(days=days)
        charter = actions.Charter(value, COMMUNITY, first, "居民公约第五条", Meeting.ASSEMBLY, clock.today())
        return actions.lodge(rule, charter=charter, seen=actions.newest(rule), by=officer)

    def put(key: str, value: str, place: str, days: int = 0) -> RuleVersion:
        rule = Rule.objects.get(key=key)
        assert reviewer.post
        if place == COMMUNITY:
            return lodge(key, value, days)
        post: PostHeld = replace(reviewer.post, place_path=place)
        to = actions.Setting(value, place, clock.today() + timedelta(days=days), "按本地实际")
        return actions.change(rule, to=to, seen=actions.newest(rule), by=replace(reviewer, post=post))

    return put


def value(place: str, key: str = "cases.limit.normal", days: int = 0) -> str:
    return queries.rule(key, place_path=place, on=clock.today() + timedelta(days=days)).value


def test_without_local_rules_the_default_holds_everywhere() -> None:
    assert (value(""), value("1503"), value(COMMUNITY)) == ("5", "5", "5")


def test_the_innermost_jurisdiction_wins_for_custom(change: Change) -> None:
    for number, place in enumerate(["15", "1503", "150302", COMMUNITY]):
        change("cases.limit.normal", str(number + 6), place)
    assert [value(place) for place in ["", "11", "15", "1504", "1503", "150303", "150302", "150302009", COMMUNITY]] == [
        *["5", "5", "6", "6", "7", "7", "8", "8", "9"]
    ]


def test_a_change_holds_from_its_day_on(change: Change) -> None:
    change("cases.limit.normal", "4", "1503", days=10)
    assert (value("1503"), value("1503", days=9), value("1503", days=10)) == ("5", "5", "4")


def test_a_later_day_set_earlier_still_comes(change: Change) -> None:
    change("cases.limit.normal", "3", "1503", days=20)
    change("cases.limit.normal", "4", "1503", days=10)
    assert [value("1503", days=day) for day in (9, 10, 19, 20)] == ["5", "4", "4", "3"]


def test_what_was_set_last_for_the_same_day_counts(change: Change) -> None:
    change("cases.limit.normal", "3", "1503")
    change("cases.limit.normal", "4", "1503")
    assert value("1503") == "4"


def test_law_wins_over_custom_that_was_there_before(change: Change) -> None:
    old = change("cases.limit.normal", "9", "1503")
    law = RuleVersion(rule=old.rule, value="7", mark=Mark.LAW, effective_from=clock.today())
    assert [version.value for version in queries.in_force([old, law])] == ["7"]


def test_before_the_law_there_is_no_rule() -> None:
    with pytest.raises(queries.UnknownRule, match=r"ju\.term\.years"):
        queries.rule("ju.term.years", on=date(2025, 12, 31))
    assert queries.rule("ju.term.years", on=date(2026, 1, 1)).number == 5


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(queries.UnknownRule, match="no such rule"):
        queries.rules("ju.term.years", "no such rule")


@pytest.mark.parametrize("keys", [("ju.term.years",), ("ju.term.years", "ju.committee.size.min", "cases.limit.normal")])
def test_one_rule_or_many_cost_one_query(
    keys: tuple[str, ...], django_assert_num_queries: Callable[[int], CaptureQueriesContext]
) -> None:
    with django_assert_num_queries(1):
        found = queries.rules(*keys, place_path=COMMUNITY)
        assert all(version.sentence and version.version_ref for version in found.values())
    assert tuple(found) == keys or set(found) == set(keys)


def test_a_book_decides_by_the_rules_of_its_place(change: Change) -> None:
    change("cases.limit.normal", "3", COMMUNITY)
    assert (
        queries.book(place_path=COMMUNITY)("cases.limit.normal").number,
        queries.book()("cases.limit.normal").number,
    ) == (3, 5)


def test_the_list_is_ordered_by_law_and_subject_and_counts_marks() -> None:
    found = queries.listing(place_path="1503")
    assert [chapter.pack.code for chapter in found.chapters][:2] == ["juweihui_law_2025", "cunweihui_law_2025"]
    assert [subject.name for subject in found.chapters[0].subjects][:3] == ["设立", "居委会组成", "居民小组和居民代表"]
    assert found.total == sum(found.counts[mark] for mark in Mark) == RuleVersion.objects.count()
    assert found.counts["LOCAL"] == 0


def test_a_law_folds_by_subject_and_what_nothing_works_by_stands_together_at_its_end() -> None:
    found = queries.listing(place_path="1503")
    assert found.shown == found.total
    law = found.chapters[0]
    *working, waiting = law.folds
    assert [(len(fold.subjects), fold.is_waiting) for fold in working] == [(1, False)] * len(working)
    assert waiting.is_waiting
    assert len({fold.subjects[0].name for fold in working}) == len(working)
    assert {one.rule.in_use for subject in waiting.subjects for one in subject.versions} == {False}
    assert sum(fold.count for fold in law.folds) == sum(len(one.versions) for one in law.subjects)
    unused = queries.listing(kind=queries.UNUSED, place_path="1503")
    assert unused.shown == found.counts[queries.UNUSED] == Rule.objects.filter(in_use=False).count()


def test_the_list_narrows_to_what_the_law_leaves_to_the_communities(officer: Person) -> None:
    found = queries.listing(kind=queries.OPEN, place_path="1503")
    keys = {one.rule.key for chapter in found.chapters for part in chapter.subjects for one in part.versions}
    assert keys == {rule.key for rule in Rule.objects.filter(in_use=True) if may_lodge(officer, rule)}


def test_the_list_finds_words_in_any_order_and_narrows_to_a_mark() -> None:
    found = queries.listing(text="罢免 居民代表", kind="LAW")
    versions = [version for chapter in found.chapters for subject in chapter.subjects for version in subject.versions]
    assert {version.rule.key for version in versions} == {
        "ju.recall.propose.representatives",
        "ju.recall.quorum.representatives",
    }
    nothing = queries.listing(text="罢免", kind="DEFAULT")
    assert (nothing.chapters, nothing.total > 0) == ([], True)


def test_the_history_tells_where_from_until_when(change: Change, wuhai: dict[str, Place]) -> None:
    change("cases.limit.normal", "4", "1503", days=10)
    change("cases.limit.normal", "3", "1503")
    change("cases.limit.normal", "2", COMMUNITY)
    change("cases.limit.normal", "1", "1599")
    today, later = clock.today(), clock.today() + timedelta(days=10)
    spans = queries.history(Rule.objects.get(key="cases.limit.normal"), VISITOR)
    with translation.override("en"):
        nation = queries.places_named([""])[""]
    assert nation == "the whole nation"
    assert [(span.version.value, span.version.effective_from, span.until, span.is_now) for span in spans] == [
        ("5", date(2020, 1, 1), None, True),
        ("4", later, None, False),
        ("3", today, later, True),
        ("2", today, None, True),
        ("1", today, None, True),
    ]
    assert [span.place for span in spans][1:] == ["乌海市", "乌海市", "海勃湾区滨河街道湖东社区", "1599"]
    assert [span.post for span in spans] == [""] * 5


def test_a_sentence_speaks_the_language_of_the_law() -> None:
    version = queries.rule("ju.publish.days.min")
    with translation.override("en"):
        assert version.words == "15 days"
        assert queries.rule("ju.committee.close_relatives_recuse").words == "yes"
        assert queries.rule("cun.publish.major").words == "whenever it arises"
        assert queries.rule("ju.assembly.quorum").words == "more than half"
        assert version.sentence.startswith("居务公开的公布期限不得少于")


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("ju.publish.days.min", "居务公开的公布期限不得少于 15 日。"),
        ("ju.rep_assembly.quorum", "居民代表会议应当有三分之二以上的组成人员参加方可召开。"),
        ("ju.rep_assembly.frequency", "居民代表会议至少每半年 1 次。"),
        ("cun.publish.major", "涉及村民利益的重大事项应当随时公布。"),
        ("ju.election.win", "候选人获得参加投票人员的过半数的选票，始得当选。"),
    ],
)
def test_a_rule_is_one_plain_sentence(key: str, sentence: str) -> None:
    assert queries.rule(key).sentence == sentence
