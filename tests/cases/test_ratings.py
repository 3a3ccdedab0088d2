"""What a resident answered about the work is read by those who did it, by the resident again, and by programs."""

from linli.flows.callbacks import actions as callbacks
from linli.flows.cases import actions, queries
from linli.flows.cases.models import Case, Satisfied, Solved
from linli.flows.reporters.queries import copy_for
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.people.models import Person

from .conftest import PHONE, Town, visitor

REMARK = "灯亮了，可是灯罩没装回去。"


def judge(case: Case, town: Town, **answers: object) -> None:
    """Answer the case and rate the answer."""
    worker = town.actor("worker")
    actions.accept(case, by=worker)
    actions.answer(case, text="已修好。", by=worker)
    said = {"contacted": False, "solved": Solved.PARTLY, "satisfied": Satisfied.FAIRLY, "remark": REMARK} | answers
    callbacks.rate(case, **said, by=town.resident)


def test_the_three_answers_and_the_remark_stand_in_the_timeline_of_their_round(town: Town) -> None:
    case = town.receive()
    judge(case, town)
    actions.reopen(case, text="灯罩还没装。", by=town.resident)
    judge(case, town, contacted=True, solved=Solved.YES, satisfied=Satisfied.YES, remark="")
    told = queries.facts_of(case, asked=True)["timeline"]
    rated = [one for one in told if one.icon == "star"]
    assert [[(str(asked), str(said)) for asked, said in one.judged] for one in rated] == [
        [("按时联系", "没有"), ("解决情况", "解决了一部分"), ("满意程度", "基本满意")],
        [("按时联系", "有"), ("解决情况", "解决了"), ("满意程度", "满意")],
    ]
    assert [one.text for one in rated] == [REMARK, ""]
    assert [one.judged for one in told if one.icon != "star"] == [()] * (len(told) - 2)


def test_the_worker_and_the_resident_read_the_rating_on_the_case(town: Town) -> None:
    case = town.receive()
    judge(case, town)
    for client in (town.client("worker"), visitor(PHONE)):
        page = client.get(case.get_absolute_url()).text
        assert [words in page for words in (REMARK, "解决了一部分", "基本满意")] == [True] * 3


def test_a_program_reads_the_rating_of_each_round(town: Town) -> None:
    case, other = town.receive(), town.receive()
    judge(case, town)
    _token, secret = ApiToken.issue(post=town.actor("worker").post_ref, label="12345", by=SYSTEM)
    client = town.client("worker")
    asked = {"headers": {"authorization": f"Bearer {secret}"}}
    one = client.get(f"/api/cases/{case.reference}", **asked).json()
    assert [{name: row[name] for name in row if name != "at"} for row in one["ratings"]] == [
        {"round": 1, "way": "self", "contacted": False, "solved": "partly", "satisfied": "fairly", "remark": REMARK}
    ]
    rows = client.get("/api/cases/", **asked).json()["items"]
    assert {row["reference"]: len(row["ratings"]) for row in rows} == {case.reference: 1, other.reference: 0}


def test_the_copy_of_ones_own_data_has_the_ratings(town: Town) -> None:
    case = town.receive()
    judge(case, town)
    person = Person.objects.create(place=town.east, residence="registered", source="self")
    case.reporter.person = person
    case.reporter.save()
    [row] = copy_for(person)
    assert row["您的评价"].endswith(f"按时联系 没有 · 解决情况 解决了一部分 · 满意程度 基本满意 · {REMARK}")
