"""Every decision of `manage decide` on both sides of its boundary, and everything that cannot be decided."""

import pytest
from django.utils import translation

from linli.ground.decisions.queries import DECISIONS, BadInput, UnknownDecision, assemblies, decide, elections
from linli.ground.rulebook import packs

OWNERS = "area_total=10000 owners_total=100 area_voted={} owners_voted={} area_yes={} owners_yes={} item={}"
VECTORS = [
    # residents' meeting: more than half of those entitled, then of those present (art. 27)
    ("ju.assembly.quorum", "members=100 present=51", "valid"),
    ("ju.assembly.quorum", "members=100 present=50", "invalid"),
    ("ju.assembly.quorum", "members=1 present=0", "invalid"),
    ("ju.assembly.pass", "present=40 yes=21", "passed"),
    ("ju.assembly.pass", "present=40 yes=20", "rejected"),
    ("ju.assembly.pass", "present=0 yes=0", "rejected"),
    # representatives' meeting: two thirds, more than half (art. 29)
    ("ju.rep_assembly.quorum", "members=99 present=66", "valid"),
    ("ju.rep_assembly.quorum", "members=99 present=65", "invalid"),
    ("ju.rep_assembly.quorum", "members=101 present=67", "invalid"),
    ("ju.rep_assembly.quorum", "members=101 present=68", "valid"),
    ("ju.rep_assembly.pass", "present=41 yes=21", "passed"),
    ("ju.rep_assembly.pass", "present=41 yes=20", "rejected"),
    # four fifths are representatives (art. 28)
    ("ju.rep_assembly.composition", "members=45 representatives=36", "valid"),
    ("ju.rep_assembly.composition", "members=45 representatives=35", "invalid"),
    # demand: 1/10 of adults or household representatives, 1/3 of representatives (art. 26); 1/5 (art. 28)
    ("ju.assembly.must_call", "adult_residents=2345 proposers=235", "must_call"),
    ("ju.assembly.must_call", "adult_residents=2345 proposers=234", "no_duty"),
    ("ju.assembly.must_call", "households=1000 proposers=100", "must_call"),
    ("ju.assembly.must_call", "households=1000 proposers=99", "no_duty"),
    ("ju.assembly.must_call", "representatives=40 proposers=14", "must_call"),
    ("ju.assembly.must_call", "representatives=40 proposers=13", "no_duty"),
    ("ju.rep_assembly.must_call", "representatives=41 proposers=9", "must_call"),
    ("ju.rep_assembly.must_call", "representatives=41 proposers=8", "no_duty"),
    # turnout: more than half; more than two thirds of representatives (art. 19)
    ("ju.election.all_voters.quorum", "registered=3000 voted=1501", "valid"),
    ("ju.election.all_voters.quorum", "registered=3000 voted=1500", "invalid"),
    ("ju.election.households.quorum", "registered=999 voted=500", "valid"),
    ("ju.election.households.quorum", "registered=999 voted=499", "invalid"),
    ("ju.election.representatives.quorum", "representatives=99 voted=67", "valid"),
    ("ju.election.representatives.quorum", "representatives=99 voted=66", "invalid"),
    ("ju.election.win", "voted=100 votes_for=51", "elected"),
    ("ju.election.win", "voted=100 votes_for=50", "not_elected"),
    ("ju.election.win", "voted=0 votes_for=0", "not_elected"),
    ("ju.election.runoff", "ballots_cast=61 votes_for=21 rank=1", "elected"),
    ("ju.election.runoff", "ballots_cast=61 votes_for=20 rank=1", "not_elected"),
    ("ju.election.runoff", "ballots_cast=61 votes_for=21 rank=2", "not_elected"),
    ("ju.election.runoff", "ballots_cast=0 votes_for=0 rank=1", "not_elected"),
    ("ju.election.proxy", "proxies_held=3 candidate=no mode=all_voters", "allowed"),
    ("ju.election.proxy", "proxies_held=4 candidate=no mode=all_voters", "refused"),
    ("ju.election.proxy", "proxies_held=0 candidate=no mode=households", "allowed"),
    ("ju.election.proxy", "proxies_held=1 candidate=yes mode=households", "refused"),
    ("ju.election.proxy", "proxies_held=1 candidate=no mode=representatives", "refused"),
    # twenty days before election day (art. 17)
    ("ju.voter_list.publish", "election_day=2026-12-31 published=2026-12-11", "in_time"),
    ("ju.voter_list.publish", "election_day=2026-12-31 published=2026-12-12", "late"),
    ("ju.voter_list.publish", "election_day=2026-03-05 published=2026-02-13", "in_time"),
    ("ju.voter_list.publish", "election_day=2026-03-05 published=2026-03-06", "late"),
    ("ju.publish.period", "days_published=15", "valid"),
    ("ju.publish.period", "days_published=14", "invalid"),
    # two in a row (art. 37)
    ("ju.appraisal", "results=不称职,不称职", "terminated"),
    ("ju.appraisal", "results=不称职,称职,不称职", "continue"),
    ("ju.appraisal", "results=不称职，不称职，称职", "terminated"),
    ("ju.appraisal", "results=不称职", "continue"),
    ("ju.appraisal", "results=称职,基本称职", "continue"),
    # recall: one tenth in a community, one fifth in a village
    ("ju.recall.propose", "voters=2345 signers=235", "admitted"),
    ("ju.recall.propose", "voters=2345 signers=234", "refused"),
    ("cun.recall.propose", "voters=2345 signers=469", "admitted"),
    ("cun.recall.propose", "voters=2345 signers=468", "refused"),
    # village: more than half of adults or two thirds of households
    ("cun.assembly.quorum", "adults=100 adults_present=51 households=50 households_present=0", "valid"),
    ("cun.assembly.quorum", "adults=100 adults_present=50 households=50 households_present=33", "invalid"),
    ("cun.assembly.quorum", "adults=100 adults_present=50 households=50 households_present=34", "valid"),
    ("cun.rep_assembly.women", "members=31 women_representatives=11", "valid"),
    ("cun.rep_assembly.women", "members=31 women_representatives=10", "invalid"),
    # owners: two thirds of area and heads take part, then 3/4 for matters 6–8, more than half for the others
    ("owners.decide", OWNERS.format("6666.67", 67, "3333.34", 34, 1), "passed"),
    ("owners.decide", OWNERS.format("6666.66", 67, "6666.66", 67, 1), "no_quorum"),
    ("owners.decide", OWNERS.format("6666.67", 66, "6666.67", 66, 1), "no_quorum"),
    ("owners.decide", OWNERS.format("8000", 80, "4000", 41, 9), "rejected"),
    ("owners.decide", OWNERS.format("8000", 80, "4000.01", 40, 9), "rejected"),
    ("owners.decide", OWNERS.format("8000", 80, "4000.01", 41, 9), "passed"),
    ("owners.decide", OWNERS.format("8000", 80, "6000", 60, 6), "passed"),
    ("owners.decide", OWNERS.format("8000", 80, "5999.99", 60, 7), "rejected"),
    ("owners.decide", OWNERS.format("8000.0", 80, "6000", 59, 8), "rejected"),
    ("owners.decide", OWNERS.format("8000", 80, "5999.99", 59, 5), "passed"),
    # sixty days, thirty more where extended (art. 34)
    ("xinfang.close", "accepted=2026-01-10 closed=2026-03-11 extended=no", "in_time"),
    ("xinfang.close", "accepted=2026-01-10 closed=2026-03-12 extended=no", "late"),
    ("xinfang.close", "accepted=2026-01-10 closed=2026-04-10 extended=yes", "in_time"),
    ("xinfang.close", "accepted=2026-01-10 closed=2026-04-11 extended=yes", "late"),
    ("xinfang.close", "accepted=2026-01-10 closed=2026-01-10 extended=no", "in_time"),
]
REFUSED = [
    ("ju.assembly.quorum", "members=100", "missing present"),
    ("ju.assembly.quorum", "", "missing members, present"),
    ("ju.assembly.quorum", "members=100 present=101", "present (101) is more than members (100)"),
    ("ju.assembly.quorum", "members=0 present=0", "members: write a whole number from 1"),
    ("ju.assembly.quorum", "members=100 present=-1", "present: write a whole number"),
    ("ju.assembly.quorum", "members=100 present=5.5", "present: write a whole number"),
    ("ju.assembly.quorum", "members=１００ present=50", "members: write a whole number"),
    ("ju.assembly.quorum", "members=1000000000000 present=5", "members: write a whole number"),
    ("ju.assembly.quorum", "members=100 present=50 guests=3", "unknown input 'guests'"),
    ("ju.assembly.quorum", "members=100 present=50 present=51", "present is given twice"),
    ("ju.assembly.quorum", "members=100 present", "unknown input 'present'"),
    ("ju.assembly.pass", "present=5 yes=6", "yes (6) is more than present (5)"),
    ("ju.rep_assembly.composition", "members=5 representatives=6", "representatives (6) is more than members (5)"),
    ("ju.assembly.must_call", "proposers=5", "give exactly one of"),
    ("ju.assembly.must_call", "households=50 representatives=9 proposers=5", "give exactly one of"),
    ("ju.assembly.must_call", "representatives=9 proposers=10", "proposers (10) is more than all who may propose (9)"),
    ("ju.election.win", "voted=5 votes_for=6", "votes_for (6) is more than voted (5)"),
    ("ju.election.runoff", "ballots_cast=5 votes_for=3 rank=0", "rank: write a whole number from 1"),
    ("ju.election.proxy", "proxies_held=1 candidate=maybe mode=all_voters", "candidate: write yes or no"),
    ("ju.election.proxy", "proxies_held=1 candidate=no mode=show_of_hands", "mode: write one of all_voters"),
    ("ju.voter_list.publish", "election_day=20261231 published=2026-12-11", "election_day: write a date"),
    ("ju.voter_list.publish", "election_day=2026-02-30 published=2026-12-11", "election_day: "),
    ("ju.appraisal", "results=优秀", "results: write one of 称职"),
    ("ju.appraisal", "results=", "results: write one of 称职"),
    (
        "cun.assembly.quorum",
        "adults=9 adults_present=8 households=3 households_present=4",
        "households_present (4) is more than",
    ),
    ("owners.decide", OWNERS.format("8000", 80, "9000", 60, 6), "area_yes (900000) is more than area_voted (800000)"),
    ("owners.decide", OWNERS.format("8000", 101, "7000", 60, 6), "owners_voted (101) is more than owners_total (100)"),
    ("owners.decide", OWNERS.format("8000.001", 80, "7000", 60, 6), "area_voted: write m² with at most two decimals"),
    ("owners.decide", OWNERS.format("8000", 80, "7000", 60, 10), "item: write the matter's number"),
    ("owners.decide", OWNERS.format("8000", 80, "7000", 60, 0), "item: write the matter's number"),
    ("owners.decide", OWNERS.replace("10000", "0", 1).format("0", 80, "0", 60, 1), "area_total: write an area above 0"),
    ("xinfang.close", "accepted=2026-01-10 closed=2026-01-09 extended=no", "is before accepted"),
]


