"""The pages: what everybody sees, and how keepers set up, appoint, end and dissolve."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from linli.ground.organisations.models import Body, Holding

from . import town as stage
from .town import text

TODAY = date(2026, 11, 23)


def test_everybody_finds_a_community_and_the_citys_offices(town: stage.Town, browser: Client) -> None:
    stage.body("reviewing_office", town.city)
    page = text(browser.get("/organisations/"))
    assert f'href="{town.east.get_absolute_url()}"' in page
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


def test_a_body_shows_its_posts_and_leads_to_its_place(town: stage.Town, browser: Client) -> None:
    committee = stage.full_committee(town.east)
    page = text(browser.get(committee.get_absolute_url()))
    assert "李某某" in page
    assert f'href="{town.east.get_absolute_url()}"' in page
    assert "End the term" not in page
    assert browser.get("/organisations/NOTTHERE/").status_code == 404


def test_a_body_is_set_up_in_ones_own_places_only(officer: Client) -> None:
    for other in ("150302101201", "1503", "999"):
        assert officer.get(f"/organisations/set-up/{other}/residents_committee/").status_code == 404


def test_set_up_from_the_gap_to_the_empty_posts(town: stage.Town, officer: Client) -> None:
    address = "/organisations/set-up/150302007001/residents_committee/"
    assert "湖东社区居民委员会" in text(officer.get(address))
    refused = officer.post(address, {"name": "", "short_name": "x" * 41, "founded_on": "yesterday"})
    assert refused.status_code == 422
    future = officer.post(address, {"name": "湖东", "short_name": "湖东", "founded_on": "2030-01-01"})
    assert (future.status_code, "This day is still to come." in text(future)) == (422, True)
    typed = {"name": "湖东社区居民委员会", "short_name": "湖东居委会", "founded_on": "2026-11-20"}
    answer = officer.post(address, typed)
    body = Body.objects.get(kind__code="residents_committee")
    assert (answer.status_code, answer["Location"]) == (302, body.get_absolute_url())
    again = officer.post(address, typed)
    assert (again.status_code, "such a body already" in text(again)) == (422, True)
    assert officer.get("/organisations/set-up/150302007001/villagers_committee/").status_code == 404
    assert officer.get("/organisations/set-up/150302007001/association/").status_code == 200


def test_appoint_a_person_found_by_name(town: stage.Town, officer: Client) -> None:
    committee = stage.body("residents_committee", town.east)
    chair = committee.posts.get(code="chair")
    person = stage.resident(town.east, "李梅兰", phone="13900000001")
    address = f"/organisations/posts/{chair.pk}/appoint/"
    assert "李某某" not in text(officer.get(address))
    assert "Nobody of this name or phone is on record" in text(officer.get(address, {"q": "李梅"}))
    found = text(officer.get(address, {"q": "李梅兰"}))
    assert "李某某 · 139****0001 · 湖东社区" in found
    assert "22 Nov 2031" in found
    typed = {"q": "李梅兰", "person": person.pk, "how": "elected", "begins_on": "2026-11-23", "ends_on": "2040-01-01"}
    late = officer.post(address, typed)
    assert (late.status_code, "at the latest" in text(late)) == (422, True)
    done = officer.post(address, typed | {"ends_on": ""})
    assert done["Location"] == committee.get_absolute_url()
    assert Holding.objects.get(post=chair).person == person


def test_a_newcomer_is_entered_and_appointed_at_once(town: stage.Town, officer: Client) -> None:
    committee = stage.body("residents_committee", town.east)
    address = f"/organisations/posts/{committee.posts.get(code='chair').pk}/appoint/"
    asked = text(officer.get(address, {"q": "李秀英"}))
    assert 'name="new-name" value="李秀英"' in asked
    typed = {"q": "李秀英", "new": "1", "new-name": "李秀英", "new-how": "elected", "new-begins_on": "2026-11-23"}
    short = officer.post(address, typed | {"new-phone": "1380000001"})
    assert (short.status_code, 'value="1380000001"' in text(short)) == (422, True)
    done = officer.post(address, typed | {"new-phone": "138 0000 0001", "new-sex": "female"})
    assert done["Location"] == committee.get_absolute_url()
    person = Holding.objects.get(post__body=committee).person
    assert (person.name, person.place, person.sex, person.source) == ("李秀英", None, "female", "staff")


def test_a_newcomer_whose_phone_is_known_is_found_by_it_instead(town: stage.Town, officer: Client) -> None:
    stage.resident(town.west, "李梅兰", phone="13900000001")
    chair = stage.body("residents_committee", town.east).posts.get(code="chair")
    typed = {"q": "李兰", "new": "1", "new-name": "李兰", "new-phone": "13900000001", "new-how": "elected"}
    refused = officer.post(f"/organisations/posts/{chair.pk}/appoint/", typed | {"new-begins_on": "2026-11-23"})
    assert (refused.status_code, "find the person by the number" in text(refused)) == (422, True)
    assert not Holding.objects.filter(post=chair).exists()


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
