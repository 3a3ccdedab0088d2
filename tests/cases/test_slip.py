"""The receipt on paper: everything that somebody without a screen needs in order to ask again."""

from django.test import Client

from linli.commons.calendar.models import OfficeHours
from linli.flows.cases.models import Case
from linli.ground.organisations.models import Body

from .conftest import NEED, PHONE, Town, visitor


def slip(client: Client, case: Case) -> str:
    return (
        client.get(f"/cases/{case.reference}/receipt/")
        .text.partition('<section class="c-slip">')[2]
        .partition("</main>")[0]
    )


def test_the_slip_says_who_answers_until_when_and_every_way_to_ask(town: Town) -> None:
    case = town.receive()
    desk = {"phone": "0473-2012345", "address": "湖东路57号", "hours": "周一至周五 8:30—18:00"}
    Body.objects.filter(pk=case.lead_id).update(**desk)
    told = slip(visitor(PHONE), case)
    for words in (
        *(
            "乌海市",
            case.lead.name,
            case.reference,
            "张女士",
            "2026年9月14日（周一）10:12",
            "2026年9月20日（周日）18:00",
        ),
        *desk.values(),
        *("12345", "http://testserver/cases/follow/", "<svg"),
    ):
        assert words in told, words


def test_who_has_no_phone_is_not_sent_online_and_hours_are_those_of_the_place(town: Town) -> None:
    worker = town.client("worker")
    worker.post("/cases/register/", NEED | {"phone": ""})
    told = slip(worker, Case.objects.get())
    assert ("/cases/follow/" in told, "<svg" in told, "08:30–12:00" in told) == (False, False, True)
    OfficeHours.objects.all().delete()
    assert "到窗口" in slip(worker, Case.objects.get())


def test_the_name_stands_on_the_slip_for_who_gave_it_and_who_took_it_down(town: Town) -> None:
    town.client("worker").post("/cases/register/", NEED)
    case = Case.objects.get()
    shown = [slip(client, case) for client in (visitor(PHONE), town.client("worker"), town.client("officer"))]
    assert ["张女士" in one for one in shown] == [True, True, False]
    assert "张某某" in shown[2]


def test_the_next_need_is_offered_to_whoever_may_take_one_down(town: Town) -> None:
    case = town.receive()
    pages = [client.get(f"/cases/{case.reference}/receipt/").text for client in (town.client("worker"), visitor(PHONE))]
    assert ["/cases/register/" in page.partition("<main")[2] for page in pages] == [True, False]
