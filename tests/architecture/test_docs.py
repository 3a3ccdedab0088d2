"""Generated documents are fresh, and every path that a document names exists."""

import re

import pytest

from linli.ground.ui.management.commands.write_docs import documents

from .house import ROOT

LINK = re.compile(r"\]\((?!http|#|mailto)([^)#]+)")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["lifecycles.md", "permissions.md", "openapi.json"])
def test_a_generated_document_is_fresh(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == documents()[name], (
        "run: python3 run.py manage write_docs"
    )


def test_documents_lead_somewhere() -> None:
    dead = [
        f"{document.name}: {target}"
        for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in LINK.findall(document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert dead == []


def test_decisions_are_short() -> None:
    long = [one.name for one in (ROOT / "docs" / "decisions").glob("*.md") if len(one.read_text().splitlines()) > 30]
    assert long == []
