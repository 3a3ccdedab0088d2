"""What the rules ask of a place's bodies: a vector at each boundary of each law."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from linli.ground.authority.actors import SYSTEM
from linli.ground.completeness import composition
from linli.ground.completeness.composition import Finding, Place, Roster, Seat, Severity
from linli.ground.kinds.actions import load_kinds
from linli.ground.kinds.models import BodyKind
from linli.ground.rulebook.packs import norms

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
FAR = date(2031, 1, 9)


@pytest.fixture(autouse=True)
def kinds() -> None:
    load_kinds(by=SYSTEM)


@dataclass
class Body:
    """A body in few words: persons of the head, persons of the rest."""

    kind: str
    head: Sequence[int] = (1,)
    rest: Sequence[int] = ()
    women: int = 1
    unknown: int = 0
    next_end: date | None = FAR
    last_end: date | None = None

    def roster(self) -> Roster:
        """The roster of it, the head's seat left out where the kind has none."""
        kind = BodyKind.objects.get(code=self.kind)
        rest = Seat("member", "委员", False, 99, frozenset(self.rest), self.women, self.unknown, self.next_end, None)
        head = Seat("chair", "主任", True, 1, frozenset(self.head), 0, 0, self.next_end, self.last_end)
        return Roster(
            1,
            kind,
            (rest,) if self.kind.endswith("representatives_meeting") or "ives_meeting" in self.kind else (head, rest),
        )


def found(body: Body, *others: Body, stand: str = "juweihui", kin: Sequence[tuple[int, int]] = ()) -> list[Finding]:
    roster = body.roster()
    rosters = [roster, *(other.roster() for other in others)]
    pairs = {frozenset(pair) for pair in kin}
    return composition.findings(Place(stand, rosters, norms(), pairs, TODAY), roster)


def codes(*args: Body, **more: object) -> list[str]:
    return [one.code for one in found(*args, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "stand", "members", "expected"),
    [
        ("residents_committee", "juweihui", 4, ["size.few"]),
        ("residents_committee", "juweihui", 5, []),
        ("residents_committee", "juweihui", 9, []),
        ("residents_committee", "juweihui", 10, ["size.many"]),
        ("villagers_committee", "cunweihui", 2, ["size.few"]),
        ("villagers_committee", "cunweihui", 3, []),
        ("villagers_committee", "cunweihui", 7, []),
        ("villagers_committee", "cunweihui", 8, ["size.many"]),
        ("subcommittee_mediation", "juweihui", 2, ["size.few"]),
        ("subcommittee_mediation", "juweihui", 3, []),
        ("subcommittee_mediation", "cunweihui", 9, []),
        ("subcommittee_mediation", "cunweihui", 10, ["size.many"]),
        ("supervision_committee", "juweihui", 2, ["size.few"]),
        ("supervision_committee", "juweihui", 3, []),
        ("supervision_committee", "cunweihui", 5, []),
        ("supervision_committee", "cunweihui", 6, ["size.many"]),
        ("party_branch", "juweihui", 2, ["size.few"]),
        ("party_branch", "juweihui", 3, []),
        ("deliberation_council", "juweihui", 14, ["size.few"]),
        ("deliberation_council", "juweihui", 25, []),
        ("workstation", "juweihui", 1, []),
    ],
)
def test_sizes(kind: str, stand: str, members: int, expected: list[str]) -> None:
    assert codes(Body(kind, rest=range(2, members + 1)), stand=stand) == expected


def test_a_finding_names_the_article_and_the_version_it_was_made_under() -> None:
    (one,) = found(Body("residents_committee", rest=[2, 3, 4]))
    assert one.sentence == "4 members; at least 5 are needed."
    assert (one.severity, one.kind) == (Severity.WRONG, "residents_committee")
    assert one.source.endswith("第八条")
    assert one.rule_ref == norms()["ju.committee.size.min"].version_ref


@pytest.mark.parametrize(
    ("kind", "stand"),
    [("residents_committee", "juweihui"), ("villagers_committee", "cunweihui"), ("subcommittee_mediation", "juweihui")],
)
def test_a_committee_has_a_woman(kind: str, stand: str) -> None:
    full = range(2, 6)
    assert codes(Body(kind, rest=full, women=0), stand=stand) == ["women.few"]
    assert codes(Body(kind, rest=full, women=1), stand=stand) == []
    (unclear,) = found(Body(kind, rest=full, women=0, unknown=1), stand=stand)
    assert (unclear.code, unclear.severity) == ("women.unknown", Severity.NOTE)


@pytest.mark.parametrize(
    ("women", "unknown", "expected"), [(11, 0, ["women.few"]), (12, 0, []), (11, 1, ["women.unknown"])]
)
def test_a_third_of_a_villages_meeting_are_women_representatives(women: int, unknown: int, expected: list[str]) -> None:
    committee = Body("villagers_committee", head=[101], rest=[102, 103])
    meeting = Body(
        "village_representatives_meeting", rest=range(33), women=women, unknown=unknown
    )  # 36 with the committee
    assert codes(meeting, committee, stand="cunweihui") == expected


