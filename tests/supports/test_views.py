"""The pages: asked before it is sent, followed on its page, listed and merged at the desk; and the same verbs for programs."""

from typing import Any

import pytest
from cases.conftest import NEED, PHONE, Town, visitor
from django.test import Client

from linli.flows.cases.models import Case, Status
from linli.flows.supports import actions
from linli.flows.supports.models import Part, Support
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken

from .conftest import LIU, SUN, bring

LAMP = NEED | {"category": "street-light", "asked_extent": "几盏", "phone": LIU, "name": "刘先生"}


def page(client: Client, case: Case) -> str:
    return client.get(case.get_absolute_url()).text


def test_the_resident_is_asked_and_nothing_is_chosen_for_them(town: Town) -> None:
    case, browser = bring(town).case, visitor(LIU)
    asked = browser.post("/cases/report/", LAMP)
    assert (asked.status_code, Case.objects.count(), Support.objects.count()) == (422, 1, 0)
    assert ("附近已有相同的诉求" in asked.text, "东门外路灯不亮" in asked.text, "张" in asked.text) == (
        True,
        True,
        False,
    )
    assert not asked.context["form"]["same"].value()
    answer = browser.post("/cases/report/", LAMP | {"same": case.reference}, follow=True)
    assert (answer.request["PATH_INFO"], "您已附议这件事" in answer.text) == (case.get_absolute_url(), True)
    assert ("另有 <b>1</b> 位居民附议，您也在其中" in answer.text, "由您反映" in answer.text) == (True, False)
    assert (Support.objects.get().name, "不再附议" in answer.text) == ("刘先生", True)
    assert f"{case.reference} · 附议" in browser.get("/cases/mine/").text
    left = browser.post(f"/cases/{case.reference}/leave/", {"version": "1"}, follow=True)
    assert (left.status_code, Support.objects.count()) == (200, 0)


def test_it_may_be_another_matter(town: Town) -> None:
    bring(town)
    answer = visitor(LIU).post("/cases/report/", LAMP | {"same": "another"})
    assert (answer.url.endswith("/receipt/"), Case.objects.count()) == (True, 2)


def test_what_was_chosen_and_has_ended_is_asked_again_or_taken_in(town: Town) -> None:
    case = bring(town).case
    again = visitor(LIU).post("/cases/report/", LAMP | {"same": "NPSVCH22"})
    assert (again.status_code, "附近的诉求有了变化" in again.text) == (422, True)
    case.refuse(ground="court", text="已进入诉讼。", by=SYSTEM)
    assert visitor(LIU).post("/cases/report/", LAMP | {"same": case.reference}).url.endswith("/receipt/")


def test_who_has_reported_it_already_is_told_so_and_led_to_it(town: Town) -> None:
    case = bring(town).case
    assert "您反映过" in visitor(PHONE).post("/cases/report/", LAMP | {"phone": PHONE}).text
    answer = visitor(PHONE).post("/cases/report/", LAMP | {"phone": PHONE, "same": case.reference}, follow=True)
    assert ("您已经反映过这件事" in answer.text, "由您反映" in answer.text) == (True, True)


def test_a_personal_matter_is_named_to_its_own_person_alone(town: Town) -> None:
    wages = LAMP | {"field": "employment", "category": "unpaid-wages", "where": "三号工地"}
    case = bring(town, category="unpaid-wages", where="三号工地").case
    assert visitor(PHONE).post("/cases/report/", wages | {"phone": PHONE}).context["form"].alike == [case]
    assert Client().post("/cases/report/", wages | {"phone": PHONE}).url == "/cases/report/confirm/", (
        "not by a phone alone"
    )
    for who, seen in (("worker", [case]), ("outsider", [])):
        shown = town.client(who).post("/cases/register/", wages | {"phone": PHONE})
        assert (shown.context["form"].alike if seen else []) == seen


