"""The door for machines: webhooks by an administrator's token."""

import pytest
from notices.town import HUDONG, Machine, Wuhai

from linli.commons.notices.models import Sending
from linli.commons.webhooks import actions
from linli.commons.webhooks.models import Call, Subscription
from linli.ground.authority.roles import RoleCode

from .partner import Partner

pytestmark = pytest.mark.usefixtures("words")


def test_only_administrators_have_webhooks(wuhai: Wuhai) -> None:
    worker = Machine(wuhai, RoleCode.WORKER, HUDONG)
    assert worker.get("/webhooks/")[0] == 403
    assert worker.post("/webhooks/", {"label": "x", "url": "https://x.example/", "verbs": ["cases"]})[0] == 403


def test_a_program_sets_up_a_webhook_and_sees_to_it(wuhai: Wuhai, partner: Partner) -> None:
    chief = Machine(wuhai, RoleCode.ADMINISTRATOR)
    asked = {"label": "热线", "url": partner.url, "verbs": ["test"]}
    status, shown = chief.post("/webhooks/", asked)
    webhook = Subscription.objects.get()
    assert (status, shown["place_path"], "secret" in shown) == (201, "1503", False)
    assert chief.post("/webhooks/", asked) == (200, shown)
    assert chief.post(f"/webhooks/{webhook.pk}/reveal") == (200, {"secret": webhook.secret})
    assert chief.get("/webhooks/") == (200, {"items": [shown], "next": None, "previous": None})
    at = f"/webhooks/{webhook.pk}"
    assert chief.get(at) == (200, shown)
    assert chief.post(f"{at}/pause") == (200, shown | {"status": "paused"})
    assert chief.post(f"{at}/pause")[0] == 409
    assert chief.post(f"{at}/resume") == (200, shown)
    status, pinged = chief.post(f"{at}/ping")
    assert (status, pinged["status"], pinged["tries"]) == (202, "queued", 0)
    actions.call_partners()
    call = Call.objects.get()
    assert [one["status"] for one in chief.get(f"{at}/calls")[1]["items"]] == ["sent"]
    assert chief.get(f"{at}/calls", dead="true")[1]["items"] == []
    Call.objects.update(status=Sending.DEAD)
    assert [one["id"] for one in chief.get(f"{at}/calls", dead="true")[1]["items"]] == [call.pk]
    assert chief.post(f"/webhooks/calls/{call.pk}/redeliver")[1]["status"] == "queued"
    assert chief.post(f"/webhooks/calls/{call.pk}/redeliver")[0] == 409
    assert chief.post(f"{at}/end")[1]["status"] == "ended"
    assert chief.post(f"{at}/reveal")[0] == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": ""},
        {"label": "x" * 101},
        {"url": "http://partner.example/"},
        {"url": "no address"},
        {"verbs": []},
        {"verbs": ["people"]},
        {"verbs": ["x"] * 21},
        {"verbs": [""]},
        {"verbs": "cases"},
    ],
)
def test_a_webhook_that_makes_no_sense_is_refused(wuhai: Wuhai, wrong: dict[str, object]) -> None:
    chief = Machine(wuhai, RoleCode.ADMINISTRATOR)
    status, answer = chief.post(
        "/webhooks/", {"label": "热线", "url": "https://partner.example/", "verbs": ["cases"]} | wrong
    )
    assert status == 422
    assert answer["detail"]
    assert Subscription.objects.count() == 0


def test_a_program_edits_a_webhook(wuhai: Wuhai, partner: Partner) -> None:
    chief, local = Machine(wuhai, RoleCode.ADMINISTRATOR), Machine(wuhai, RoleCode.ADMINISTRATOR, "150302001")
    webhook = {"label": "热线", "url": "https://partner.exmaple/", "verbs": ["cases"]}
    _status, made = chief.post("/webhooks/", webhook)
    at, right = f"/webhooks/{made['id']}/edit", webhook | {"url": partner.url, "verbs": ["cases.case"]}
    assert local.post(at, right)[0] == 404
    assert chief.post(at, right | {"url": "http://partner.example/"})[0] == 422
    secret = Subscription.objects.get().secret
    assert chief.post(at, right) == (200, made | right)
    assert Subscription.objects.get().secret == secret
    chief.post("/webhooks/", webhook)
    assert chief.post(at, webhook)[0] == 422
    chief.post(f"/webhooks/{made['id']}/end")
    assert chief.post(at, webhook)[0] == 409


def test_another_area_s_webhook_is_not_there(wuhai: Wuhai, partner: Partner) -> None:
    chief, local = Machine(wuhai, RoleCode.ADMINISTRATOR), Machine(wuhai, RoleCode.ADMINISTRATOR, "150302001")
    chief.post("/webhooks/", {"label": "热线", "url": partner.url, "verbs": ["test"]})
    at = f"/webhooks/{Subscription.objects.get().pk}"
    assert local.get("/webhooks/")[1]["items"] == []
    assert [local.get(at)[0], local.get(f"{at}/calls")[0], local.post(f"{at}/end")[0]] == [404, 404, 404]
