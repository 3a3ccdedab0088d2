"""The doors for people: the inbox in both shells, wishes, and what could not be delivered."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.commons.notices import channels
from linli.commons.notices.models import Channel, Delivery, Message, Preference, Sending
from linli.commons.notices.templates import Group, Recipient, register
from linli.ground.authority.roles import RoleCode
from linli.ground.core.registry import ref
from linli.ground.people.models import Account

from .town import ENGLISH, HUDONG, MORNING, Wuhai, go_on, happen

pytestmark = pytest.mark.usefixtures("words")
EVIL = "<script>alert('x')</script>' OR 1=1 --"


def tell(account: Account, number: int = 1, **more: object) -> list[Message]:
    register(
        "test.thing.move",
        group=Group("things", "Things"),
        audience=lambda event: [Recipient(account=account.pk)],
        text="By hand",
        **({"title": "Moved: %(about)s", "channels": (Channel.SMS, Channel.EMAIL)} | more),
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


def test_a_resident_reads_an_empty_inbox_and_what_it_is_for(resident: Client) -> None:
    page = resident.get("/notices/")
    assert (page.status_code, [one.name for one in page.templates].count("ui/base_public.html")) == (200, 1)
    assert "No messages yet" in page.text


def test_an_empty_inbox_speaks_to_a_worker_of_the_work(chief: Client) -> None:
    page = chief.get("/notices/").text
    assert ("what other bodies tell yours appears here" in page, "a matter of yours" in page) == (True, False)


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


def test_who_sees_to_delivery_is_not_spoken_to_as_the_recipient(chief: Client, resident: Client, li: Account) -> None:
    tell(li, title="Your thing has moved: %(about)s", called="A thing has moved: %(about)s")
    delivery = Delivery.objects.get()
    delivery.tries = 5
    delivery.failed("sms_not_taken")
    page, inbox = (who.get(at).text for who, at in ((chief, "/notices/undelivered/"), (resident, "/notices/")))
    assert ("A thing has moved: " in page, "Your thing has moved: " in page) == (True, False)
    assert ("A thing has moved: " in inbox, "Your thing has moved: " in inbox) == (False, True)


def test_what_could_not_be_delivered_is_shut_to_others_and_to_other_places(
    wuhai: Wuhai, resident: Client, li: Account
) -> None:
    tell(li, 0)
    happen(place_path="")
    go_on()
    delivery = Delivery.objects.get()
    delivery.tries = 5
    delivery.failed("sms_not_taken")
    account, _holding = wuhai.hold(wuhai.body("150302001", "街道"), RoleCode.ADMINISTRATOR)
    local = wuhai.client(account)
    assert (resident.get("/notices/undelivered/").status_code, local.get("/notices/undelivered/").status_code) == (
        403,
        200,
    )
    for who in (resident, local):
        assert who.post(f"/notices/undelivered/{delivery.pk}/send_again/").status_code == 404
    assert Delivery.objects.get().status == Sending.DEAD
