"""The door for machines: one's own inbox, and webhooks by an administrator's token."""

import json

import pytest
from django.test import Client

from linli.commons.notices import actions
from linli.commons.notices.models import Message, Sending, Subscription, WebhookDelivery
from linli.commons.notices.templates import Group, Recipient, register
from linli.ground.authority.models import ApiToken
from linli.ground.authority.roles import RoleCode
from linli.ground.core.registry import ref

from .town import ENGLISH, HUDONG, Partner, Wuhai, acting, go_on, happen

pytestmark = pytest.mark.usefixtures("words")
API = "/api/notices"


class Machine:
    """A program with a token."""

    def __init__(self, wuhai: Wuhai, role: RoleCode, path: str = "1503") -> None:
        self.account, holding = wuhai.hold(wuhai.body(path, f"{role}{path}"), role)
        self.actor = acting(holding)
        _token, secret = ApiToken.issue(post=ref(holding), label="test", by=self.actor)
        self.headers = ENGLISH | {"authorization": f"Bearer {secret}"}

    def get(self, path: str, **query: str) -> tuple[int, dict[str, object]]:
        answer = Client().get(API + path, query, headers=self.headers)
        return answer.status_code, json.loads(answer.content)

    def post(self, path: str, body: object = None) -> tuple[int, dict[str, object]]:
        answer = Client().post(API + path, json.dumps(body), "application/json", headers=self.headers)
        return answer.status_code, json.loads(answer.content or "{}")


def test_a_program_reads_the_inbox_of_its_post(wuhai: Wuhai) -> None:
    worker = Machine(wuhai, RoleCode.WORKER, HUDONG)
    place = wuhai.places[HUDONG]
    register(
        "test.thing.move",
        group=Group("things", "Things"),
        audience=lambda event: [Recipient(account=worker.account.pk, post=worker.actor.post_ref)],
        title="Moved: %(about)s",
        text="By hand",
        about=lambda event: ref(place) if event.data else event.subject,
    )
    happen()
    happen(old="a")
    go_on()
    status, inbox = worker.get("/inbox")
    assert (status, inbox["unread"], inbox["next"]) == (200, 2, None)
    newest, oldest = inbox["items"]
    assert (newest["title"], newest["about"], newest["url"]) == (
        f"Moved: {place.title}",
        ref(place),
        place.get_absolute_url(),
    )
    assert (oldest["title"], oldest["about"], oldest["url"], oldest["read_at"]) == ("Moved: a matter", "", "", None)
    assert worker.post(f"/inbox/{oldest['id']}/read")[0] == 204
    assert worker.post("/inbox/read") == (200, {"number": 1})
    assert Message.objects.unread().count() == 0


def test_strangers_and_forged_tokens_are_refused(wuhai: Wuhai) -> None:
    assert Client().get(API + "/inbox").status_code == 401
    worker = Machine(wuhai, RoleCode.WORKER, HUDONG)
    assert worker.get("/inbox", page="forged")[0] == 400
    assert worker.get("/inbox", page="x" * 500)[0] == 422
    assert worker.post("/inbox/999999/read")[0] == 404
    assert worker.post(f"/inbox/{10**30}/read")[0] == 404
    assert worker.get("/webhooks")[0] == 403
    assert worker.post("/webhooks", {"label": "x", "url": "https://x.example/", "verbs": ["cases"]})[0] == 403


def test_a_program_sets_up_a_webhook_and_sees_to_it(wuhai: Wuhai, partner: Partner) -> None:
    chief = Machine(wuhai, RoleCode.ADMINISTRATOR)
    status, made = chief.post("/webhooks", {"label": "热线", "url": partner.url, "verbs": ["test"]})
    webhook = Subscription.objects.get()
    assert (status, made["secret"], made["place_path"]) == (201, webhook.secret, "1503")
    shown = {key: value for key, value in made.items() if key != "secret"}
    assert chief.get("/webhooks") == (200, {"items": [shown], "next": None, "previous": None})
    at = f"/webhooks/{webhook.pk}"
    assert chief.get(at) == (200, shown)
    assert chief.post(f"{at}/pause") == (200, shown | {"status": "paused"})
    assert chief.post(f"{at}/pause")[0] == 409
    assert chief.post(f"{at}/resume") == (200, shown)
    status, call = chief.post(f"{at}/ping")
    assert (status, call["status"], call["tries"]) == (202, "queued", 0)
    actions.call_partners()
    delivery = WebhookDelivery.objects.get()
    assert [one["status"] for one in chief.get(f"{at}/calls")[1]["items"]] == ["sent"]
    assert chief.get(f"{at}/calls", dead="true")[1]["items"] == []
    WebhookDelivery.objects.update(status=Sending.DEAD)
    assert [one["id"] for one in chief.get(f"{at}/calls", dead="true")[1]["items"]] == [delivery.pk]
    assert chief.post(f"/webhooks/calls/{delivery.pk}/redeliver")[1]["status"] == "queued"
    assert chief.post(f"/webhooks/calls/{delivery.pk}/redeliver")[0] == 409
    assert chief.post(f"{at}/end")[1]["status"] == "ended"


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
        "/webhooks", {"label": "热线", "url": "https://partner.example/", "verbs": ["cases"]} | wrong
    )
    assert status == 422
    assert answer["detail"]
    assert Subscription.objects.count() == 0


def test_another_area_s_webhook_is_not_there(wuhai: Wuhai, partner: Partner) -> None:
    chief, local = Machine(wuhai, RoleCode.ADMINISTRATOR), Machine(wuhai, RoleCode.ADMINISTRATOR, "150302001")
    chief.post("/webhooks", {"label": "热线", "url": partner.url, "verbs": ["test"]})
    at = f"/webhooks/{Subscription.objects.get().pk}"
    assert local.get("/webhooks")[1]["items"] == []
    assert [local.get(at)[0], local.get(f"{at}/calls")[0], local.post(f"{at}/end")[0]] == [404, 404, 404]
