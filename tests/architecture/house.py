"""What the architecture tests know of the house: its floors, apps, rooms and bounds (docs/map.md)."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINLI = ROOT / "linli"
FLOORS = ("faces", "flows", "commons", "ground")  # top to bottom
ORDER = {  # within a floor, top to bottom; equal numbers are siblings
    "faces": {"demo": 0, "portal": 1, "desk": 1, "standards": 1},
    "flows": {
        "worklist": 0,
        "intake": 0,
        "applicants": 0,
        "opinions": 0,
        "ratings": 0,
        "escalations": 1,
        "dispatch": 2,
        "callbacks": 2,
        "reporters": 2,
        "supports": 2,
        "services": 2,
        "replies": 2,
        "overview": 2,
        "search": 2,
        "publicity": 3,
        "cases": 4,
    },
    "commons": {"routing": 0, "guides": 0, "webhooks": 1, "notices": 2, "deadlines": 3, "calendar": 4, "files": 5},
    "ground": {
        "completeness": 0,
        "accounts": 1,
        "posts": 2,
        "organisations": 3,
        "kinds": 4,
        "lists": 5,
        "doubles": 5,
        "figures": 5,
        "residents": 6,
        "people": 7,
        "decisions": 7,
        "rulebook": 8,
        "places": 9,
        "ui": 10,
        "authority": 11,
        "textsearch": 12,
        "redaction": 12,
        "core": 13,
        "database": 14,
    },
}
ROOMS = {"__init__", "apps", "urls", "views", "api", "tasks", "forms", "actions", "queries", "rules", "models"}
FOLDERS = {"templates", "locale", "migrations", "management", "templatetags", "static", "data"}
# Named extra rooms: each holds one concept that has no room of its own.
EXTRA: dict[str, set[str]] = {
    # how PostgreSQL is spoken to: statements that it keeps, questions worded once, answers that stand, rows written plainly
    "database": {"statements", "prepared", "standing", "writing", "sessions"},
    "core": {"lifecycle", "crypto", "clock", "money", "paging", "feed", "registry", "codes"},
    "places": {"divisions", "outlines", "sections", "spans"},
    "rulebook": {"fractions", "packs", "units"},
    "people": {"identity", "sms", "sessions", "oidc"},
    "residents": {"personal_data", "retention", "sections"},
    "kinds": {"fields"},
    "organisations": {"sections"},
    "completeness": {"composition"},
    "calendar": {"recounting"},
    "webhooks": {"wire"},
    "guides": {"sections"},
    "services": {"sections", "steps"},
    "notices": {"templates", "channels"},
    "cases": {"steps"},
    "standards": {"georeport"},
    "ui": {
        "context",
        "drafts",
        "navigation",
        "page_facts",
        "gallery",
        "rates",
        "renderer",
        "sections",
        "sheets",
        "vendoring",
    },
    "authority": {"powers", "roles", "actors", "doors", "pages", "tokens"},
}
BOUNDS = {"file": 300, "function": 40, "template": 150, "app": 2500, "core": 900, "settings": 250}


def apps() -> list[Path]:
    """Every app's folder."""
    return [
        folder
        for floor in FLOORS
        for folder in sorted((LINLI / floor).iterdir())
        if folder.is_dir() and folder.name != "__pycache__"
    ]


def sources(folder: Path) -> Iterator[Path]:
    """The Python files of a folder that people wrote: all but migrations."""
    return (file for file in sorted(folder.rglob("*.py")) if "migrations" not in file.parts)


def room(app: Path, file: Path) -> str:
    """The room of an app that a file stands in; a room that outgrew one file is a package of the same name."""
    return file.relative_to(app).parts[0].removesuffix(".py")


@cache
def tree(file: Path) -> ast.Module:
    """A file as syntax; each is read once for all tests."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def name(file: Path) -> str:
    """A file as people call it."""
    return str(file.relative_to(ROOT))
