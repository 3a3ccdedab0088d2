"""A need is about something: a field at least, a category if it is found, and what that category asks."""

import pytest
from cases.conftest import NEED, PHONE, Town, visitor
from django.test import Client

from linli.flows.cases.models import Case

LAMP = {"category": "street-light", "asked_extent": "几盏"}


def test_without_a_category_the_field_s_own_takes_it(town: Town) -> None:
    visitor(PHONE).post("/cases/report/", NEED)
    assert (Case.objects.get().category.code, Case.objects.get().answers) == ("surroundings-other", {})


def test_a_category_asks_and_the_answers_stand_on_the_page(town: Town) -> None:
    browser = visitor(PHONE)
    page = browser.post("/cases/report/", NEED | {"category": "street-light"})
    assert (page.status_code, "不亮的有多少" in page.text, "整条路" in page.text) == (422, True, True)
    assert browser.post("/cases/report/", NEED | LAMP | {"asked_pole": "A-12"}).status_code == 302
    case = Case.objects.get()
    assert case.answers == {"extent": "几盏", "pole": "A-12"}
    case.refresh_from_db()
    assert [answer for _question, answer in case.said] == ["几盏", "A-12"], "in the order of the questions"
    assert ("不亮的有多少" in (text := browser.get(f"/cases/{case.reference}/").text), "A-12" in text) == (True, True)


def test_who_comes_with_words_and_a_category_finds_them_filled_in(town: Town) -> None:
    page = visitor(PHONE).get("/cases/report/?field=surroundings&category=street-light&text=路灯").text
    assert ("不亮的有多少" in page, ">路灯</textarea>" in page.replace("\n", "")) == (True, True)
    assert '<option value="street-light" selected>' in page
    assert visitor(PHONE).get("/cases/report/?field=x&category=y&text=%00&place=z").status_code == 200


def test_a_search_leads_to_the_form_of_what_was_looked_for(town: Town) -> None:
    page = visitor(PHONE).get("/search/?q=井盖").text
    assert ("可以反映的问题" in page, "&amp;category=manhole" in page) == (True, True)
    assert "可以反映的问题" not in town.client("worker").get("/search/?q=井盖").text


def test_a_category_of_another_field_is_a_slip(town: Town) -> None:
    page = visitor(PHONE).post("/cases/report/", NEED | LAMP | {"field": "health"})
    assert (page.status_code, "“路灯照明”属于" in page.text, Case.objects.count()) == (422, True, 0)


def test_an_answer_that_is_not_offered_is_refused(town: Town) -> None:
    page = visitor(PHONE).post("/cases/report/", NEED | LAMP | {"asked_extent": "<script>"})
    assert (page.status_code, Case.objects.count()) == (422, 0)


@pytest.mark.django_db
def test_the_questions_come_when_a_category_is_chosen() -> None:
    page = Client().get("/cases/report/questions/?category=street-light").text
    assert ("不亮的有多少" in page, 'name="asked_extent"' in page) == (True, True)
    for nothing in ("", "?category=", "?category=nothing", "?category=waste"):
        assert "name=" not in Client().get(f"/cases/report/questions/{nothing}").text
