"""The pages: the chart, the matrix and its spreadsheet, and what keepers see of their places."""

import io
from datetime import date
from typing import Any

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from linli.ground.authority.actors import SYSTEM
from linli.ground.completeness import queries
from linli.ground.completeness.forms import SetUpMissingForm
from linli.ground.kinds.queries import Due
from linli.ground.organisations import actions
from linli.ground.organisations.models import Body
from linli.ground.places.models import Place
from tests.factories.people import sign_in
from tests.factories.races import just_before
from tests.organisations import town as stage
from tests.organisations.town import text

TODAY = date(2026, 11, 23)
OFFICES = ["subdistrict_office", "town_government"]


def ticked(page: Any) -> dict[str, Any]:
    """What a browser sends from the form of what is missing as it stands."""
    form = page.context["form"]
    return {one.name: one.value() for one in form.ticks} | {"founded_on": "2026-11-23"}


def test_the_chart_shows_surnames_and_gaps_never_names(town: stage.Town, browser: Client) -> None:
    chair = stage.resident(town.east, "李梅兰")
    stage.body("residents_committee", town.east, [stage.seat("chair", chair)])
    page = text(browser.get("/completeness/150302007001/"))
    assert "主任 李某某" in page
    assert "李梅兰" not in page
    assert "c-org__node--gap" in page
    assert "missing, the law asks for it" in page
    assert "missing, the city asks for it" in page
    assert "set_up" not in page


def test_a_chart_page_stays_within_twelve_queries(town: stage.Town, browser: Client) -> None:
    stage.full_committee(town.east)
    with CaptureQueriesContext(connection) as asked:
        browser.get("/completeness/150302007001/")
    assert len(asked) <= 12


def test_places_above_lead_to_their_matrix_others_to_nothing(town: stage.Town, browser: Client) -> None:
    answer = browser.get("/completeness/150302007/")
    assert (answer.status_code, answer["Location"]) == (302, "/completeness/?under=150302007")
    assert browser.get("/completeness/999/").status_code == 404
    assert "no self-government" in text(browser.get("/completeness/150302400498/"))


def test_a_bodys_page_shows_its_findings_with_the_article(town: stage.Town, browser: Client) -> None:
    page = text(browser.get(stage.full_committee(town.east, members=4).get_absolute_url()))
    assert "What the rules find" in page
    assert "4 members; at least 5 are needed." in page
    assert "第八条" in page
    sound = text(browser.get(stage.full_committee(town.west).get_absolute_url()))
    assert "What the rules find" not in sound


def test_the_matrix_drills_down_and_stays_inside_the_city(town: stage.Town, browser: Client) -> None:
    assert "海勃湾区" in text(browser.get("/completeness/"))
    assert "/completeness/150302007001/" in text(browser.get("/completeness/?under=150302007"))
    assert "No communities here" in text(browser.get("/completeness/?under=150302400"))
    for wrong in ("15", "999", "150302007999", "'; DROP"):
        assert browser.get("/completeness/", {"under": wrong}).status_code == 404


def test_the_spreadsheet_has_every_community_and_no_formula(town: stage.Town, browser: Client) -> None:
    stage.full_committee(town.east)
    answer = browser.get("/completeness/export.xlsx")
    assert answer["Content-Disposition"].startswith('attachment; filename="completeness.xlsx"')
    (sheet,) = load_workbook(io.BytesIO(answer.content)).worksheets
    rows = [[cell.value for cell in line] for line in sheet]
    assert [row[1] for row in rows[1:]] == [
        "海勃湾区滨河街道湖东社区",
        "海勃湾区滨河街道湖西社区",
        "海勃湾区千里山镇王元地村",
    ]
    assert rows[1][4:6] == ["1/1", "0/1 · 1 missing"]
    assert rows[3][9] == "—"
    assert len(str(rows[1][-1]).splitlines()) == 14
    assert "health committee has not been set up. " in str(rows[1][-1])
    assert "第三十六条" in str(rows[1][-1])
    assert not [value for row in rows for value in row if str(value)[:1] in "=+-@"]


def test_a_keepers_desk_opens_only_to_keepers(town: stage.Town, browser: Client, officer: Client) -> None:
    assert "湖东社区" in text(officer.get("/completeness/manage/"))
    assert officer.get("/completeness/manage/150302007001/").status_code == 200
    for other in ("150302101201", "1503", "999"):
        assert officer.get(f"/completeness/manage/{other}/").status_code == 404
    browser.logout()
    assert browser.get("/completeness/manage/").status_code == 302


