"""What came from others is what we took over, and nothing else is loaded."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from linli.ground.ui import vendoring

ROOT = Path(settings.ROOT)
TEMPLATES = sorted((ROOT / "linli").rglob("templates/**/*.html"))
MANIFEST = json.loads(vendoring.MANIFEST.read_text(encoding="utf-8"))
SCRIPT = vendoring.STATIC / "linli" / "linli.js"


def test_every_file_of_others_is_unchanged() -> None:
    found = {place: vendoring.digest(vendoring.STATIC / place) for place in vendoring.shipped()}
    assert found == MANIFEST["sha256"]
    in_folder = {
        str(file.relative_to(vendoring.STATIC)) for file in vendoring.MANIFEST.parent.rglob("*") if file.is_file()
    }
    listed = {place for place in MANIFEST["sha256"] if place.startswith("vendor/")}
    assert in_folder - {"vendor/manifest.json"} == listed


def test_the_lock_and_the_manifest_name_the_same_versions_and_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    locked = json.loads(text)["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in vendoring.FILES} == {
        name: one["version"] for name, one in MANIFEST["packages"].items()
    }
    assert '"resolved"' not in text


def test_building_again_gives_the_same_sprite(tmp_path: Path) -> None:
    drawing = '<svg><path stroke="none" d="M0 0h24v24H0z" fill="none" />\n<path d="M5 12l5 5" /></svg>'
    for name in vendoring.ICONS:
        (tmp_path / f"{name}.svg").write_text(drawing, encoding="utf-8")
    drawn = vendoring.sprite(tmp_path)
    assert drawn.count("<symbol ") == len(set(vendoring.ICONS))
    assert '<symbol id="i-check" viewBox="0 0 24 24"><path d="M5 12l5 5" /></symbol>' in drawn


def test_building_copies_files_and_writes_the_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    static = tmp_path / "static"
    (static / "linli").mkdir(parents=True)
    monkeypatch.setattr(vendoring, "STATIC", static)
    monkeypatch.setattr(vendoring, "MANIFEST", static / "vendor" / "manifest.json")
    monkeypatch.setattr(vendoring, "SPRITE", static / "linli" / "icons.svg")
    outlines = tmp_path / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
    outlines.mkdir(parents=True)
    for name in vendoring.ICONS:
        (outlines / f"{name}.svg").write_text("<svg></svg>", encoding="utf-8")
    for package, files in vendoring.FILES.items():
        for source in files:
            target = tmp_path / "node_modules" / package / source
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(source, encoding="utf-8")
        (tmp_path / "node_modules" / package / "package.json").write_text('{"version": "1", "license": "MIT"}')
    vendoring.build(tmp_path)
    manifest = json.loads((static / "vendor" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["packages"]["htmx.org"] == {"version": "1", "licence": "MIT"}
    assert sorted(manifest["sha256"]) == sorted(vendoring.shipped())


def test_every_icon_that_a_template_asks_for_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'id="i-([\w-]+)"', vendoring.SPRITE.read_text(encoding="utf-8")))
    wanted = {
        (match, file.name)
        for file in TEMPLATES
        for match in re.findall(r'(?:<c-icon name|\bicon)="([\w-]+)"', file.read_text(encoding="utf-8"))
    }
    code = [file for file in (ROOT / "linli").rglob("*.py") if "migrations" not in file.parts]
    wanted |= {
        (match, file.name)
        for file in code
        for match in re.findall(r'\bicon="([\w-]+)"', file.read_text(encoding="utf-8"))
    }
    assert {(icon, where) for icon, where in wanted if icon not in sprite} == set()


@pytest.mark.parametrize(
    "pattern", [r"\sstyle=", r"<style", r"\son\w+=\"", r"<script(?![^>]*\ssrc=)", r"(?:src|href)=\"https?:"]
)
def test_no_template_holds_what_the_content_policy_forbids(pattern: str) -> None:
    wrong = [str(file.relative_to(ROOT)) for file in TEMPLATES if re.search(pattern, file.read_text(encoding="utf-8"))]
    assert wrong == []


def test_every_template_of_the_house_compiles_and_every_component_exists() -> None:
    components = {
        file.stem.replace("_", "-")
        for file in (ROOT / "linli" / "ground" / "ui" / "templates" / "cotton").glob("*.html")
    }
    unknown = set()
    for file in TEMPLATES:
        app, _, template = str(file.relative_to(ROOT)).partition("/templates/")
        if app.replace("/", ".") in settings.LINLI_APPS:
            assert get_template(template)
        tags = set(re.findall(r"<c-([\w-]+)", file.read_text(encoding="utf-8")))
        unknown |= {(tag, file.name) for tag in tags - components - {"vars", "slot"}}
    assert unknown == set()


def test_our_own_script_stays_small_and_loads_nothing() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 500
    assert re.findall(r"\beval\(|new Function|innerHTML|\.style\b|https?:", text) == []


def test_raw_colours_stand_in_the_tokens_only() -> None:
    text = (vendoring.STATIC / "linli" / "linli.css").read_text(encoding="utf-8")
    colours = re.findall(r"(?<!%23)#[0-9a-fA-F]{3,8}\b(?=[;\s,)!])", text)
    assert set(colours) == {"#fff"}


def test_every_class_that_a_template_uses_exists() -> None:
    styles = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "linli").rglob("static/**/*.css"))
    known = set(re.findall(r"\.([a-z][\w-]*)", styles))
    used = {
        (name, file.name)
        for file in TEMPLATES
        for value in re.findall(r'\bclass="([^"{]*)"', file.read_text(encoding="utf-8"))
        for name in value.split()
    }
    assert {(name, where) for name, where in used if name not in known} == set()
