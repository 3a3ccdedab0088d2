"""How complete the city is: real communities by groups of bodies, at the same cost for one and for all."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.ground.completeness import queries
from linli.ground.completeness.queries import Cell
from linli.ground.kinds.models import Group
from linli.ground.places.divisions import Level
from tests.organisations import town as stage

TODAY = date(2026, 11, 23)


def test_the_city_counts_its_real_communities_and_names_the_others(town: stage.Town) -> None:
    matrix = queries.matrix_of(town.city, TODAY)
    assert (matrix.communities, matrix.uncounted) == (3, 1)
    assert [(row.place, row.communities) for row in matrix.rows] == [(town.district, 3)]
    assert list(matrix.groups) == [
        Group.PARTY,
        Group.ASSEMBLY,
        Group.COMMITTEE,
        Group.SUPERVISION,
        Group.GROUP,
        Group.SUBCOMMITTEE,
        Group.DELIBERATION,
        Group.WORKSTATION,
        Group.STATIONED,
    ]
    assert matrix.whole == Cell(0, 36, 36)


def test_one_goes_down_from_district_to_town_to_community(town: stage.Town) -> None:
    assert [row.place for row in queries.matrix_of(town.district, TODAY).rows] == [town.office, town.hamlet]
    rows = queries.matrix_of(town.office, TODAY).rows
    assert [(row.place, row.is_community) for row in rows] == [(town.east, True), (town.west, True)]
    assert [row.place for row in queries.matrix_of(town.east, TODAY).rows] == [town.east]
    assert list(queries.matrix_of(town.park, TODAY).rows) == []
    everything = queries.matrix_of(town.city, TODAY, level=Level.COMMUNITY)
    assert [row.place for row in everything.rows] == [town.east, town.west, town.village]


def test_a_cell_tells_missing_from_unsound(town: stage.Town) -> None:
    stage.full_committee(town.east)
    stage.body("residents_committee", town.west)  # nobody sits in it
    matrix = queries.matrix_of(town.office, TODAY)
    at = list(matrix.groups).index(Group.COMMITTEE)
    assert [row.cells[at] for row in matrix.rows] == [Cell(1, 1, 0), Cell(0, 1, 0)]
    assert (matrix.total[at], matrix.total[at].unsound) == (Cell(1, 2, 0), 1)


def test_a_cells_state_is_full_part_or_gap() -> None:
    assert [Cell(done, 5, 0).state for done in (5, 4, 3)] == ["full", "part", "gap"]
    assert Cell(0, 0, 0).state == ""


def test_a_village_is_measured_by_its_own_law(town: stage.Town) -> None:
    stage.full_committee(town.village, members=3)
    (row,) = queries.matrix_of(town.hamlet, TODAY).rows
    cells = dict(zip(queries.matrix_of(town.hamlet, TODAY).groups, row.cells, strict=True))
    assert cells[Group.COMMITTEE] == Cell(1, 1, 0)
    assert cells[Group.WORKSTATION] == Cell(0, 0, 0)
    assert row.total == Cell(1, 6, 5)


def test_what_is_lacking_is_listed_with_its_rule_for_bodies_that_are_due(town: stage.Town) -> None:
    stage.body("resident_unit", town.east, name="湖东路小学")
    stage.body("party_branch", town.east)
    lacking = [(one.kind, one.code) for one in queries.matrix_of(town.east, TODAY).lacking[town.east.path]]
    assert ("party_branch", "body.vacant") in lacking
    assert len(lacking) == 15
    assert "resident_unit" not in {kind for kind, _code in lacking}


def test_a_rule_of_the_district_counts_in_the_district(town: stage.Town) -> None:
    from linli.ground.completeness.queries.rosters import Survey

    survey = Survey([town.east, town.west, town.village], TODAY)
    assert survey.norms_at(town.east.path) is survey.norms_at(town.village.path)


def test_the_matrix_costs_the_same_for_one_community_and_for_all(town: stage.Town) -> None:
    for place in (town.east, town.west, town.village):
        stage.full_committee(place)
    with CaptureQueriesContext(connection) as one:
        queries.matrix_of(town.east, TODAY)
    with CaptureQueriesContext(connection) as every:
        queries.matrix_of(town.city, TODAY)
    assert len(one) == len(every) <= 10
