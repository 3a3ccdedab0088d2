"""The glossary says the words that people meet, each where one looks for it."""

import re

import pytest

from .house import ROOT

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
][1:]
CATALOGUE = (ROOT / "linli" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
GROUND = ROOT / "linli" / "ground"
DATA = [*(GROUND / "kinds" / "data" / "kinds").glob("*.toml"), *(GROUND / "rulebook" / "packs").glob("*.toml")]
MET = "\n".join(
    [
        *re.findall(r'^(?:msgstr(?:\[\d\])? )?"(.*)"$', CATALOGUE, re.MULTILINE),
        *(one.read_text("utf-8") for one in DATA),
    ]
)
"""What stands in the catalogue of Chinese words, names a kind of body or is said by a rule."""


def test_the_words_stand_in_alphabetical_order_and_once() -> None:
    words = [row[0].casefold() for row in ROWS]
    assert words == sorted(set(words))


@pytest.mark.parametrize(("english", "chinese"), [(row[0], row[1]) for row in ROWS])
def test_every_chinese_word_of_the_glossary_is_met_in_the_product(english: str, chinese: str) -> None:
    assert [one for one in chinese.split("、") if one != "—" and one not in MET] == []
