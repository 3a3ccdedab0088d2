"""Personal numbers in what is said on a case: masked wherever it is shown, whole for who wrote it and on record for who may unmask."""

from cases.conftest import PHONE, Town, visitor
from linli.commons.deadlines.models import Todo
from linli.flows.callbacks import actions as callbacks
from linli.flows.cases import actions
from linli.flows.cases.models import Case, Reporter, Statement
from linli.flows.reporters.queries import copy_for
from linli.ground.core.models import Event
from linli.ground.people.models import Person

ID = "150302198001011239"
DAUGHTER = "13804730002"
TEXT, WHERE = f"我妈身份证{ID}，请打{DAUGHTER}。", f"3号楼，门禁密码问{DAUGHTER}"


def reported(town: Town) -> Case:
    """A need with numbers in every word of it."""
    return Case.objects.get(
        pk=town.receive(category="street-light", text=TEXT, where=WHERE, answers={"pole": DAUGHTER}).pk
    )


def test_the_case_keeps_no_personal_number_and_the_original_is_sealed_beside_it(town: Town) -> None:
    case = reported(town)
    assert (case.text, case.where) == (
        "我妈身份证150***************，请打138****0002。",
        "3号楼，门禁密码问138****0002",
    )
    assert case.answers == {"pole": "138****0002"}
    assert case.reporter.wrote == {"text": TEXT, "where": WHERE, "answers": {"pole": DAUGHTER}}
    assert Reporter.objects.extra(select={"raw": "original"}).values_list("raw", flat=True)[0].startswith("AES-GCM:")
    assert ID not in Todo.objects.get().title


def test_an_ordinary_need_keeps_no_second_copy(town: Town) -> None:
    reporter = town.receive().reporter
    assert (reporter.original, reporter.wrote, reporter.case.as_written().text) == ("", {}, reporter.case.text)


def test_the_worker_reads_it_masked_until_they_ask_and_who_wrote_it_reads_it_whole(town: Town) -> None:
    case = reported(town)
    page = f"/cases/{case.reference}/"
    worker = town.client("worker")
    before = worker.get(page).content.decode()
    listed = worker.get("/cases/").content.decode()
    after = worker.post(page + "unmask/").content.decode()
    own = visitor(PHONE).get(page).content.decode()
    assert [ID in one or DAUGHTER in one for one in (before, listed, after, own)] == [False, False, True, True]
    assert DAUGHTER in after.split("<h1")[0] or ID in after.split("<h1")[1]
    assert Event.objects.filter(verb="cases.case.unmask").count() == 1


def test_an_answer_with_a_number_is_whole_for_the_resident_and_masked_for_who_watches(town: Town) -> None:
    case = reported(town)
    actions.accept(case, by=town.actor("worker"))
    actions.answer(case, text=f"师傅电话{DAUGHTER}，明天上门。", by=town.actor("worker"))
    said = Statement.objects.get()
    page = f"/cases/{case.reference}/"
    shown = [client.get(page).content.decode() for client in (visitor(PHONE), town.client("officer"))]
    assert (said.text, said.original) == ("师傅电话138****0002，明天上门。", f"师傅电话{DAUGHTER}，明天上门。")
    assert [said.original in one for one in shown] == [True, False]
    assert said.text in shown[1]


def test_the_remark_of_a_rating_is_kept_masked(town: Town) -> None:
    case = town.receive()
    actions.accept(case, by=town.actor("worker"))
    actions.answer(case, text="已经修好。", by=town.actor("worker"))
    callbacks.rate(case, contacted=True, solved="yes", satisfied="yes", remark=f"谢谢，{DAUGHTER}", by=town.resident)
    assert [one.remark for one in case.ratings] == ["谢谢，138****0002"]


def test_the_copy_of_ones_data_holds_what_one_wrote(town: Town) -> None:
    case = reported(town)
    person = Person.objects.create(place=town.east, residence="registered", source="self")
    Reporter.objects.filter(case=case).update(person=person)
    assert TEXT in copy_for(person)[0].values()


def test_what_was_written_goes_with_who_wrote_it(town: Town) -> None:
    case = reported(town)
    actions.refuse(case, ground="market", text=f"请找{DAUGHTER}", by=town.actor("worker"))
    assert Statement.objects.get().original == f"请找{DAUGHTER}"
    case.forget_contact(by=town.actor("worker"))
    left = Reporter.objects.get(case=case)
    assert (left.name, left.phone, left.original, Statement.objects.get().original) == ("张女士", "", "", "")