def test_what_is_to_stay_private_is_neither_shown_nor_followed(town: Town) -> None:
    case, private = bring(town).case, LAMP | {"is_private": "on"}
    assert visitor(LIU).post("/cases/report/", private).url.endswith("/receipt/")
    assert visitor(LIU).post("/cases/report/", private).status_code == 422, "their own"
    assert visitor(SUN).post("/cases/report/", LAMP | {"phone": SUN}).context["form"].alike == [case]


def test_the_desk_is_asked_too(town: Town) -> None:
    case, worker = bring(town).case, town.client("worker")
    assert worker.post("/cases/register/", LAMP).status_code == 422
    answer = worker.post("/cases/register/", LAMP | {"same": case.reference})
    assert answer.url == case.get_absolute_url()
    outsider = town.client("outsider").post(
        "/cases/register/", LAMP | {"phone": SUN, "same": case.reference}, follow=True
    )
    assert (outsider.request["PATH_INFO"], case.reference in outsider.text) == ("/cases/register/", True)


def test_the_desk_sees_who_supports_it_and_the_look_is_on_record(town: Town) -> None:
    case, worker = bring(town).case, town.client("worker")
    assert "附议名单" not in page(worker, case)
    actions.support(case, name="刘先生", phone=LIU, text=f"晚上看不见路，打 {SUN}。", by=town.actor("worker"))
    address = f"/cases/{case.reference}/supports/"
    assert address in page(worker, case)
    masked, full = worker.get(address).text, worker.post(f"{address}unmask/").text
    assert ("刘某某" in masked, LIU in masked, "晚上看不见路" in masked, SUN in masked) == (True, False, True, False)
    assert ("刘先生" in full, LIU in full, SUN in full) == (True, True, True)
    assert visitor(PHONE).get(address).status_code in {302, 403}


def test_support_at_the_desk_by_its_step(town: Town) -> None:
    case = bring(town).case
    typed = {"version": "1", "name": "刘先生", "phone": LIU, "text": "同样。"}
    assert town.client("worker").post(f"/cases/{case.reference}/support/", typed).url == case.get_absolute_url()
    again = town.client("worker").post(f"/cases/{case.reference}/support/", typed)
    assert (again.status_code, Support.objects.count()) == (409, 1)


def test_merged_and_split_by_the_pages(town: Town) -> None:
    one, other, officer = bring(town).case, bring(town, where="大门", phone=LIU).case, town.client("officer")
    address = f"/cases/{one.reference}/merge/"
    shown = officer.get(address)
    assert (shown.status_code, other.reference in shown.text, "附近在办的诉求" in shown.text) == (200, True, True)
    assert officer.get(address, {"q": "没有这个"}).context["form"].cases == {}
    assert list(officer.get(address, {"q": other.reference.lower()}).context["form"].cases) == [other.reference]
    assert officer.post(address, {"version": "1"}).status_code == 422
    assert officer.post(address, {"version": "1", "into": "NPSVCH22"}).status_code == 422
    assert officer.post(address, {"version": "1", "into": other.reference}).url == one.get_absolute_url()
    text = page(officer, one)
    assert ("已并案" in text, other.reference in text, "撤销并案" in text) == (True, True, True)
    assert "并入本诉求的" in page(officer, other)
    assert officer.post(f"/cases/{one.reference}/split/", {"version": "2"}).url == one.get_absolute_url()
    assert Case.objects.get(pk=one.pk).status == Status.RECEIVED


def test_a_lead_that_does_not_dispatch_merges_only_what_it_leads_itself(town: Town) -> None:
    one, west = bring(town).case, bring(town, place=town.west, phone=LIU).case
    offered = town.client("worker").get(f"/cases/{one.reference}/merge/").context["form"].cases
    assert (west.reference in offered, west.lead == one.lead) == (False, False)


