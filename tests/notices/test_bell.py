"""The bell in the public masthead: a resident sees on every page how much is unread, a visitor sees none."""

import re

import pytest
from django.test import Client

from .town import Recipient, Wuhai, go_on, happen, tell

BELL = r'<a class="c-button c-corner" href="/notices/" aria-label="%s"[^>]*>.*?</a>'


@pytest.mark.usefixtures("words")
def test_a_resident_sees_a_bell_with_its_count_on_every_public_page(wuhai: Wuhai) -> None:
    li = wuhai.account()
    resident = wuhai.client(li)
    quiet = re.search(BELL % "Messages", resident.get("/").text, re.DOTALL)
    assert quiet is not None
    assert "<i>" not in quiet[0]
    tell(Recipient(account=li.pk))
    for _number in range(3):
        happen()
    go_on()
    for address in ("/", "/cases/report/", "/calendar/hours/"):
        loud = re.search(BELL % "3 unread messages", resident.get(address).text, re.DOTALL)
        assert loud is not None
        assert "<i>3</i>" in loud[0]


def test_a_visitor_has_no_bell(wuhai: Wuhai) -> None:
    assert "c-corner" not in Client().get("/").text
