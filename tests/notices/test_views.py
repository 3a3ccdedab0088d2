"""The doors for people: the inbox in both shells, wishes, and what administrators see to."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.commons.notices import actions, channels
from linli.commons.notices.models import Channel, Delivery, Message, Preference, Sending, Subscription, WebhookDelivery
from linli.commons.notices.templates import Group, Recipient, register
from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.authority.roles import RoleCode
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Holding
from linli.ground.people.models import Account

from .town import ENGLISH, HUDONG, MORNING, Partner, Wuhai, go_on, happen

pytestmark = pytest.mark.usefixtures("words")
EVIL = "<script>alert('x')</script>' OR 1=1 --"


def tell(account: Account, number: int = 1, **more: object) -> list[Message]:
    register(
        "test.thing.move",
        group=Group("things", "Things"),
        audience=lambda event: [Recipient(account=account.pk)],
        title="Moved: %(about)s",
        text="By hand",
        **({"channels": (Channel.SMS, Channel.EMAIL)} | more),
    )
    for _number in range(number):
        happen()
    go_on()
    return list(Message.objects.filter(account=account).order_by("pk"))


@pytest.fixture
def li(wuhai: Wuhai) -> Account:
    return wuhai.account()


@pytest.fixture
def resident(wuhai: Wuhai, li: Account) -> Client:
    return wuhai.client(li)


@pytest.fixture
def chief(wuhai: Wuhai) -> Client:
    """The city's administrator at the desk."""
    account, _holding = wuhai.hold(wuhai.body("1503", "管理处"), RoleCode.ADMINISTRATOR)
    return wuhai.client(account)


def subscribed(partner: Partner, place_path: str = "1503") -> Subscription:
    return Subscription.subscribe(
        label="12345 热线", url=partner.url, verbs=["test"], place_path=place_path, by=SYSTEM
    )[0]


def test_a_resident_reads_an_empty_inbox_and_what_it_is_for(resident: Client) -> None:
    page = resident.get("/notices/")
    assert (page.status_code, [one.name for one in page.templates].count("ui/base_public.html")) == (200, 1)
    assert "No messages yet" in page.text


def test_a_worker_reads_the_inbox_at_the_desk_with_the_count_beside_it(wuhai: Wuhai) -> None:
    account, _holding = wuhai.hold(wuhai.body(HUDONG, "居委会"))
    tell(account, 2)
    page = wuhai.client(account).get("/notices/")
    assert [one.name for one in page.templates].count("ui/base_desk.html") == 1
    badge = r'href="/notices/"[^>]*>.*?<i><span aria-hidden="true">2</span><span class="u-hide">2 unread messages</span></i>'
    assert re.search(badge, page.text, re.DOTALL)


def test_a_visitor_is_sent_to_sign_in_and_one_with_a_proven_phone_reads(wuhai: Wuhai) -> None:
    visitor = Client(headers=ENGLISH)
    assert visitor.get("/notices/").status_code in {302, 403}
    session = visitor.session
    session["contact"] = "c" * 64
    session.save()
    assert visitor.get("/notices/").status_code == 200
    assert visitor.get("/notices/preferences/").status_code in {302, 403}


def test_an_inbox_costs_the_same_for_one_row_and_for_thirty(resident: Client, li: Account) -> None:
    tell(li)
    resident.get("/notices/")
    with CaptureQueriesContext(connection) as one:
        resident.get("/notices/")
    tell(li, 34)
    with CaptureQueriesContext(connection) as many:
        page = resident.get("/notices/")
    assert len(many) == len(one) <= 12
    assert page.text.count('class="c-list__row"') == 30
    token = re.search(r'rel="next" href="\?page=([^"]+)"', page.text)
    assert token is not None
    assert resident.get("/notices/", {"page": token[1]}).text.count('class="c-list__row"') == 5
    assert resident.get("/notices/", {"page": "forged"}).status_code == 400


