"""The pages: what everybody sees, and how keepers set up, appoint, end and dissolve."""

import io
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.organisations import actions
from linli.ground.organisations.models import Body, Holding
from linli.ground.people.models import Account
from linli.ground.people.sessions import SEEN, STRONG

from . import town as stage

TODAY = date(2026, 11, 23)


def enter(browser: Client, account: Account) -> None:
    """Sign in with two factors."""
    session = browser.session
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[STRONG], session[SEEN] = True, int(clock.now().timestamp())
    session.save()


@pytest.fixture
def officer(town: stage.Town, browser: Client) -> Client:
    """The browser of an officer of 滨河街道."""
    account, person = stage.staff(None, "赵明")
    office = stage.body("subdistrict_office", town.office)
    stage.appointed(office.posts.get(code="officer"), person)
    enter(browser, account)
    return browser


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_everybody_finds_a_community_and_the_citys_offices(town: stage.Town, browser: Client) -> None:
    stage.body("reviewing_office", town.city)
    page = text(browser.get("/organisations/"))
    assert "湖东社区" in page
    assert "乌海市社区工作准入联席会议办公室" in page
    assert "湖西社区" not in text(browser.get("/organisations/?q=湖东"))
    assert "No community of this name" in text(browser.get("/organisations/?q=纽约"))


