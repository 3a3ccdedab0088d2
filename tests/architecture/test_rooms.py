"""The rooms of an app are a closed list, and each has one kind of thing in it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from .house import BOUNDS, EXTRA, FOLDERS, LINLI, ROOMS, apps, name, room, sources, tree

APPS = [pytest.param(app, id=app.name) for app in apps()]
DOORS = {"views", "api", "tasks"}


@pytest.mark.parametrize("app", APPS)
def test_no_stray_room(app: Path) -> None:
    found = {entry.name.removesuffix(".py") for entry in app.iterdir() if entry.suffix == ".py" or entry.is_dir()}
    allowed = ROOMS | FOLDERS | EXTRA.get(app.name, set()) | {"__pycache__"}
    assert sorted(found - allowed) == []


@pytest.mark.parametrize("app", APPS)
def test_the_app_says_what_it_owns(app: Path) -> None:
    assert ast.get_docstring(tree(app / "__init__.py"))


def imports(file: Path) -> Iterator[str]:
    """The full names of the modules that a file imports."""
    package = ".".join(file.relative_to(LINLI.parent).parts[:-1])
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            whole = f"{base}.{node.module or ''}".strip(".") if base else node.module or ""
            yield from (f"{whole}.{one.name}" for one in node.names)


@pytest.mark.parametrize("app", APPS)
def test_only_url_maps_import_doors(app: Path) -> None:
    doors = tuple(f"linli.{other.parent.name}.{other.name}.{door}" for other in apps() for door in DOORS)
    wrong = [
        f"{name(file)} imports {module}"
        for file in sources(app)
        if room(app, file) not in {"urls", *DOORS}
        for module in imports(file)
        if any(module == door or module.startswith(f"{door}.") for door in doors)
    ]
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_facts_import_no_behaviour_of_their_own_app(app: Path) -> None:
    behaviour = {f"linli.{app.parent.name}.{app.name}.{one}" for one in ("actions", "rules", "forms")}
    wrong = [
        f"{name(file)} imports {module}"
        for file in sources(app)
        if room(app, file) == "models"
        for module in imports(file)
        if any(module == one or module.startswith(f"{one}.") for one in behaviour)
    ]
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_no_signals_and_no_overridden_save(app: Path) -> None:
    wrong = []
    for file in sources(app):
        text = file.read_text(encoding="utf-8")
        if "django.dispatch" in text or "django.db.models.signals" in text:
            wrong.append(f"{name(file)}: signals")
        wrong += [
            f"{name(file)}: {node.name}()"
            for kind in ast.walk(tree(file))
            if isinstance(kind, ast.ClassDef) and room(app, file) == "models"
            for node in kind.body
            if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
        ]
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_files_functions_and_apps_stay_small(app: Path) -> None:
    wrong, total = [], 0
    for file in sources(app):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        total += lines
        if lines > BOUNDS["file"]:
            wrong.append(f"{name(file)}: {lines} lines")
        wrong += [
            f"{name(file)}: {node.name} has {length} lines"
            for node in ast.walk(tree(file))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (length := (node.end_lineno or 0) - node.lineno + 1) > BOUNDS["function"]
        ]
    for template in app.rglob("*.html"):
        length = len(template.read_text(encoding="utf-8").splitlines())
        total += length
        if length > BOUNDS["template"]:
            wrong.append(f"{name(template)}: {length} lines")
    limit = BOUNDS["core"] if app.name == "core" else BOUNDS["app"]
    if total > limit:
        wrong.append(f"{app.name}: {total} lines of Python and templates, limit {limit}")
    assert wrong == []


def test_settings_stay_one_small_file() -> None:
    assert len((LINLI / "config" / "settings.py").read_text(encoding="utf-8").splitlines()) <= BOUNDS["settings"]


@pytest.mark.parametrize("app", APPS)
def test_behaviour_has_no_any_in_its_signatures(app: Path) -> None:
    wrong = [
        f"{name(file)}: {node.name}"
        for file in sources(app)
        if room(app, file) in {"rules", "actions", "queries"}
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        for annotation in [node.returns, *(one.annotation for one in [*node.args.args, *node.args.kwonlyargs])]
        if annotation and any(isinstance(part, ast.Name) and part.id == "Any" for part in ast.walk(annotation))
    ]
    assert wrong == []