def test_a_chair_comes_straight_to_the_own_community(town: stage.Town, browser: Client) -> None:
    account, person = stage.staff(town.east)
    stage.appointed(stage.body("residents_committee", town.east).posts.get(code="chair"), person)
    sign_in(browser, account)
    assert browser.get("/completeness/manage/")["Location"] == "/completeness/manage/150302007001/"


def test_an_administrator_keeps_the_whole_city(town: stage.Town, browser: Client) -> None:
    account, _person = stage.staff(None)
    actions.make_administrator(account=account, body=stage.body("city_government", town.city), by=SYSTEM)
    sign_in(browser, account)
    assert "海勃湾区" in text(browser.get("/completeness/manage/"))
    assert "市人民政府" in text(browser.get("/completeness/manage/1503/"))
    district = text(browser.get("/completeness/manage/", {"under": "150302"}))
    assert ("滨河街道" in district, 'href="/completeness/manage/?under=1503"' in district) == (True, True)
    assert "湖东社区" in text(browser.get("/completeness/manage/", {"under": "150302007"}))
    assert browser.get("/completeness/manage/", {"under": "150302007001"}).status_code == 302
    assert browser.get("/completeness/manage/", {"under": "11"}).status_code == 404


def test_a_sub_district_is_offered_its_office_and_a_town_its_government(town: stage.Town, browser: Client) -> None:
    account, person = stage.staff(None)
    city = stage.body("city_government", town.city)
    stage.appointed(city.posts.get(code="administrator"), person)
    sign_in(browser, account)
    kinds = {
        place.path: text(browser.get(f"/completeness/manage/{place.path}/")) for place in (town.office, town.hamlet)
    }
    offered = {path: [code for code in OFFICES if f"/{path}/{code}/" in page] for path, page in kinds.items()}
    assert offered == {"150302007": ["subdistrict_office"], "150302101": ["town_government"]}
    zone = text(browser.get("/completeness/manage/150302400/"))
    assert [code for code in OFFICES if f"/150302400/{code}/" in zone] == OFFICES
    assert browser.get("/organisations/set-up/150302007/town_government/").status_code == 404


def test_a_body_of_a_kind_that_has_no_business_there_is_still_shown(town: stage.Town) -> None:
    office = stage.body("subdistrict_office", town.office)
    Body.objects.filter(pk=office.pk).update(kind=stage.body("town_government", town.hamlet).kind)
    shown = [(one.kind.code, one.body) for one in queries.standing_at(town.office, TODAY)]
    assert shown == [("subdistrict_office", None), ("town_government", office)]


def test_an_officer_does_not_climb_above_the_own_place(town: stage.Town, officer: Client) -> None:
    assert officer.get("/completeness/manage/", {"under": "150302101"}).status_code == 404
    assert '?under=150302"' not in text(officer.get("/completeness/manage/150302007001/"))


def test_the_spreadsheet_says_which_body_a_finding_is_about(town: stage.Town, browser: Client) -> None:
    over = stage.seat("chair", stage.resident(town.east), stage.date(2021, 1, 10), stage.date(2026, 3, 9))
    stage.body("subcommittee_health", town.east, [over])
    (sheet,) = load_workbook(io.BytesIO(browser.get("/completeness/export.xlsx").content)).worksheets
    lacking = str(sheet.cell(2, sheet.max_column).value).splitlines()
    assert [line for line in lacking if "Mar 2026" in line] == [
        "public health committee: The term ended on 9 Mar 2026 and nobody has followed. 城市居民委员会组织法 第九条"
    ]


def test_a_chair_sets_up_what_the_community_lacks_but_not_those_above(town: stage.Town, browser: Client) -> None:
    account, person = stage.staff(town.east)
    committee = stage.body("residents_committee", town.east)
    stage.appointed(committee.posts.get(code="chair"), person)
    watchers = stage.body("supervision_committee", town.east)
    sign_in(browser, account)
    page = text(browser.get("/completeness/manage/150302007001/"))
    assert "Set up what is missing here: 8 bodies" in page
    assert ("everywhere below" in page, "the office above sets it up" in page) == (False, True)
    assert "/organisations/set-up/150302007001/party_branch/" not in page
    assert browser.get("/organisations/set-up/150302007001/party_branch/").status_code == 403
    chart = text(browser.get("/completeness/150302007001/"))
    assert ("subcommittee_health/" in chart, "party_branch/" in chart) == (True, False)
    sheet = text(browser.get(watchers.get_absolute_url()))
    assert ("Only the office above changes the record" in sheet, "Rename" in sheet, "Fill the post" in sheet) == (
        *(True, False, False),
    )
    address = "/completeness/manage/150302007001/set-up-missing/"
    form = browser.get(address)
    assert "湖东社区工作站" in text(form)
    for wrong in ("", "2030-01-01"):
        assert browser.post(address, ticked(form) | {"founded_on": wrong}).status_code == 422
    done = browser.post(address, ticked(form), follow=True)
    assert done.redirect_chain == [("/completeness/manage/150302007001/", 302)]
    assert "8 bodies are set up:" in text(done)
    assert Body.objects.get(kind__code="workstation", place=town.east).parent == committee
    assert "Nothing is missing here" in text(browser.get(address))


