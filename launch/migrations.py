"""Migrations form one line per app: no forks, no merges. Read from their text, without Django."""

import ast
from pathlib import Path


def _dependencies(file: Path) -> list[tuple[str, str]]:
    """The (app, name) pairs that a migration depends on."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and any(
            isinstance(to, ast.Name) and to.id == "dependencies" for to in node.targets
        ):
            for pair in ast.walk(node.value):
                if isinstance(pair, ast.Tuple) and len(pair.elts) == 2:  # noqa: PLR2004 - a pair
                    app, name = pair.elts
                    if isinstance(app, ast.Constant) and isinstance(name, ast.Constant):
                        found.append((str(app.value), str(name.value)))
    return found


def forks(root: Path) -> list[str]:
    """What is wrong with the line of each app below a folder; one sentence each."""
    faults = []
    for folder in sorted(root.glob("**/migrations")):
        app = folder.parent.name
        names = {file.stem: file for file in sorted(folder.glob("[0-9]*.py"))}
        followed: list[str] = []
        for name, file in names.items():
            own = [before for of, before in _dependencies(file) if of == app]
            followed += own
            if len(own) > 1:
                faults.append(f"{app}: {name} merges {' and '.join(own)}")
        leaves = [name for name in names if name not in followed]
        if len(leaves) > 1:
            faults.append(f"{app}: the line forks, its ends are {' and '.join(leaves)}")
        faults += [
            f"{app}: {name} is followed twice" for name in sorted({n for n in followed if followed.count(n) > 1})
        ]
    return faults