def test_a_message_is_read_opened_and_all_are_read(resident: Client, li: Account, wuhai: Wuhai) -> None:
    place = wuhai.places[HUDONG]
    first, second, third = tell(li, 3, about=lambda event: ref(place))
    assert resident.post(f"/notices/{first.pk}/read/").headers["Location"] == "/notices/"
    assert resident.post(f"/notices/{second.pk}/open/").headers["Location"] == place.get_absolute_url()
    assert "Unread" in resident.get("/notices/?only=unread").text
    assert resident.post("/notices/read/").status_code == 302
    assert Message.objects.unread().count() == 0
    assert "Everything is read" in resident.get("/notices/?only=unread").text
    assert resident.get(f"/notices/{third.pk}/read/").status_code == 405


def test_a_message_about_something_hidden_opens_the_inbox(resident: Client, li: Account) -> None:
    [message] = tell(li)
    assert resident.post(f"/notices/{message.pk}/open/").headers["Location"] == "/notices/"


def test_another_person_s_message_is_not_there(resident: Client, wuhai: Wuhai) -> None:
    [message] = tell(wuhai.account())
    for verb in ("read", "open"):
        assert resident.post(f"/notices/{message.pk}/{verb}/").status_code == 404
    assert Message.objects.get().read_at is None


def test_a_resident_chooses_what_to_be_told_and_how(resident: Client, li: Account) -> None:
    tell(li)
    Preference.objects.create(account=li, muted=["staff.sms"])
    page = resident.get("/notices/preferences/")
    assert "Things · SMS" in page.text
    answer = resident.post(
        "/notices/preferences/", {"wanted": ["things.email"], "email": "li@example.org", "digest": "daily"}
    )
    assert answer.status_code == 302
    wish = Preference.objects.get()
    assert (wish.account_id, wish.muted, wish.email, wish.digest) == (
        li.pk,
        ["staff.sms", "things.sms"],
        "li@example.org",
        "daily",
    )
    assert "not confirmed yet" in resident.get("/notices/preferences/").text
    link = re.search(r"/notices/confirm/\S+", mail.outbox[0].body)
    assert link is not None
    stranger = Client(headers=ENGLISH)
    assert "Confirm this address" in stranger.get(link[0]).text
    assert Preference.objects.get().confirmed_at is None
    assert "The address is confirmed" in stranger.post(link[0]).text
    assert Preference.objects.get().confirmed_at == MORNING
    assert stranger.get("/notices/confirm/forged/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"digest": "hourly"},
        {"digest": "off", "email": "no address"},
        {"digest": "off", "email": EVIL},
        {"digest": "off", "email": "a" * 300 + "@example.org"},
        {"digest": "off", "wanted": ["things.pigeon"]},
        {"digest": EVIL, "wanted": EVIL},
    ],
)
def test_wishes_that_make_no_sense_are_refused_with_what_was_typed(
    resident: Client, li: Account, wrong: dict[str, object]
) -> None:
    tell(li)
    page = resident.post("/notices/preferences/", wrong)
    assert page.status_code == 422
    assert "c-errors" in page.text
    assert "<script>alert" not in page.text
    assert Preference.objects.count() == 0


def test_an_address_to_which_nothing_can_be_sent_is_not_kept(resident: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: str) -> None:
        raise channels.Undelivered("mail_server_away")

    monkeypatch.setattr(channels, "send_email", away)
    page = resident.post("/notices/preferences/", {"email": "li@example.org", "digest": "off"})
    assert page.status_code == 422
    assert "No e-mail could be sent to this address" in page.text
    assert Preference.objects.count() == 0


def test_an_administrator_sends_an_undelivered_message_again(chief: Client, li: Account) -> None:
    assert "Nothing is undelivered" in chief.get("/notices/undelivered/").text
    tell(li)
    delivery = Delivery.objects.get()
    delivery.tries = 5
    delivery.failed("sms_not_taken")
    page = chief.get("/notices/undelivered/")
    assert "the SMS gateway did not take it" in page.text
    assert li.person.personal.phone not in page.text
    assert chief.post(f"/notices/undelivered/{delivery.pk}/send_again/").status_code == 302
    assert Delivery.objects.get().status == Sending.QUEUED