def test_parts_by_the_pages(town: Town) -> None:
    one, other, officer = bring(town).case, bring(town, where="大门", phone=LIU).case, town.client("officer")
    linked = officer.post(f"/cases/{one.reference}/link/", {"version": "1", "part": other.reference})
    assert (linked.url, Part.objects.get().case) == (one.get_absolute_url(), other)
    text, resident = page(officer, one), page(visitor(PHONE), one)
    assert ("子诉求" in text, "还有 1 件子诉求没有答复" in text, other.reference in text) == (True, True, True)
    assert ("子诉求" in resident, other.reference in resident) == (True, False)
    assert one.reference in page(officer, other)
    body = town.bodies["subdistrict_office", "150302006"].reference
    assert other.reference not in officer.get(f"/cases/{one.reference}/link/").context["form"].cases
    assert f"/cases/{one.reference}/merge/" not in page(officer, one), "what waits for parts is not merged"
    assert officer.get(f"/cases/{one.reference}/divide/").status_code == 200
    divided = officer.post(f"/cases/{one.reference}/divide/", {"version": "1", "body": body, "text": "更换电缆。"})
    assert (divided.url, Part.objects.count()) == (one.get_absolute_url(), 2)
    assert officer.get(f"/cases/{one.reference}/unlink/").status_code == 200
    gone = officer.post(
        f"/cases/{one.reference}/unlink/", {"version": "1", "part": other.reference, "text": "另行改造。"}
    )
    assert (gone.url, Part.objects.count()) == (one.get_absolute_url(), 1)


@pytest.fixture
def program(town: Town) -> Any:
    """A program in the officer's post: POST path, body → status, answer."""
    secret = ApiToken.issue(post=town.actor("officer").post_ref, label="热线", by=SYSTEM)[1]

    def post(path: str, **body: object) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {secret}"}
        client = Client()
        answer = (
            client.post(f"/api/{path}", body, "application/json", headers=headers)
            if body
            else client.get(f"/api/{path}", headers=headers)
        )
        return answer.status_code, answer.json()

    return post


def test_a_program_brings_the_same_and_may_say_that_it_is_another(town: Town, program: Any) -> None:
    case = bring(town).case
    need = {
        "text": "路灯坏了。",
        "category": "street-light",
        "place": town.east.path,
        "where": "东门",
        "name": "刘先生",
    }
    status, said = program("intake/", **need, phone=LIU)
    assert (status, said["reference"], said["how"]) == (200, case.reference, "supported")
    assert program("intake/", **need, phone=LIU)[1]["how"] == "repeated"
    assert program("intake/", **need, phone=SUN, same="another")[0] == 201


def test_a_program_links_cases(town: Town, program: Any) -> None:
    one, other, third = (
        bring(town, where=gate, phone=phone).case for gate, phone in (("甲", PHONE), ("乙", LIU), ("丙", SUN))
    )
    at = f"supports/{one.reference}"
    assert program(f"{at}/support", version=1, name="某", phone="139", text="同样。")[0] == 422
    assert program(f"{at}/support", version=1, name="某", phone="13904730008", text="同样。")[1]["supports"] == 1
    assert program(f"{at}/link", version=1, part=third.reference)[1]["parts"][0]["reference"] == third.reference
    assert program(f"supports/{third.reference}")[1]["whole"] == one.reference
    assert program(f"{at}/unlink", version=1, part=other.reference, text="不必等。")[0] == 422
    assert program(f"{at}/unlink", version=1, part=third.reference, text="不必等。")[1]["parts"] == []
    version = Case.objects.get(pk=one.pk).version
    assert program(f"{at}/divide", version=version, body="NOBODY22", text="更换电缆。")[0] == 422
    body = town.bodies["subdistrict_office", "150302006"].reference
    assert len(program(f"supports/{third.reference}/divide", version=1, body=body, text="更换电缆。")[1]["parts"]) == 1
    assert program(f"{at}/merge", version=version, into="NPSVCH22")[0] == 422
    merged = program(f"{at}/merge", version=version, into=other.reference)[1]
    assert (merged["status"], merged["merged_into"]) == ("merged", other.reference)
    assert program(f"{at}/split", version=merged["version"])[1]["status"] == "received"
