"""What names its object is one matter with all that names the same, wherever it is said to be; what does not goes by its spot."""

from itertools import product
from typing import Any

import pytest
from cases.conftest import NEED, Town, visitor
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from linli.commons.routing.models import Category
from linli.commons.routing.queries import object_in
from linli.flows.cases.models import Case
from linli.flows.supports import actions
from linli.flows.supports.actions import How
from linli.flows.supports.models import Matter, Who
from linli.flows.supports.queries import Spot, key_of, object_of
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.database import standing

from .conftest import LIU, SUN, bring

NUMBERS = st.text(max_size=30).map(lambda text: f"{text}7")
COMMUNITIES = ("150302006001", "150302006002")
SOMEBODY = Who("张女士", contact="a")


@pytest.fixture
def asking(town: Town) -> dict[str, tuple[Category, str]]:
    """The shared categories that ask for a number, each with the code of that question."""
    found = Category.objects.filter(questions__names_object=True, is_shared=True)
    return {one.code: (one, one.questions.get(names_object=True).code) for one in found}


def lamp(town: Town, number: str, where: str, **changed: Any) -> Any:
    return bring(town, where=where, answers={"extent": "一盏", "pole": number}, **changed)


def test_lamps_lifts_and_manholes_ask_for_their_number(asking: dict[str, tuple[Category, str]]) -> None:
    asked = {code: question for code, (_category, question) in asking.items()}
    assert asked == {"street-light": "pole", "manhole": "cover", "lift": "number"}


def test_one_lamp_said_to_be_at_two_spots_is_one_matter(town: Town) -> None:
    first = lamp(town, "LD-012", "1号楼前")
    second = lamp(town, "ｌｄ 012", "小区南门", phone=LIU)
    assert (second.how, second.case, Case.objects.count()) == (How.SUPPORTED, first.case, 1)


def test_two_lamps_at_one_spot_are_two_matters_and_a_third_without_number_goes_by_the_spot(town: Town) -> None:
    cases = [lamp(town, number, "东门").case for number in ("LD-012", "LD-013")]
    unnamed = bring(town, phone=LIU)
    vague = lamp(town, "不知道", "东门", phone=SUN)
    assert (len({*cases, unnamed.case}), unnamed.how, vague.case) == (3, How.NEW, unnamed.case)


def test_a_number_without_a_spot_is_enough(town: Town) -> None:
    first = lamp(town, "LD-012", "")
    assert lamp(town, "LD-012", "", phone=LIU).case == first.case
    assert lamp(town, "LD-012", "", phone=LIU, place=town.west).how is How.NEW


def test_what_is_kept_private_is_ones_own_by_its_number_too(town: Town) -> None:
    first = lamp(town, "LD-012", "东门", is_private=True)
    assert lamp(town, "LD-012", "南门", is_private=True).case == first.case
    assert lamp(town, "LD-012", "东门", phone=LIU).how is How.NEW


def test_a_number_that_looks_like_a_phone_is_masked_for_readers_and_still_tells_apart(town: Town) -> None:
    first = lamp(town, "13904730001", "东门").case
    assert "13904730001" not in str(first.answers)
    assert lamp(town, "139-0473-0001", "南门", phone=LIU).case == first
    assert lamp(town, "13904730002", "东门", phone=LIU).how is How.NEW


def test_a_merged_case_takes_its_number_along_and_back(town: Town) -> None:
    first, second = (lamp(town, number, "东门").case for number in ("LD-012", "LD-013"))
    actions.merge(second, into=first, by=town.actor("worker"))
    assert lamp(town, "LD-013", "西门", phone=LIU).case == first
    second.refresh_from_db()
    actions.split(second, by=town.actor("worker"))
    assert lamp(town, "LD-013", "北门", phone=SUN).case == second
    assert Matter.objects.count() == 2


def test_the_form_asks_whether_it_is_the_same_lamp_before_it_is_sent(town: Town) -> None:
    case = lamp(town, "LD-012", "1号楼前").case
    typed = NEED | {"category": "street-light", "asked_extent": "几盏", "phone": LIU, "where": "小区南门"}
    page = visitor(LIU).post("/cases/report/", typed | {"asked_pole": "ld012"})
    assert (page.status_code, page.context["form"].alike, " · LD-012" in page.text) == (422, [case], True)
    assert visitor(LIU).post("/cases/report/", typed | {"asked_pole": "ld013"}).url.endswith("/receipt/")