@pytest.mark.parametrize(("rule", "inputs", "outcome"), VECTORS)
def test_the_law_decides(rule: str, inputs: str, outcome: str) -> None:
    made = decide(rule, inputs.split(), packs.norm)
    assert made.outcome == outcome
    assert made.sentence
    assert made.article.startswith("第")
    assert "@20" in made.version


@pytest.mark.parametrize(("rule", "inputs", "why"), REFUSED)
def test_what_cannot_be_decided_is_refused(rule: str, inputs: str, why: str) -> None:
    with pytest.raises(BadInput) as refused:
        decide(rule, inputs.split(), packs.norm)
    assert why in str(refused.value)


def test_an_unknown_decision_is_named() -> None:
    with pytest.raises(UnknownDecision, match=r"ju\.nothing"):
        decide("ju.nothing", [], packs.norm)


def test_every_decision_has_a_vector() -> None:
    assert {rule for rule, _inputs, _outcome in VECTORS} == set(DECISIONS)
    assert len(DECISIONS) == 22


def test_a_sentence_carries_its_numbers() -> None:
    with translation.override("en"):
        made = assemblies.quorum(packs.norm, "ju.rep_assembly.quorum", members=99, present=66)
        late = decide("owners.decide", OWNERS.format("6666.5", 67, "0", 0, 1).split(), packs.norm)
    assert made.sentence == "99 people due, 66 present: this reaches two thirds (66 needed); the meeting is valid."
    assert (made.article, made.version) == ("第二十九条", "juweihui_law_2025/ju.rep_assembly.quorum@2026-01-01")
    assert late.sentence == (
        "Took part: 6666.50 of 10000 m², this falls short of two thirds (6666.67 m² needed); "
        "67 of 100 owners, this reaches two thirds (67 needed). Too few took part: no decision."
    )


