"""The door for machines: one's own inbox."""

import pytest
from django.test import Client

from linli.commons.notices.models import Message
from linli.commons.notices.templates import Group, Recipient, register
from linli.ground.authority.roles import RoleCode
from linli.ground.core.registry import ref

from .town import HUDONG, Machine, Wuhai, go_on, happen

pytestmark = pytest.mark.usefixtures("words")


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
    status, inbox = worker.get("/notices/inbox")
    assert (status, inbox["unread"], inbox["next"]) == (200, 2, None)
    newest, oldest = inbox["items"]
    assert (newest["title"], newest["about"], newest["url"]) == (
        f"Moved: {place.title}",
        ref(place),
        place.get_absolute_url(),
    )
    assert (oldest["title"], oldest["about"], oldest["url"], oldest["read_at"]) == ("Moved: a matter", "", "", None)
    assert worker.post(f"/notices/inbox/{oldest['id']}/read")[0] == 204
    assert worker.post("/notices/inbox/read") == (200, {"number": 1})
    assert Message.objects.unread().count() == 0


def test_strangers_and_forged_tokens_are_refused(wuhai: Wuhai) -> None:
    assert Client().get("/api/notices/inbox").status_code == 401
    worker = Machine(wuhai, RoleCode.WORKER, HUDONG)
    assert worker.get("/notices/inbox", page="forged")[0] == 400
    assert worker.get("/notices/inbox", page="x" * 500)[0] == 422
    assert worker.post("/notices/inbox/999999/read")[0] == 404
    assert worker.post(f"/notices/inbox/{10**30}/read")[0] == 404