@pytest.mark.parametrize(("representatives", "expected"), [(35, ["representatives.few"]), (36, []), (37, [])])
def test_four_fifths_of_the_meeting_are_representatives(representatives: int, expected: list[str]) -> None:
    committee = Body("residents_committee", head=[101], rest=range(102, 110))  # nine
    assert codes(Body("representatives_meeting", rest=range(representatives)), committee) == expected


def test_a_committee_member_in_the_meeting_is_no_representative() -> None:
    committee = Body("residents_committee", head=[101], rest=range(102, 110))
    (one,) = found(Body("representatives_meeting", rest=[*range(35), 101]), committee)
    assert one.sentence == "35 of 44 members of the meeting are representatives; at least 36 are needed."


def test_near_relatives_do_not_sit_in_one_committee() -> None:
    body = Body("residents_committee", rest=[2, 3, 4, 5])
    assert codes(body, kin=[(2, 5)]) == ["relatives.within"]
    assert codes(body, kin=[(2, 6)]) == []
    assert codes(Body("party_branch", rest=[2, 3]), kin=[(2, 3)]) == []


def test_who_watches_is_neither_member_nor_near_relative() -> None:
    committee = Body("residents_committee", head=[101], rest=range(102, 106))
    watchers = Body("supervision_committee", rest=[2, 3])
    assert codes(watchers, committee) == []
    assert codes(Body("supervision_committee", rest=[2, 101]), committee) == ["committee.member"]
    assert codes(watchers, committee, kin=[(3, 101)]) == ["committee.relative"]
    assert codes(watchers, committee, kin=[(2, 3)]) == []
    assert codes(Body("supervision_committee", rest=[2, 101]), committee, kin=[(1, 102)]) == [
        "committee.member",
        "committee.relative",
    ]


@pytest.mark.parametrize(("days", "expected"), [(91, []), (90, ["term.expiring"]), (0, ["term.expiring"])])
def test_a_term_that_ends_soon_is_a_note(days: int, expected: list[str]) -> None:
    ending = found(Body("residents_committee", rest=[2, 3, 4, 5], next_end=TODAY + timedelta(days=days)))
    assert [one.code for one in ending] == expected
    assert composition.is_sound(ending)


def test_posts_without_a_legal_term_do_not_run_out() -> None:
    assert codes(Body("workstation", next_end=TODAY)) == []
    assert codes(Body("residents_committee", rest=[2, 3, 4, 5], next_end=None)) == []


def test_an_empty_body_is_vacant_or_its_term_is_over() -> None:
    (vacant,) = found(Body("residents_committee", head=[]))
    assert (vacant.code, vacant.severity) == ("body.vacant", Severity.VACANT)
    assert vacant.source == "城市居民委员会组织法 第八条、第十二条"
    (over,) = found(Body("residents_committee", head=[], last_end=date(2026, 5, 31)))
    assert (over.code, over.severity) == ("term.expired", Severity.EXPIRED)
    assert not composition.is_sound([over])


def test_a_body_without_its_head_says_since_when() -> None:
    rest = [2, 3, 4, 5, 6]
    (never,) = found(Body("residents_committee", head=[], rest=rest))
    (since,) = found(Body("residents_committee", head=[], rest=rest, last_end=TODAY - timedelta(days=21)))
    assert (never.code, never.sentence) == ("head.vacant", "The post of 主任 is vacant.")
    assert since.sentence == "The post of 主任 has been vacant for 21 days."


def test_a_meeting_of_all_residents_has_no_posts_to_fill() -> None:
    kind = BodyKind.objects.get(code="residents_meeting")
    place = Place("juweihui", [], norms(), (), TODAY)
    assert composition.findings(place, Roster(1, kind, ())) == []


def test_a_day_before_the_law_asks_nothing() -> None:
    roster = Body("residents_committee", rest=[2]).roster()
    assert composition.findings(Place("juweihui", [roster], {}, (), TODAY), roster) == []


@pytest.mark.parametrize(
    ("stand", "number"),
    [("juweihui", 15), ("cunweihui", 6), ("quasi_juweihui", 0), ("quasi_cunweihui", 0), ("prefecture", 2)],
)
def test_what_each_kind_of_place_lacks_when_it_has_nothing(stand: str, number: int) -> None:
    lacking = composition.missing(Place(stand, [], norms(), (), TODAY), list(BodyKind.objects.all()))
    assert len(lacking) == number
    assert {(one.code, one.severity) for one in lacking} <= {("body.missing", Severity.MISSING)}


def test_what_is_there_is_not_missing() -> None:
    place = Place("cunweihui", [Body("villagers_committee").roster()], norms(), (), TODAY)
    lacking = [one.kind for one in composition.missing(place, list(BodyKind.objects.all()))]
    assert lacking == [
        "party_branch",
        "villagers_meeting",
        "village_representatives_meeting",
        "supervision_committee",
        "subcommittee_mediation",
    ]