def test_an_extension_rests_on_two_numbers() -> None:
    plain = decide("xinfang.close", ["accepted=2026-01-10", "closed=2026-01-11", "extended=no"], packs.norm)
    extended = decide("xinfang.close", ["accepted=2026-01-10", "closed=2026-01-11", "extended=yes"], packs.norm)
    assert [norm.key for norm in plain.norms] == ["xinfang.close_days"]
    assert [norm.key for norm in extended.norms] == ["xinfang.close_days", "xinfang.close_extend_days"]
    assert extended.article == "第三十四条"


def test_the_same_functions_serve_flows_with_typed_inputs() -> None:
    assert elections.recall(packs.norm, "cun.recall.propose", voters=10, signers=2).outcome == "admitted"


@pytest.mark.parametrize(
    ("rule", "inputs", "sentence"),
    [
        (
            "ju.rep_assembly.quorum",
            "members=99 present=66",
            "应到 99 人，实到 66 人，达到三分之二（须到 66 人），会议有效。",
        ),
        ("ju.assembly.pass", "present=40 yes=20", "到会 40 人，同意 20 人，未超过半数（须有 21 人同意），决定未通过。"),
        (
            "ju.voter_list.publish",
            "election_day=2026-12-31 published=2026-12-12",
            "选举日为2026年12月31日，名单最迟应当在2026年12月11日公布；实际2026年12月12日公布，晚于规定时间。",
        ),
        (
            "cun.assembly.quorum",
            "adults=100 adults_present=51 households=50 households_present=33",
            (
                "十八周岁以上村民 100 人，到会 51 人，超过半数（须到 51 人）。"
                "全村 50 户，到会户的代表 33 户，未达到三分之二（须到 34 户）。两项有一项达到即可，会议有效。"
            ),
        ),
    ],
)
def test_people_read_the_outcome_in_chinese(rule: str, inputs: str, sentence: str) -> None:
    with translation.override("zh-hans"):
        assert decide(rule, inputs.split(), packs.norm).sentence == sentence
