"""A community's chart and its keepers' list, as the rules see them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.completeness import queries
from linli.ground.completeness.composition import Severity
from linli.ground.organisations import actions
from linli.ground.people.models import Kinship, Relation
from tests.organisations import town as stage

TODAY = date(2026, 11, 23)


def test_an_empty_community_draws_every_gap(town: stage.Town) -> None:
    chart = queries.chart_of(town.east, TODAY)
    assert chart.top is not None
    nodes = [chart.top, *chart.bodies, *chart.councils, *chart.subs]
    assert {(node.is_sound, node.href) for node in nodes} == {(False, "")}
    assert [(figure.done, figure.due, figure.gap) for figure in chart.figures] == [(0, 7, 7), (0, 8, 8), (0, 5, 5)]
    assert (chart.third_row, chart.subs_sound, chart.is_quasi) == (4, 0, False)
    assert {node.gravest.severity for node in nodes if node.gravest} == {Severity.MISSING}


def test_a_unit_without_self_government_has_neither_gaps_nor_figures(town: stage.Town) -> None:
    chart = queries.chart_of(town.park, TODAY)
    assert (chart.top, list(chart.bodies), list(chart.councils), list(chart.subs)) == (None, [], [], [])
    assert (chart.is_quasi, chart.third_row, chart.stationed) == (True, 0, None)


def test_the_committees_node_says_who_leads_it_and_until_when(town: stage.Town) -> None:
    chair, *others = stage.crowd(town.east, 5, women=1)
    stage.body(
        "residents_committee", town.east, [stage.seat("chair", chair), *(stage.seat("member", one) for one in others)]
    )
    (node,) = [one for one in queries.chart_of(town.east, TODAY).bodies if one.bodies]
    assert node.is_sound
    assert node.gravest is None
    assert node.head.startswith("主任 李某")
    assert node.lines == [node.head, "members: 5", "term until January 2031"]
    assert node.href == node.bodies[0].get_absolute_url()


def test_the_node_of_a_vacant_post_says_who_takes_it_and_when(town: stage.Town) -> None:
    chair = stage.body("residents_committee", town.east).posts.get(code="chair")
    stage.appointed(chair, stage.resident(town.east, "李梅兰"), date(2027, 1, 10), date(2027, 2, 1))
    stage.appointed(chair, stage.resident(town.east, "王强"), date(2027, 2, 2))
    (node,) = [one for one in queries.chart_of(town.east, TODAY).bodies if one.bodies]
    assert node.lines == ["Nobody holds a post yet.", "from 10 Jan 2027: 主任 李某某"]


def test_groups_and_associations_are_counted_and_listed(town: stage.Town) -> None:
    for name in ("第一小组", "第二小组"):
        stage.body("residents_group", town.east, [stage.seat("head", stage.resident(town.east))], name)
    choir = stage.body("association", town.east, name="合唱团")
    chart = queries.chart_of(town.east, TODAY)
    (groups,) = [node for node in chart.subs if node.kind.many]
    assert groups.href == "#group"
    assert groups.lines == ["2 in all", "members: 2", "term until January 2031"]
    assert dict(chart.lists)["association"] == [choir]
    assert chart.subs_sound == 1


def test_stationed_posts_say_who_sends_and_how_many_are_there(town: stage.Town) -> None:
    actions.set_up_missing(places=[town.city], founded_on=TODAY, by=SYSTEM)
    stage.body("stationed_post", town.east, [stage.seat("police", stage.resident(town.east), last=None)])
    chart = queries.chart_of(town.east, TODAY)
    assert [(one.post, one.sender, one.held) for one in chart.stationed_posts][:2] == [
        ("社区民警", "公安局", 1),
        ("劳动保障专干", "人力资源和社会保障局", 0),
    ]
    figure = chart.figures[-1]
    assert (figure.done, figure.due) == (1, 5)


def test_an_expired_committee_is_drawn_and_says_so(town: stage.Town) -> None:
    people = stage.crowd(town.east, 5, women=2)
    last = date(2026, 5, 31)
    stage.body("residents_committee", town.east, [stage.seat("member", one, date(2021, 6, 1), last) for one in people])
    (node,) = [one for one in queries.chart_of(town.east, TODAY).bodies if one.bodies]
    assert (node.is_sound, node.gravest.severity if node.gravest else None) == (False, Severity.EXPIRED)


def test_a_workstation_without_a_legal_term_names_none(town: stage.Town) -> None:
    stage.body("workstation", town.east, [stage.seat("worker", stage.resident(town.east), last=None)])
    (node,) = [one for one in queries.chart_of(town.east, TODAY).councils if one.bodies]
    assert node.lines == ["members: 1", "The post of 站长 is vacant."]
    (meeting,) = [one for one in queries.chart_of(town.east, TODAY).subs if one.kind.code == "subcommittee_security"]
    assert meeting.lines == []


def test_near_kin_is_found_through_a_common_relative(town: stage.Town) -> None:
    committee = stage.full_committee(town.east)
    one, two = (holding.person for holding in committee.posts.get(code="member").holdings.order_by("pk")[:2])
    parent = stage.resident(town.east)
    Kinship.objects.create(person=one, relative=parent, relation=Relation.PARENT)
    assert queries.findings_of(committee, TODAY) == []
    Kinship.objects.create(person=parent, relative=two, relation=Relation.CHILD)
    assert [one.code for one in queries.findings_of(committee, TODAY)] == ["relatives.within"]


def test_a_chart_costs_the_same_for_few_and_many_bodies(town: stage.Town) -> None:
    stage.full_committee(town.east)
    with CaptureQueriesContext(connection) as few:
        queries.chart_of(town.east, TODAY)
    for code in (
        "party_branch",
        "supervision_committee",
        "subcommittee_mediation",
        "workstation",
        "deliberation_council",
    ):
        head = {"party_branch": "secretary", "workstation": "head"}.get(code, "chair")
        stage.body(code, town.east, [stage.seat(head, stage.resident(town.east))])
    with CaptureQueriesContext(connection) as many:
        queries.chart_of(town.east, TODAY)
    assert len(few) == len(many) <= 9


def test_the_keepers_page_has_a_line_for_each_body_and_each_gap(town: stage.Town) -> None:
    stage.full_committee(town.east)
    stage.body("association", town.east, name="合唱团")
    stage.body("owners_committee", town.east, name="湖东花园业主委员会")
    rows = {(row.kind.code, row.body is None): row for row in queries.standing_at(town.east, TODAY)}
    committee = rows["residents_committee", False]
    assert (committee.held, committee.seats, committee.asked, list(committee.findings)) == (5, 9, "5–9", [])
    assert rows["owners_committee", False].asked == "at least 5"
    assert rows["workstation", True].asked == ""
    assert ("residents_committee", True) not in rows
    assert {("association", False), ("association", True)} <= set(rows)
    assert [one.code for one in rows["party_branch", True].findings] == ["body.missing"]
    assert ("villagers_committee", True) not in rows


def test_a_places_page_gets_the_figures_of_a_living_community(town: stage.Town) -> None:
    section = queries.section_of(town.east, VISITOR)
    assert section is not None
    assert section["url"] == "/completeness/150302007001/"
    assert queries.section_of(town.office, VISITOR) is None
    town.east.ended_on = TODAY
    assert queries.section_of(town.east, VISITOR) is None


@pytest.mark.parametrize("days", [0, 1])
def test_in_chinese_the_chart_speaks_chinese(town: stage.Town, days: int) -> None:
    stage.full_committee(town.east)
    with override("zh-hans"):
        chart = queries.chart_of(town.east, TODAY + timedelta(days=days))
        assert chart.bodies[2].title == "社区居民委员会"


def test_a_dissolved_body_has_no_findings_and_a_sound_one_adds_nothing_to_its_page(town: stage.Town) -> None:
    committee = stage.full_committee(town.east)
    assert queries.section_of_body(committee, VISITOR) is None
    actions.dissolve(body=committee, on=TODAY, by=SYSTEM)
    assert list(queries.findings_of(committee, TODAY)) == []
