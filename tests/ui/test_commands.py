"""What the makers of Linli run: the catalogue of words follows the code, and the documents are drawn from it."""

from pathlib import Path
from typing import Any

import polib
import pytest
from django.core.management import call_command

from linli.ground.ui.management.commands.write_docs import documents

CODE = """
from django.utils.translation import gettext as _, gettext_lazy as _t, ngettext, pgettext

def said(name, n):
    return _("Lamp"), _t("Road"), ngettext("%(n)s lamp", "%(n)s lamps", n), pgettext("month", "May"), _(name)
"""
TEMPLATE = """{% load i18n %}{% translate "Lamp" %}{% translate "Bench" %}{{ _("Tree") }}
{% blocktranslate count n=n %}{{ n }} bench{% plural %}{{ n }} benches{% endblocktranslate %}"""


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> Path:
    """A small house with words in its code, in a template and in a migration, and an old catalogue."""
    app = tmp_path / "linli" / "lamps"
    for folder in ("migrations", "templates"):
        (app / folder).mkdir(parents=True)
    (app / "views.py").write_text(CODE, encoding="utf-8")
    (app / "templates" / "lamp.html").write_text(TEMPLATE, encoding="utf-8")
    (app / "migrations" / "0001_initial.py").write_text(CODE.replace("Lamp", "Old lamp"), encoding="utf-8")
    (tmp_path / "docs").mkdir()
    settings.ROOT, settings.LOCALE_PATHS = tmp_path, [tmp_path / "locale"]
    (catalogue(tmp_path).parent).mkdir(parents=True)
    return tmp_path


def catalogue(house: Path) -> Path:
    return house / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def test_words_lists_what_has_no_chinese_yet(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("words")
    names = ["%(n)s bench", "%(n)s lamp", "Bench", "Lamp", "May", "Road", "Tree"]
    assert capsys.readouterr().out.splitlines() == [f"no Chinese: {name!r}" for name in names]
    assert [(one.msgctxt, one.msgid) for one in polib.pofile(str(catalogue(house)))] == [
        ("month" if name == "May" else None, name) for name in names
    ]


def test_words_keeps_what_is_written_drops_what_is_unused_and_compiles(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = polib.POFile()
    old.append(polib.POEntry(msgid="Lamp", msgstr="路灯"))
    old.append(polib.POEntry(msgid="Well", msgstr="水井"))
    old.append(polib.POEntry(msgid="%(n)s lamp", msgid_plural="%(n)s lamps", msgstr_plural={0: "%(n)s 盏路灯"}))
    old.save(str(catalogue(house)))
    call_command("words")
    assert len(capsys.readouterr().out.splitlines()) == 5
    fresh = {one.msgid: one.msgstr or one.msgstr_plural.get(0) for one in polib.pofile(str(catalogue(house)))}
    assert (fresh["Lamp"], fresh["%(n)s lamp"], "Well" in fresh) == ("路灯", "%(n)s 盏路灯", False)
    compiled = polib.mofile(str(catalogue(house).with_suffix(".mo")))
    assert {one.msgid for one in compiled} == {"Lamp", "%(n)s lamp"}


@pytest.mark.django_db
def test_write_docs_writes_what_is_drawn_from_the_code(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("write_docs")
    drawn = documents()
    assert capsys.readouterr().out.split() == list(drawn)
    assert {file.name: file.read_text(encoding="utf-8") for file in (house / "docs").iterdir()} == drawn
