"""What leaves a page on a phone is never the way to do something."""

import re

from .house import LINLI, name

OFF = re.compile(r'<td[^>]*class="[^"]*(?:is-off|d-src)[^"]*"[^>]*>(.*?)</td>', re.DOTALL)
CONTROL = re.compile(r"<(?:a|button|form|input|select|c-button)\b")
UNSEEN = re.compile(r'<(?:a|button|c-button)\s[^>]*class="[^"]*\bu-phone-hide\b')


def test_no_cell_that_leaves_a_row_on_phones_holds_a_control() -> None:
    pages = {file: file.read_text(encoding="utf-8") for file in LINLI.rglob("*.html")}
    cells = [(file, cell) for file, page in pages.items() for cell in OFF.findall(page)]
    assert len(cells) > 1
    assert [name(file) for file, cell in cells if CONTROL.search(cell)] == []
    assert [name(file) for file, page in pages.items() if UNSEEN.search(page)] == []