def test_an_administrator_sets_up_a_webhook_and_sees_its_secret_once(chief: Client, partner: Partner) -> None:
    assert "No webhooks yet" in chief.get("/notices/webhooks/").text
    assert chief.get("/notices/webhooks/subscribe/").status_code == 200
    page = chief.post(
        "/notices/webhooks/subscribe/", {"label": "热线", "url": partner.url, "verbs": "cases\ntest.thing\ncases"}
    )
    webhook = Subscription.objects.get()
    assert page.status_code == 201
    assert webhook.secret in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert (webhook.verbs, webhook.place_path, webhook.label) == (["cases", "test.thing"], "1503", "热线")
    assert webhook.secret not in chief.get(f"/notices/webhooks/{webhook.pk}/").text
    assert "乌海市</td>" in chief.get("/notices/webhooks/").text


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"url": "http://partner.example/"},
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
    page = chief.post("/notices/webhooks/subscribe/", (good | wrong) if wrong else {})
    assert page.status_code == 422
    assert "<script>alert" not in page.text
    assert Subscription.objects.count() == 0


def test_a_webhook_is_paused_resumed_tried_and_ended(chief: Client, partner: Partner) -> None:
    webhook = subscribed(partner)
    at = f"/notices/webhooks/{webhook.pk}/"
    assert "No calls yet" in chief.get(at).text
    assert "Nothing is undelivered" in chief.get(at + "?only=dead").text
    for verb, status in (("pause", "paused"), ("resume", "active")):
        assert chief.post(f"{at}{verb}/").status_code == 302
        assert Subscription.objects.get().status == status
        assert chief.get(at).status_code == 200
    chief.post(at + "ping/")
    actions.call_partners()
    assert len(partner.heard) == 1
    assert "notices.subscription.ping" in chief.get(at).text
    chief.post(at + "end/")
    assert Subscription.objects.get().status == "ended"
    assert "Resume" not in chief.get(at).text


def test_a_webhook_that_failed_says_so_and_its_dead_calls_are_redelivered(chief: Client, partner: Partner) -> None:
    webhook = subscribed(partner)
    at = f"/notices/webhooks/{webhook.pk}/"
    for _number in range(3):
        happen()
    go_on()
    partner.answers = [500]
    actions.call_partners()
    assert "failing since" in chief.get(at).text
    dead = WebhookDelivery.objects.order_by("pk")[0]
    dead.tries = 5
    dead.failed("http_500")
    Subscription.objects.update(failing_since=MORNING - timedelta(days=4))
    webhook.refresh_from_db(fields=["failing_since"])
    webhook.missed(there=True, by=SYSTEM)
    page = chief.get(at + "?only=dead")
    assert (page.text.count("HTTP 500"), "did not answer for three days" in page.text) == (1, True)
    assert chief.post(f"/notices/webhooks/calls/{dead.pk}/redeliver/").headers["Location"] == at
    assert WebhookDelivery.objects.get(pk=dead.pk).status == Sending.QUEUED


def test_the_administrators_pages_are_shut_to_others_and_to_other_places(
    wuhai: Wuhai, resident: Client, partner: Partner
) -> None:
    webhook = subscribed(partner, "150302")
    actions.ping(subscription=webhook, by=SYSTEM)
    call = WebhookDelivery.objects.get()
    account, _holding = wuhai.hold(wuhai.body("150302001", "街道"), RoleCode.ADMINISTRATOR)
    local = wuhai.client(account)
    for path in ("undelivered/", "webhooks/", "webhooks/subscribe/"):
        assert resident.get(f"/notices/{path}").status_code == 403
        assert local.get(f"/notices/{path}").status_code == 200
    for who in (resident, local):
        assert who.get(f"/notices/webhooks/{webhook.pk}/").status_code == 404
        for verb in ("pause", "resume", "end", "ping"):
            assert who.post(f"/notices/webhooks/{webhook.pk}/{verb}/").status_code == 404
        assert who.post(f"/notices/webhooks/calls/{call.pk}/redeliver/").status_code == 404
        assert who.post("/notices/undelivered/1/send_again/").status_code == 404
    assert list(Subscription.objects.visible_to(VISITOR)) == []
    assert Holding.objects.exists()