def test_programs_name_the_object_by_the_api_and_by_open311(town: Town) -> None:
    case = lamp(town, "LD-012", "1号楼前").case
    _token, key = ApiToken.issue(post=town.actor("worker").post_ref, label="311", by=SYSTEM)
    need = {
        "text": "路灯不亮。",
        "category": "street-light",
        "place": town.east.path,
        "where": "南门",
        "name": "刘先生",
    }
    need |= {"answers": {"extent": "一盏", "pole": "LD 012"}, "phone": LIU}
    bearer = {"Authorization": f"Bearer {key}"}
    told = Client().post("/api/intake/", need, "application/json", headers=bearer)
    assert (told.status_code, told.json()["reference"]) == (200, case.reference)
    request = {"api_key": key, "service_code": "street-light", "description": "路灯不亮。", "phone": SUN}
    request |= {"address_id": town.east.path, "attribute[extent]": "一盏", "attribute[pole]": "ＬＤ０１２"}
    told = Client().post("/open311/v2/requests.json", request)
    assert told.json()[0]["service_request_id"] == case.reference
    attributes = Client().get("/open311/v2/services/street-light.json").json()["attributes"]
    assert [(one["code"], one["datatype"], one["required"]) for one in attributes][1] == ("pole", "string", False)


def test_nothing_more_is_asked_where_nothing_was_answered(town: Town) -> None:
    with CaptureQueriesContext(connection) as asked:
        bring(town)
    assert [one["sql"] for one in asked if "routing_question" in one["sql"]] == []


@pytest.mark.usefixtures("own_city")
def test_a_process_reads_once_which_questions_name_an_object() -> None:
    category = Category.objects.get(code="street-light")
    answer = standing.StandingMiddleware(lambda _request: HttpResponse(object_in(category, {"pole": "7"})))
    tables = ("routing_question", "database_change")
    for read in ({*tables}, {"database_change"}):
        with CaptureQueriesContext(connection) as asked:
            assert answer(HttpRequest()).content == b"7"
        assert {table for table in tables for one in asked if table in one["sql"]} == read


@pytest.mark.parametrize(
    ("one", "other"),
    [("LD-012", "ld 0 12"), ("ＬＤ－０１２", "LD012"), ("灯 3—7", "灯37"), ("a_1\u200b", "A1")],
)
def test_a_number_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert object_of(one) == object_of(other) != ""


@pytest.mark.parametrize("said", ["", " ", "——", "不知道", "无", "N/A"])
def test_an_answer_without_a_figure_names_nothing(said: str) -> None:
    assert object_of(said) == ""


@given(NUMBERS)
def test_a_number_said_again_is_the_same(number: str) -> None:
    plain = object_of(number)
    assert object_of(plain) == object_of(f" {plain} -") == plain != ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(one=NUMBERS, other=NUMBERS, here=st.text(max_size=100), there=st.text(max_size=100))
def test_keys_go_by_the_object_alone_never_across_categories_or_communities(
    asking: dict[str, tuple[Category, str]], one: str, other: str, here: str, there: str
) -> None:
    assume(object_of(one) != object_of(other))
    keys = {}
    for (category, question), path, number in product(asking.values(), COMMUNITIES, (one, other)):
        spots = [Spot(path, where, {question: said}) for where in (here, there) for said in (number, f" {number}-")]
        own = {key_of(category, spot, SOMEBODY) for spot in spots}
        assert len(own) == 1, "whatever is written of the spot, and in a grid of the community as well"
        assert own == {key_of(category, Spot(f"{path}001", here, {question: number}), Who("刘先生"))}
        keys[category.code, path, number] = own.pop()
    assert len({*keys.values()}) == len(keys)
    lamps, _pole = asking["street-light"]
    assert key_of(lamps, Spot(COMMUNITIES[0], one, {}), SOMEBODY) not in keys.values()


def test_a_category_that_asks_for_no_number_knows_none(town: Town) -> None:
    waste = Category.objects.get(code="waste")
    assert object_in(waste, {"pole": "LD-012"}) == ""
    assert bring(town, category="waste", answers={"pole": "7"}, by=SYSTEM).how is How.NEW
    assert bring(town, category="waste", answers={"pole": "8"}, phone=LIU).how is How.SUPPORTED
