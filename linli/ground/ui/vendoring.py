"""Copies what browsers need out of `node_modules` into `static/`, with versions, licences and hashes. For whoever updates them:

    npm ci --ignore-scripts && python -m linli.ground.ui.vendoring

It stands in ui because it decides what ui ships; nothing imports it but the test that compares the hashes.
"""

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"
MANIFEST: Final = STATIC / "vendor" / "manifest.json"
SPRITE: Final = STATIC / "linli" / "icons.svg"
FILES: Final = {  # package: {file in it: place under static/}
    "htmx.org": {"dist/htmx.min.js": "vendor/htmx/htmx.min.js", "LICENSE": "vendor/htmx/LICENSE"},
    "@tabler/icons": {"LICENSE": "vendor/tabler-icons/LICENSE"},
}
ICONS: Final = """
alert-triangle armchair arrow-left arrow-right ban bell book briefcase building building-bank building-community calendar calendar-event
camera chart-bar check checkbox chevron-down chevron-right circle circle-check clock clock-pause coin database device-mobile door-enter
download droplet-off edit external-link eye eye-off file-spreadsheet file-text filter filter-off forbid gavel heart-handshake help-circle
history home hourglass-empty id inbox info-circle key language list-check list-details lock login logout luggage mail map map-pin
map-question menu-2 message message-report news paperclip phone photo plus printer progress refresh school scale search send settings
shield-check sitemap star stethoscope table text-size tools trash umbrella upload user user-plus users world x
""".split()  # noqa: SIM905 (a list of words reads better as words)


def build(root: Path) -> None:
    """Copy the files, draw the sprite and write the manifest; `root` holds `node_modules`."""
    modules = root / "node_modules"
    for package, files in FILES.items():
        for source, place in files.items():
            target = STATIC / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(modules / package / source, target)
    SPRITE.write_text(sprite(modules / "@tabler" / "icons" / "icons" / "outline"), encoding="utf-8")
    packages = {name: json.loads((modules / name / "package.json").read_text(encoding="utf-8")) for name in FILES}
    manifest = {
        "packages": {name: {"version": one["version"], "licence": one["license"]} for name, one in packages.items()},
        "sha256": {place: digest(STATIC / place) for place in shipped()},
    }
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def sprite(outlines: Path) -> str:
    """Return one SVG file with a symbol `i-<name>` for each icon of the list."""
    symbols = []
    for name in sorted(set(ICONS)):
        drawing = (outlines / f"{name}.svg").read_text(encoding="utf-8")
        paths = [path for path in re.findall(r"<path [^>]*/>", drawing) if 'stroke="none"' not in path]
        symbols.append(f'<symbol id="i-{name}" viewBox="0 0 24 24">{"".join(paths)}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg"><!-- @tabler/icons, MIT -->\n{chr(10).join(symbols)}\n</svg>\n'


def shipped() -> list[str]:
    """Return every file that came from others, by its place under static/."""
    return [*(place for files in FILES.values() for place in files.values()), str(SPRITE.relative_to(STATIC))]


def digest(file: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    build(Path.cwd())