@pytest.mark.django_db
def test_without_a_city_the_pages_say_so(settings: Any, tmp_path: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    assert "No city is open yet" in text(Client(headers={"accept-language": "en"}).get("/organisations/"))


def test_the_chart_shows_surnames_and_gaps_never_names(town: stage.Town, browser: Client) -> None:
    chair = stage.resident(town.east, "李梅兰")
    stage.body("residents_committee", town.east, [stage.seat("chair", chair)])
    page = text(browser.get("/organisations/place/150302007001/"))
    assert "主任 李某某" in page
    assert "李梅兰" not in page
    assert "c-org__node--gap" in page
    assert "missing, the law asks for it" in page
    assert "missing, the city asks for it" in page
    assert "set_up" not in page


def test_a_chart_page_stays_within_twelve_queries(town: stage.Town, browser: Client) -> None:
    stage.full_committee(town.east)
    with CaptureQueriesContext(connection) as asked:
        browser.get("/organisations/place/150302007001/")
    assert len(asked) <= 12


def test_places_above_lead_to_their_matrix_others_to_nothing(town: stage.Town, browser: Client) -> None:
    answer = browser.get("/organisations/place/150302007/")
    assert (answer.status_code, answer["Location"]) == (302, "/organisations/completeness/?under=150302007")
    assert browser.get("/organisations/place/999/").status_code == 404
    assert "no self-government" in text(browser.get("/organisations/place/150302400498/"))


def test_a_body_shows_its_findings_with_the_article(town: stage.Town, browser: Client) -> None:
    committee = stage.full_committee(town.east, members=4)
    page = text(browser.get(committee.get_absolute_url()))
    assert "4 members; at least 5 are needed." in page
    assert "第八条" in page
    assert "End the term" not in page
    assert browser.get("/organisations/NOTTHERE/").status_code == 404


def test_the_matrix_drills_down_and_stays_inside_the_city(town: stage.Town, browser: Client) -> None:
    assert "海勃湾区" in text(browser.get("/organisations/completeness/"))
    assert "/organisations/place/150302007001/" in text(browser.get("/organisations/completeness/?under=150302007"))
    assert "No communities here" in text(browser.get("/organisations/completeness/?under=150302400"))
    for wrong in ("15", "999", "150302007999", "'; DROP"):
        assert browser.get("/organisations/completeness/", {"under": wrong}).status_code == 404


def test_the_spreadsheet_has_every_community_and_no_formula(town: stage.Town, browser: Client) -> None:
    stage.full_committee(town.east)
    answer = browser.get("/organisations/completeness.xlsx")
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
    assert "第三十六条" in str(rows[1][-1])
    assert not [value for row in rows for value in row if str(value)[:1] in "=+-@"]


def test_a_keepers_desk_opens_only_to_keepers(town: stage.Town, browser: Client, officer: Client) -> None:
    assert "湖东社区" in text(officer.get("/organisations/manage/"))
    assert officer.get("/organisations/manage/150302007001/").status_code == 200
    for other in ("150302101201", "1503", "999"):
        assert officer.get(f"/organisations/manage/{other}/").status_code == 404
    browser.logout()
    assert browser.get("/organisations/manage/").status_code == 302


def test_a_chair_comes_straight_to_the_own_community(town: stage.Town, browser: Client) -> None:
    account, person = stage.staff(town.east)
    stage.appointed(stage.body("residents_committee", town.east).posts.get(code="chair"), person)
    enter(browser, account)
    assert browser.get("/organisations/manage/")["Location"] == "/organisations/manage/150302007001/"


def test_an_administrator_keeps_the_whole_city(town: stage.Town, browser: Client) -> None:
    account, _person = stage.staff(None)
    actions.make_administrator(account=account, body=stage.body("city_government", town.city), by=SYSTEM)
    enter(browser, account)
    assert "海勃湾区" in text(browser.get("/organisations/manage/"))
    assert "市人民政府" in text(browser.get("/organisations/manage/1503/"))


def test_set_up_from_the_gap_to_the_empty_posts(town: stage.Town, officer: Client) -> None:
    address = "/organisations/manage/150302007001/residents_committee/"
    assert "湖东社区居民委员会" in text(officer.get(address))
    refused = officer.post(address, {"name": "", "short_name": "x" * 41, "founded_on": "yesterday"})
    assert refused.status_code == 422
    typed = {"name": "湖东社区居民委员会", "short_name": "湖东居委会", "founded_on": "2026-11-20"}
    answer = officer.post(address, typed)
    body = Body.objects.get(kind__code="residents_committee")
    assert (answer.status_code, answer["Location"]) == (302, body.get_absolute_url())
    again = officer.post(address, typed)
    assert (again.status_code, "such a body already" in text(again)) == (422, True)
    assert officer.get("/organisations/manage/150302007001/villagers_committee/").status_code == 404
    assert officer.get("/organisations/manage/150302007001/association/").status_code == 200


def test_appoint_a_person_found_by_name(town: stage.Town, officer: Client) -> None:
    committee = stage.body("residents_committee", town.east)
    chair = committee.posts.get(code="chair")
    person = stage.resident(town.east, "李梅兰", phone="13900000001")
    address = f"/organisations/posts/{chair.pk}/appoint/"
    assert "李某某" not in text(officer.get(address))
    assert "Nobody of this name" in text(officer.get(address, {"q": "李梅"}))
    found = text(officer.get(address, {"q": "李梅兰"}))
    assert "李某某 · 139****0001 · 湖东社区" in found
    assert "November 22, 2031" in found or "Nov. 22, 2031" in found
    typed = {"q": "李梅兰", "person": person.pk, "how": "elected", "begins_on": "2026-11-23", "ends_on": "2040-01-01"}
    late = officer.post(address, typed)
    assert (late.status_code, "at the latest" in text(late)) == (422, True)
    done = officer.post(address, typed | {"ends_on": ""})
    assert done["Location"] == committee.get_absolute_url()
    assert Holding.objects.get(post=chair).person == person


def test_nobody_is_appointed_who_was_not_found(town: stage.Town, officer: Client) -> None:
    chair = stage.body("residents_committee", town.east).posts.get(code="chair")
    stranger = stage.resident(town.village, "王强")
    typed = {"q": "王强", "person": stranger.pk, "how": "elected", "begins_on": "2026-11-23"}
    assert officer.post(f"/organisations/posts/{chair.pk}/appoint/", typed).status_code == 422
    assert not Holding.objects.filter(post=chair).exists()


def test_end_a_term_with_day_and_reason(town: stage.Town, officer: Client) -> None:
    committee = stage.body("residents_committee", town.east)
    holding = stage.appointed(committee.posts.get(code="chair"), stage.resident(town.east, "李梅兰"))
    address = f"/organisations/holdings/{holding.pk}/end/"
    assert "李某某" in text(officer.get(address))
    assert officer.post(address, {}).status_code == 422
    early = officer.post(address, {"on": "2025-01-01", "why": "resigned"})
    assert (early.status_code, "before the first" in text(early)) == (422, True)
    assert officer.post(address, {"on": "2026-11-23", "why": "resigned"})["Location"] == committee.get_absolute_url()
    holding.refresh_from_db()
    assert (holding.ends_on, holding.why_ended) == (TODAY, "resigned")


def test_rename_and_dissolve_with_a_confirmation(town: stage.Town, officer: Client) -> None:
    body = stage.body("association", town.east, name="合唱团")
    assert "Dissolve" in text(officer.get(body.get_absolute_url()))
    rename = f"/organisations/{body.reference}/rename/"
    assert officer.get(rename).status_code == 200
    assert officer.post(rename, {"name": "", "short_name": ""}).status_code == 422
    assert officer.post(rename, {"name": "红石榴合唱团", "short_name": "红石榴"}).status_code == 302
    address = f"/organisations/{body.reference}/dissolve/"
    assert "红石榴" in text(officer.get(address))
    assert officer.post(address, {"on": "2026-11-23"}).status_code == 422
    early = officer.post(address, {"on": "2019-01-01", "sure": "on"})
    assert (early.status_code, "before it was founded" in text(early)) == (422, True)
    assert officer.post(address, {"on": "2026-11-23", "sure": "on"}).status_code == 302
    page = text(officer.get(body.get_absolute_url()))
    assert "was dissolved on" in page
    assert "Rename" not in page


def test_another_sub_districts_bodies_are_not_there_to_manage(town: stage.Town, officer: Client) -> None:
    committee = stage.body("villagers_committee", town.village)
    holding = stage.appointed(committee.posts.get(code="chair"), stage.resident(town.village))
    assert officer.get(f"/organisations/posts/{holding.post_id}/appoint/").status_code == 404
    assert officer.get(f"/organisations/holdings/{holding.pk}/end/").status_code == 404
    assert (
        officer.post(f"/organisations/holdings/{holding.pk}/end/", {"on": "2026-11-23", "why": "resigned"}).status_code
        == 404
    )
    for verb in ("rename", "dissolve"):
        assert officer.get(f"/organisations/{committee.reference}/{verb}/").status_code == 403


def test_a_person_with_two_posts_chooses_one(town: stage.Town, browser: Client) -> None:
    account, person = stage.staff(town.east)
    chair = stage.appointed(stage.body("residents_committee", town.east).posts.get(code="chair"), person)
    seat = stage.appointed(stage.body("deliberation_council", town.east).posts.get(code="member"), person)
    other = stage.appointed(
        stage.body("residents_committee", town.west).posts.get(code="chair"), stage.resident(town.west)
    )
    enter(browser, account)
    page = text(browser.get("/organisations/act-as/"))
    assert "湖东社区居委会 · 主任" in page
    assert browser.post(f"/organisations/act-as/{seat.pk}/").status_code == 302
    assert browser.session["post"] == ref(seat)
    assert browser.get("/organisations/manage/").status_code == 403
    assert browser.post(f"/organisations/act-as/{chair.pk}/").status_code == 302
    assert browser.get("/organisations/manage/").status_code == 302
    assert browser.post(f"/organisations/act-as/{other.pk}/").status_code == 404
    assert browser.get(f"/organisations/act-as/{seat.pk}/").status_code == 405


def test_a_resident_without_a_post_is_told_so(town: stage.Town, browser: Client) -> None:
    account, _person = stage.staff(town.east)
    enter(browser, account)
    assert "You hold no post" in text(browser.get("/organisations/act-as/"))
