"""The data folder: everything that belongs to one city and is not code."""

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from launch.problem import Problem

ROOT = Path(__file__).resolve().parents[1]


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file, empty where there is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Problem(f"{path} is damaged: it is not the JSON that run.py wrote.", "put back a good copy of that file.")
    return found


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Replace a file as a whole and for its owner only: a crash leaves the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


class Folder:
    """The paths inside a data folder, where its keys are, and its locks."""

    def __init__(self, path: Path, keys: Path | None = None) -> None:
        self.path = path.expanduser().resolve()
        self._keys = keys.expanduser().resolve() if keys else self.path / "keys.json"

    @property
    def keys(self) -> Path:
        """Secret keys of the city, perhaps on another volume; backed up apart from the database."""
        return self._keys

    @property
    def database(self) -> Path:
        """Where the city's own PostgreSQL is, and the passwords of its roles."""
        return self.path / "database.json"

    @property
    def run(self) -> Path:
        """Which processes serve the city now."""
        return self.path / "run.json"

    @property
    def state(self) -> Path:
        """What was collected for which version of the code."""
        return self.path / "state.json"

    @property
    def uploads(self) -> Path:
        """Files that people sent in."""
        return self.path / "uploads"

    @property
    def log(self) -> Path:
        """Logs of the web server, the worker, the supervisor and of set-up."""
        return self.path / "log"

    def make(self) -> None:
        """Create the folder for its owner only, and find out early that it cannot be written."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            for part in (self.log, self.uploads):
                part.mkdir(exist_ok=True, mode=0o700)
            with tempfile.TemporaryFile(dir=self.path) as probe:
                probe.write(b"linli")
        except OSError as error:
            raise Problem(
                f"The data folder {self.path} cannot be written ({error.strerror}).",
                "make it writable for this user, or name another one with `--data DIR`.",
            ) from None

    @contextmanager
    def lock(self, name: str, taken: Problem | None = None) -> Iterator[int]:
        """Hold a lock between processes; wait for it, or raise `taken` where one is given. Yields its descriptor."""
        with (self.path / f"{name}.lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (fcntl.LOCK_NB if taken else 0))
            except BlockingIOError:
                assert taken is not None
                raise taken from None
            yield file.fileno()

    def is_locked(self, name: str) -> bool:
        """Whether another process holds a lock."""
        try:
            with self.lock(name, Problem("", "")):
                return False
        except Problem:
            return True
