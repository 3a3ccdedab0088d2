"""`manage words`: bring the Chinese catalogue up to date with the strings that the code uses, and compile it.

Needs no gettext programs. Add the Chinese of what it lists to linli/locale/zh_Hans/LC_MESSAGES/django.po and run it again.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.template import templatize

LITERAL = r"""u?((?:'(?:[^'\\]|\\.)*')|(?:"(?:[^"\\]|\\.)*"))"""
IN_TEMPLATE = re.compile(rf"(?P<call>n?p?gettext|_)\({LITERAL}(?:, *{LITERAL})?(?:, *{LITERAL})?", re.DOTALL)
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Language": "zh_Hans",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Word(NamedTuple):
    """A string that people see: with its context and its plural where it has one."""

    context: str | None
    text: str
    plural: str | None

    @classmethod
    def of(cls, call: str, texts: list[str]) -> "list[Word]":
        """Return what a call of gettext's family names; nothing where nothing is written out."""
        name = call.removesuffix("_lazy").removesuffix("_noop")
        context = texts.pop(0) if "p" in name.removesuffix("gettext") and texts else None
        plural = texts[1] if name.startswith("n") and len(texts) > 1 else None
        return [cls(context, texts[0], plural)] if texts else []


def used() -> Iterator[Word]:
    """Yield every string that code and templates show to people."""
    folder = settings.ROOT / "linli"
    for file in sorted(folder.rglob("*.py")):
        if "migrations" not in file.parts:
            yield from _in_code(ast.parse(file.read_text(encoding="utf-8")))
    for file in sorted(folder.rglob("*.html")):
        yield from _in_template(file)


def _in_code(tree: ast.Module) -> Iterator[Word]:
    calls = _names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in calls:
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            yield from Word.of(calls[node.func.id], texts)


def _names(tree: ast.Module) -> dict[str, str]:
    """Return what a file calls the functions of gettext's family."""
    return {
        one.asname or one.name: one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for one in node.names
        if "gettext" in one.name
    }


def _in_template(file: Path) -> Iterator[Word]:
    for match in IN_TEMPLATE.finditer(templatize(file.read_text(encoding="utf-8"), origin=str(file))):
        call = match["call"].replace("_", "gettext") if match["call"] == "_" else match["call"]
        yield from Word.of(call, [ast.literal_eval(text) for text in match.groups()[1:] if text])


def entry(word: Word, chinese: str) -> polib.POEntry:
    """Return a catalogue's entry; Chinese has one form for one and many."""
    if word.plural is None:
        return polib.POEntry(msgctxt=word.context, msgid=word.text, msgstr=chinese)
    return polib.POEntry(msgctxt=word.context, msgid=word.text, msgid_plural=word.plural, msgstr_plural={0: chinese})


class Command(BaseCommand):
    """Add what is new, drop what is unused, compile; list what has no Chinese yet."""

    help = "Updates and compiles the Chinese catalogue."

    def handle(self, **_options: object) -> None:
        """Write django.po and django.mo."""
        path = settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES" / "django.po"
        old = polib.pofile(str(path)) if path.exists() else polib.POFile()
        known = {(one.msgctxt, one.msgid): one.msgstr or one.msgstr_plural.get(0, "") for one in old}
        fresh = polib.POFile(wrapwidth=110)
        fresh.metadata = HEADER
        words = {(word.context, word.text): word for word in sorted(used(), key=lambda word: word.plural or "")}
        for key in sorted(words, key=lambda one: (one[1], one[0] or "")):
            fresh.append(entry(words[key], known.get(key, "")))
            if not known.get(key):
                self.stdout.write(f"no Chinese: {key[1]!r}")
        fresh.save(str(path))
        fresh.save_as_mofile(str(path.with_suffix(".mo")))
