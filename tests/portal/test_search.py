"""A worker finds the matter that somebody asks about: by its words, by phone or by name, within the own scope and no further."""

import pytest
from cases.conftest import PHONE, STRANGER, Town, visitor
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.faces.portal import queries
from linli.flows.cases.models import Case, Reporter
from linli.flows.reporters.actions import erase_for
from linli.ground.authority.actors import Person as Asking
from linli.ground.authority.actors import PostHeld
from linli.ground.authority.roles import RoleCode
from linli.ground.people.models import Account, Person, PersonalData
from linli.ground.people.queries import contact_of
from tests.factories.people import sign_in


def found(client: Client, text: str) -> list[str]:
    """The addresses of the matters that a search shows."""
    groups = client.get("/search/", {"q": text}).context["found"]
    return [row.url for hits in groups if str(hits.title) == "事项" for row in hits.rows]


@pytest.fixture
def two(town: Town) -> tuple[Case, Case]:
    """One matter in the worker's community, one in another street's."""
    there = town.receive(place=town.places["150302007001"], text="锅炉房冒黑烟。", phone=STRANGER, name="马先生")
    return town.receive(text="三单元的锅炉不热，老人受凉。", where="北门"), there


@pytest.mark.parametrize("text", ["锅炉", "北门", PHONE, "139 0473 0001", "张女士"])
def test_the_worker_finds_a_matter_of_the_community_by_what_people_remember(
    town: Town, two: tuple[Case, Case], text: str
) -> None:
    assert found(town.client("worker"), text) == [two[0].get_absolute_url()]


@pytest.mark.parametrize("text", ["黑烟", STRANGER, "马先生", "锅"])
def test_what_is_elsewhere_or_too_short_is_not_found(town: Town, two: tuple[Case, Case], text: str) -> None:
    assert found(town.client("worker"), text) == []
    assert found(town.client("worker"), two[1].reference) == [], "nor is there a word about it"


def test_the_newest_come_first_and_no_name_is_shown(town: Town, two: tuple[Case, Case]) -> None:
    newer = town.receive(text="锅炉又停了。")
    page = town.client("worker").get("/search/", {"q": "锅炉"})
    assert [row.url for row in page.context["found"][0].rows] == [one.get_absolute_url() for one in (newer, two[0])]
    main = page.text.partition("<main")[2]
    assert ("张女士" in main, PHONE in main, two[0].reference in main) == (False, False, True)


def test_a_name_finds_only_for_whoever_may_know_it(town: Town, two: tuple[Case, Case]) -> None:
    """The reviewing office reads every matter of the city, and of none who brought it."""
    reviewer = Asking(post=PostHeld("organisations.holding:0", RoleCode.REVIEWER, 0, "1503", "联席会议办公室"))
    by = {text: [one.pk for one in queries.find_cases(text, reviewer, most=9)] for text in ("锅炉", "张女士", PHONE)}
    assert by == {"锅炉": [two[0].pk, two[1].pk], "张女士": [], PHONE: []}


def test_the_name_in_the_register_finds_what_was_brought_under_another_one(town: Town) -> None:
    signed_in, by_phone = town.receive(text="第一件事。", phone=STRANGER, name="桂姨"), town.receive(text="第二件事。")
    people = [Person.objects.create(place=town.east, residence="registered", source="self") for _number in range(2)]
    for person, phone in zip(people, ("", PHONE), strict=True):
        personal = PersonalData(person=person)
        personal.take(name="张桂兰", phone=phone, id_number="")
        personal.save()
    Reporter.objects.filter(case=signed_in).update(person=people[0])
    cases = queries.find_cases("张桂兰", town.actor("worker"), most=9)
    assert [one.pk for one in cases] == [by_phone.pk, signed_in.pk]


def test_whoever_was_forgotten_is_not_found_any_more(town: Town) -> None:
    person = Person.objects.create(place=town.east, residence="registered", source="self")
    case = town.receive(person=person)
    erase_for(person)
    worker = town.actor("worker")
    assert (queries.find_cases("张女士", worker, most=9), queries.find_cases(PHONE, worker, most=9)) == ([], [])
    assert Reporter.objects.get(case=case).name_index == ""


def test_a_resident_finds_words_in_what_they_reported_themselves(town: Town, two: tuple[Case, Case]) -> None:
    assert found(visitor(PHONE), "锅炉") == [two[0].get_absolute_url()]
    assert found(Client(), "锅炉") == []


def test_staff_are_told_how_to_search_and_residents_where_to_ask(town: Town) -> None:
    staff, resident = (client.get("/search/", {"q": "不存在的事"}).text for client in (town.client("worker"), Client()))
    assert ("只显示您职责范围内的事项" in staff, "/cases/report/" in staff.partition("<main")[2]) == (True, False)
    assert ("职责范围" in resident, "/cases/report/" in resident.partition("<main")[2]) == (False, True)


def test_the_list_of_cases_leads_to_the_search_and_says_what_may_be_typed(town: Town) -> None:
    page = town.client("worker").get("/cases/").content.decode()
    assert ('id="filter_q"' in page, "诉求中的词语、地点或编号" in page) == (True, True)
    assert page.count('action="/search/"') == 1  # above every page; the list narrows itself


def test_in_large_print_staff_find_back_to_the_desk_from_public_pages(town: Town) -> None:
    worker, resident = town.client("worker"), visitor(PHONE)
    for client, more in ((worker, 1), (resident, 0)):
        links = []
        for cookie in ("0", "1"):
            client.cookies["large"] = cookie
            links.append(client.get("/places/").content.decode().count('href="/desk/"'))
        assert links[1] - links[0] == more  # beside the navigation, which is not there in large print


def test_the_desk_says_whom_it_is_for(town: Town) -> None:
    person = Person.objects.create(place=town.east, residence="registered", source="self")
    account = Account.objects.create(contact=contact_of(STRANGER), person=person)
    answer = sign_in(Client(), account, strong=False).get("/desk/")
    assert (answer.status_code, "本页供工作人员使用" in answer.content.decode()) == (403, True)


def test_a_search_costs_the_same_for_one_matter_and_for_thirty(town: Town, two: tuple[Case, Case]) -> None:
    spent = []
    for more in (0, 30):
        for _number in range(more):
            town.receive(text="锅炉不热。")
        with CaptureQueriesContext(connection) as asked:
            queries.find_cases("锅炉", town.actor("worker"), most=21)
        spent.append(len(asked))
    assert spent == [2, 2]  # among the newest, then by the index of words