def test_an_officer_sets_up_everything_below_at_once_after_seeing_how_much(town: stage.Town, officer: Client) -> None:
    assert "everywhere below" in text(officer.get("/completeness/manage/150302007/"))
    address = "/completeness/manage/150302007/set-up-missing/?below=1"
    page = text(officer.get(address))
    assert "28 bodies are missing in 2 places" in page
    done = officer.post(address, ticked(officer.get(address)), follow=True)
    assert done.redirect_chain == [("/completeness/manage/?under=150302007", 302)]
    told = text(done)
    first = Body.objects.under("150302007001").order_by("pk")[0]
    assert f'28 bodies are set up: <a href="{first.get_absolute_url()}">{first.name}</a>' in told
    assert "and 16 more." in told
    assert Body.objects.under("150302007").count() == 29
    for other in ("150302101", "1503", "999"):
        assert officer.get(f"/completeness/manage/{other}/set-up-missing/").status_code == 404


def test_who_sets_up_a_moment_later_than_somebody_else_is_told(town: stage.Town, officer: Client) -> None:
    address = "/completeness/manage/150302007001/set-up-missing/"
    form = ticked(officer.get(address))
    with just_before('INSERT INTO "organisations_body"', lambda: stage.body("workstation", town.east)):
        late = officer.post(address, form)
    assert (late.status_code, late.context["form"]["founded_on"].value()) == (422, "2026-11-23")
    assert late.context["form"].non_field_errors() == ["This place has such a body already."]
    assert not Body.objects.under("150302007001").exists()


def test_what_is_not_ticked_is_not_set_up(town: stage.Town, officer: Client) -> None:
    address = "/completeness/manage/150302007/set-up-missing/?below=1"
    form = ticked(officer.get(address))
    assert sorted(form) == ["at150302007001", "at150302007002", "founded_on"]
    none = officer.post(address, {"founded_on": "2026-11-23"})
    assert (none.status_code, "Tick at least one body" in text(none)) == (422, True)
    kept = [key for key in form["at150302007001"] if "residents_committee" in key]
    typed = {"at150302007001": kept, "founded_on": ""}
    (again,) = [one for one in officer.post(address, typed).context["form"].ticks if one.name == "at150302007001"]
    assert (again.value(), len(again.field.choices)) == (kept, 14)
    officer.post(address, typed | {"founded_on": "2026-11-23"})
    assert [body.kind.code for body in Body.objects.under("150302007001")] == ["residents_committee"]


def test_a_second_tab_is_told_that_nothing_was_left(town: stage.Town, officer: Client) -> None:
    address = "/completeness/manage/150302007001/set-up-missing/"
    form = ticked(officer.get(address))
    officer.post(address, form)
    second = officer.post(address, form, follow=True)
    assert "Nothing was left to set up" in text(second)
    assert "0 bodies" not in text(second)
    assert Body.objects.under("150302007001").count() == 14


def test_very_many_are_ticked_by_kind_and_by_place(town: stage.Town) -> None:
    kinds = [stage.body(code, town.east).kind for code in ("residents_committee", "workstation")]
    places = [Place(path=f"150302007{number:03}", name=f"第{number}社区") for number in range(1, 402)]
    missing = [Due(place, kind, place.name, place.name) for place in places for kind in kinds]
    form = SetUpMissingForm(missing=missing)
    assert [(one.name, len(one.value())) for one in form.ticks] == [("kinds", 2), ("at", 401)]
    sent = QueryDict("founded_on=2026-11-23&kinds=workstation&at=150302007002&at=150302007009")
    form = SetUpMissingForm(sent, missing=missing)
    assert form.is_valid()
    assert form.cleaned_data["keys"] == {"150302007002.workstation.", "150302007009.workstation."}
    assert not SetUpMissingForm(QueryDict("founded_on=2026-11-23&at=150302007002"), missing=missing).is_valid()


def test_a_list_of_what_is_missing_costs_the_same_for_one_place_and_for_many(town: stage.Town, officer: Client) -> None:
    asked = []
    for address in ("150302007001/set-up-missing/", "150302007/set-up-missing/?below=1"):
        with CaptureQueriesContext(connection) as queried:
            officer.get(f"/completeness/manage/{address}")
        asked.append(len(queried))
    assert asked[1] - asked[0] <= 1
    assert max(asked) <= 14
