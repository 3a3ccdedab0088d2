"""Every string that a person sees has its Chinese; the compiled catalogue is fresh."""

from functools import cache

import polib

from linli.ground.ui.management.commands import words

from .house import LINLI

CATALOGUE = LINLI / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


@cache
def used() -> frozenset[tuple[str | None, str]]:
    return frozenset((word.context, word.text) for word in words.used())


@cache
def written() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_no_string_is_untranslated() -> None:
    translated = {(entry.msgctxt, entry.msgid) for entry in written() if entry.translated()}
    assert sorted(used() - translated, key=str) == []


def test_no_translation_is_left_over() -> None:
    known = {(entry.msgctxt, entry.msgid) for entry in written()}
    assert sorted(known - used(), key=str) == []


def test_the_compiled_catalogue_is_fresh() -> None:
    def said(catalogue: polib.POFile | polib.MOFile) -> dict[tuple[str | None, str], tuple[str, dict[int, str]]]:
        return {(one.msgctxt, one.msgid): (one.msgstr, one.msgstr_plural) for one in catalogue}

    assert said(polib.mofile(str(CATALOGUE.with_suffix(".mo")))) == said(written())


def test_a_button_that_shows_something_says_it_with_one_word() -> None:
    buttons = {entry.msgid: entry.msgstr for entry in written() if entry.msgid.split(" ")[0] in {"Show", "See", "Open"}}
    assert len(buttons) > 10
    assert {text: said for text, said in buttons.items() if said.startswith("显示")} == {}
