"""Every string that a person sees has its Chinese; the compiled catalogue is fresh."""

import polib

from linli.ground.ui.management.commands import words

from .house import LINLI

CATALOGUE = LINLI / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def used() -> set[tuple[str | None, str]]:
    return {(word.context, word.text) for word in words.used()}


def test_no_string_is_untranslated() -> None:
    translated = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(CATALOGUE)) if entry.translated()}
    assert sorted(used() - translated, key=str) == []


def test_no_translation_is_left_over() -> None:
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(CATALOGUE))}
    assert sorted(known - used(), key=str) == []


def test_the_compiled_catalogue_is_fresh() -> None:
    def said(catalogue: polib.POFile | polib.MOFile) -> dict[tuple[str | None, str], tuple[str, dict[int, str]]]:
        return {(one.msgctxt, one.msgid): (one.msgstr, one.msgstr_plural) for one in catalogue}

    assert said(polib.mofile(str(CATALOGUE.with_suffix(".mo")))) == said(polib.pofile(str(CATALOGUE)))
