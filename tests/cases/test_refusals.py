"""Who comes to a door of another post is told which posts open it, which of theirs do, and who fills them."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.authority.actors import Person as Asking
from linli.ground.authority.roles import RoleCode
from linli.ground.organisations.actions import Appointment, appoint
from linli.ground.organisations.models import How
from linli.ground.organisations.queries.actors import POST
from linli.ground.people.models import Account, Person
from linli.ground.people.queries import contact_of
from linli.ground.ui.page_facts import PostFacts, post_facts
from tests.factories.people import sign_in

from .conftest import PHONE, Town

ANNOUNCE, SET_UP = "/calendar/announce/", "/completeness/manage/"
WORDS = re.compile(r"<[^>]+>")


def refused(client: Client, address: str) -> tuple[str, str]:
    """The text of the page that refuses, without its tags, and its markup."""
    answer = client.get(address)
    assert answer.status_code == 403
    main = answer.text.partition("<main")[2].partition("</main")[0]
    return WORDS.sub("", main), main


def also(town: Town, name: str, kind: str, path: str, code: str) -> None:
    """Let one of the staff hold a second post."""
    person = town.people[name][0].person
    assert person is not None
    post = town.bodies[kind, path].posts.get(code=code)
    appoint(Appointment(post, person, date(2026, 1, 1), None, How.APPOINTED), by=SYSTEM)


def test_the_page_names_the_posts_that_may_and_who_fills_them(town: Town) -> None:
    text, main = refused(town.client("worker"), ANNOUNCE)
    assert all(f"“{role.label}”" in text for role in (RoleCode.REVIEWER, RoleCode.ADMINISTRATOR))
    assert "滨河街道办事处 · 工作人员" in text
    assert town.bodies["subdistrict_office", "150302006"].get_absolute_url() in main
    assert ('href="/desk/"' in main, "您还担任" in text) == (True, False)


@pytest.mark.parametrize("address", [ANNOUNCE, SET_UP])
def test_chinese_sentences_have_no_blank_after_their_full_stop_or_colon(town: Town, address: str) -> None:
    also(town, "worker", "residents_committee", "150302006001", "member")
    text, _main = refused(town.client("worker"), address)
    assert "您还担任：" in text
    assert re.findall(r"[。：；，”][ \u3000]", text) == []


def test_in_english_sentences_are_apart(town: Town) -> None:
    client = town.client("worker")
    client.cookies["django_language"] = "en"
    text, _main = refused(client, ANNOUNCE)
    assert re.findall(r"[a-z”][.:][A-Z“]", text) == []


def test_who_holds_the_post_that_opens_it_is_offered_to_change_to_it(town: Town) -> None:
    also(town, "worker", "subdistrict_office", "150302006", "officer")
    client, worker = town.client("worker"), town.actor("worker")
    session = client.session
    session[POST] = worker.post_ref
    session.save()
    text, main = refused(client, SET_UP)
    assert ("您还担任：滨河街道办事处 · 工作人员。" in text, reverse("accounts:choose") in main) == (True, True)
    assert "换到：滨河街道办事处 · 工作人员" in text


def test_who_has_no_post_is_sent_nowhere_else(town: Town) -> None:
    person = Person.objects.create(place=town.east, residence="registered", source="self")
    account = Account.objects.create(contact=contact_of(PHONE), person=person)
    text, _main = refused(sign_in(Client(), account, strong=False), ANNOUNCE)
    assert "您的账户没有工作岗位。" in text
    assert post_facts(VISITOR, [RoleCode.REVIEWER]) == PostFacts()
    assert post_facts(Asking(ref=f"people.account:{account.pk}"), [RoleCode.REVIEWER]) == PostFacts()


def test_whose_own_body_lacks_the_post_is_sent_to_another_body_that_fills_posts(town: Town) -> None:
    """Nobody fills posts of their own body where another may."""
    worker = town.actor("worker")
    known = post_facts(worker, [RoleCode.SUBDISTRICT])
    assert [title for title, _url in known.keepers] == ["滨河街道办事处 · 工作人员"]
    assert [one.ref for one in known.held] == [worker.post_ref]
