"""The door for people: what administrators see to."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from notices.town import MORNING, Wuhai, go_on, happen

from linli.commons.notices.models import Sending
from linli.commons.webhooks import actions
from linli.commons.webhooks.models import Call, Subscription
from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.authority.roles import RoleCode
from linli.ground.core.models import Event

from .partner import Partner, subscribed

pytestmark = pytest.mark.usefixtures("words")
EVIL = "<script>alert('x')</script>' OR 1=1 --"


def queries_of(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as spent:
        client.get(page)
    return len(spent)


def test_an_administrator_sets_up_a_webhook_and_is_shown_its_secret(chief: Client, partner: Partner) -> None:
    assert "No webhooks yet" in chief.get("/webhooks/").text
    assert chief.get("/webhooks/subscribe/").status_code == 200
    typed = {"label": "热线", "url": partner.url, "verbs": "test.thing\ncases\ntest.thing"}
    answer = chief.post("/webhooks/subscribe/", typed)
    webhook = Subscription.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/webhooks/{webhook.pk}/")
    assert (webhook.verbs, webhook.place_path, webhook.label) == (["cases", "test.thing"], "1503", "热线")
    assert webhook.secret not in chief.get(f"/webhooks/{webhook.pk}/").text
    page = chief.post(f"/webhooks/{webhook.pk}/reveal/")
    assert (page.status_code, webhook.secret in page.text) == (200, True)
    assert "no-store" in page.headers["Cache-Control"]
    assert (
        Event.objects.filter(verb="webhooks.subscription.reveal", subject=f"webhooks.subscription:{webhook.pk}").count()
        == 1
    )
    assert "乌海市</td>" in chief.get("/webhooks/").text


def test_pressed_twice_it_is_one_webhook(chief: Client, partner: Partner) -> None:
    typed = {"label": "热线", "url": partner.url, "verbs": "cases\ntest"}
    first = chief.post("/webhooks/subscribe/", typed).headers["Location"]
    again = chief.post("/webhooks/subscribe/", typed | {"verbs": "test\ncases"}, follow=True)
    assert again.redirect_chain == [(first, 302)]
    assert "This webhook is there already." in again.text
    assert Event.objects.filter(verb="webhooks.subscription.subscribe").count() == 1
    chief.post(f"{first}end/", {"sure": "on"})
    assert chief.post("/webhooks/subscribe/", typed).headers["Location"] != first


def test_two_webhooks_do_not_become_the_same(chief: Client, partner: Partner) -> None:
    kept, _secret = subscribed(partner, "cases")
    other, _secret = subscribed(partner, "test")
    typed = {"label": "改了", "url": partner.url, "verbs": "cases", "version": "1"}
    page = chief.post(f"/webhooks/{other.pk}/edit/", typed)
    assert page.status_code == 422
    assert "Another webhook already tells this address of the same events." in page.text
    assert "改了" in page.text
    assert Subscription.objects.get(pk=other.pk).verbs == ["test"]
    assert chief.post(f"/webhooks/{kept.pk}/edit/", typed).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"url": "http://partner.example/"},
        {"url": "https://192.168.1.1/"},
        {"url": "https://[fd00::1]/"},
        {"url": "https://user:word@partner.example/"},
        {"url": "javascript:alert(1)"},
        {"url": "https://partner.example/" + "x" * 500},
        {"verbs": "cases.*"},
        {"verbs": EVIL},
        {"verbs": "people.person"},
        {"verbs": " ".join(f"a{'b' * number}" for number in range(21))},
        {"label": "x" * 101},
        {"label": "a\0b"},
    ],
)
def test_a_webhook_that_makes_no_sense_is_refused(chief: Client, wrong: dict[str, str]) -> None:
    good = {"label": EVIL[:100], "url": "https://partner.example/", "verbs": "cases"}
    page = chief.post("/webhooks/subscribe/", (good | wrong) if wrong else {})
    assert page.status_code == 422
    assert "<script>alert" not in page.text
    assert Subscription.objects.count() == 0


def test_a_webhook_is_edited_and_typed_text_comes_back(chief: Client, partner: Partner) -> None:
    webhook, secret = subscribed(partner, "cases", "test.thing")
    at = f"/webhooks/{webhook.pk}/edit/"
    page = chief.get(at).text
    assert ("cases\ntest.thing</textarea>" in page, partner.url in page, secret in page) == (True, True, False)
    assert at in chief.get(f"/webhooks/{webhook.pk}/").text
    right = {"label": "市热线", "url": "https://hotline.example/", "verbs": "cases.case", "version": "1"}
    page = chief.post(at, right | {"url": "http://hotline.example/"})
    assert (page.status_code, "http://hotline.example/" in page.text) == (422, True)
    assert chief.post(at, right).headers["Location"] == f"/webhooks/{webhook.pk}/"
    changed = Subscription.objects.get()
    assert (changed.label, changed.url, changed.verbs) == ("市热线", "https://hotline.example/", ["cases.case"])
    assert chief.post(at, right | {"label": "晚了"}).status_code == 409
    assert Subscription.objects.get().label == "市热线"


def test_the_form_shows_what_there_is_to_hear_of(chief: Client) -> None:
    page = chief.get("/webhooks/subscribe/").text
    assert ("cases.case" in page, "people.person" in page, "residents.datarequest" in page) == (True, False, False)
    assert chief.post("/webhooks/subscribe/", {"label": "", "url": "", "verbs": "meetings"}).status_code == 422
    later = {"label": "热线", "url": "https://hotline.example/", "verbs": "meetings"}
    assert chief.post("/webhooks/subscribe/", later).status_code == 302


def test_a_webhook_is_paused_resumed_tried_and_ended(chief: Client, partner: Partner) -> None:
    webhook, _secret = subscribed(partner)
    at = f"/webhooks/{webhook.pk}/"
    assert "No calls yet" in chief.get(at).text
    assert "Nothing is undelivered" in chief.get(at + "?only=dead").text
    for verb, status, told in (("pause", "paused", "Paused."), ("resume", "active", "It goes on;")):
        assert told in chief.post(f"{at}{verb}/", follow=True).text
        assert Subscription.objects.get().status == status
    chief.post(at + "ping/")
    actions.call_partners()
    assert len(partner.heard) == 1
    assert "webhooks.subscription.ping" in chief.get(at).text


def test_a_webhook_ends_only_after_a_confirmation_and_says_so(chief: Client, partner: Partner) -> None:
    webhook, _secret = subscribed(partner)
    at = f"/webhooks/{webhook.pk}/"
    assert f'href="{at}end/"' in chief.get(at).text
    assert "cannot be opened again" in chief.get(at + "end/").text
    assert (chief.post(at + "end/").status_code, Subscription.objects.get().status) == (422, "active")
    told = chief.post(at + "end/", {"sure": "on"}, follow=True).text
    assert (Subscription.objects.get().status, "has ended." in told, "Resume" in told) == ("ended", True, False)
    assert chief.get(at + "end/").headers["Location"] == at


def test_a_webhook_that_failed_says_so_and_its_dead_calls_are_redelivered(chief: Client, partner: Partner) -> None:
    webhook, _secret = subscribed(partner)
    at = f"/webhooks/{webhook.pk}/"
    for _number in range(3):
        happen()
    go_on()
    partner.answers = [500]
    actions.call_partners()
    assert "failing since" in chief.get(at).text
    dead = Call.objects.order_by("pk")[0]
    dead.tries = 5
    dead.failed("http_500")
    Subscription.objects.update(failing_since=MORNING - timedelta(days=4))
    webhook.refresh_from_db(fields=["failing_since"])
    webhook.missed(there=True, by=SYSTEM)
    page = chief.get(at + "?only=dead")
    assert (page.text.count("HTTP 500"), "did not answer for three days" in page.text) == (1, True)
    assert chief.post(f"/webhooks/calls/{dead.pk}/redeliver/").headers["Location"] == at
    assert Call.objects.get(pk=dead.pk).status == Sending.QUEUED


def test_the_pages_cost_the_same_for_one_row_and_for_thirty(chief: Client, partner: Partner) -> None:
    webhook, _secret = subscribed(partner)
    happen()
    go_on()
    pages = ("/webhooks/", f"/webhooks/{webhook.pk}/")
    spent = {page: queries_of(chief, page) for page in pages}
    for number in range(34):
        subscribed(partner, f"test.{'a' * (number + 1)}")
        happen()
    go_on()
    assert {page: queries_of(chief, page) for page in pages} == spent
    assert max(spent.values()) <= 12
    assert [chief.get(page).text.count('<tr tabindex="0">') for page in pages] == [30, 30]


def test_webhooks_are_shut_to_others_and_to_other_places(wuhai: Wuhai, partner: Partner) -> None:
    webhook, _secret = subscribed(partner, place_path="150302")
    actions.ping(subscription=webhook, by=SYSTEM)
    call = Call.objects.get()
    account, _holding = wuhai.hold(wuhai.body("150302001", "街道"), RoleCode.ADMINISTRATOR)
    local, resident = wuhai.client(account), wuhai.client(wuhai.account())
    for path in ("/webhooks/", "/webhooks/subscribe/"):
        assert resident.get(path).status_code == 403
        assert local.get(path).status_code == 200
    for who in (resident, local):
        assert who.get(f"/webhooks/{webhook.pk}/").status_code == 404
        for verb in ("reveal", "pause", "resume", "end", "ping"):
            assert who.post(f"/webhooks/{webhook.pk}/{verb}/").status_code == 404
        assert who.post(f"/webhooks/calls/{call.pk}/redeliver/").status_code == 404
    assert list(Subscription.objects.visible_to(VISITOR)) == []
