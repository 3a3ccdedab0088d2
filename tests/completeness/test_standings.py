"""The keepers' page of a place says first what is to be seen to, and folds the rest; a chart says how many live there."""

from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.ground.authority.actors import SYSTEM
from linli.ground.completeness import queries
from linli.ground.completeness.queries.charts import Living
from linli.ground.kinds.models import Group
from tests.organisations import town as stage
from tests.organisations.town import text

TODAY = date(2026, 11, 23)


def test_what_is_to_be_seen_to_comes_first_and_every_group_has_one_fold(town: stage.Town, officer: Client) -> None:
    stage.full_committee(town.east)
    for number in range(40):
        stage.body("association", town.east, name=f"第{number}合唱团")
    found = {one.group: one for one in queries.standings_of(town.east, TODAY)["groups"]}  # type: ignore[attr-defined]
    assert (found[Group.COMMITTEE].standing, found[Group.COMMITTEE].faulty) == (1, 0)
    assert (found[Group.ASSOCIATION].standing, found[Group.PARTY].faulty) == (40, 2)
    page = text(officer.get(f"/completeness/manage/{town.east.path}/"))
    assert page.count('id="group-association"') == 1
    assert page.index("to see to") < page.index("Everything by group")


def test_a_long_list_costs_no_more_queries(town: stage.Town) -> None:
    counts = []
    for number in (1, 30):
        for one in range(number):
            stage.body("association", town.west, name=f"第{number}-{one}队")
        with CaptureQueriesContext(connection) as asked:
            queries.standings_of(town.west, TODAY)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_how_many_live_here_is_one_sentence_of_what_is_known(town: stage.Town, browser: Client) -> None:
    assert Living(3120, 6046, 4).sentence == "3,120 households, 6,046 adult residents, 4 grids."
    assert Living(None, None, 1).sentence == "1 grid."
    assert Living(None, None, 0).sentence == ""
    town.east.draw_grid(name="第一网格", by=SYSTEM)
    assert "1 grid." in text(browser.get(f"/completeness/{town.east.path}/"))


def test_an_election_committee_stands_in_the_chart_and_is_kept_from_above(town: stage.Town, browser: Client) -> None:
    stage.body("election_committee", town.east)
    chart = queries.chart_of(town.east, TODAY)
    assert "election_committee" in [node.kind.code for node in chart.bodies]
    assert browser.get(f"/completeness/{town.east.path}/").status_code == 200
