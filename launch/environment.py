"""The virtual environment at the root of the repository: made once, installed by hash, skipped when nothing changed."""

import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from launch.console import Console, Step
from launch.folder import ROOT, read_json, write_json
from launch.problem import Problem
from launch.processes import Outcome, call, must

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP_OPTIONS = (
    "install",
    "--no-input",
    "--require-hashes",
    "--no-deps",
    "--only-binary=:all:",
    "--no-compile",
    "--progress-bar=off",
)
"""Not compiled at once: most of what is installed is never imported, and what is imported is compiled then."""


def digest(files: Iterable[Path], *more: str) -> str:
    """One hash over names and contents of files, and over further words."""
    total = hashlib.sha256("\0".join(more).encode())
    for file in sorted(files):
        total.update(f"\0{os.path.relpath(file, ROOT)}\0{hashlib.sha256(file.read_bytes()).hexdigest()}".encode())
    return total.hexdigest()


def code_files(*patterns: str) -> list[Path]:
    """Files of the house that fit one of the patterns below `linli/`."""
    return [file for pattern in patterns for file in (ROOT / "linli").glob(pattern) if file.is_file()]


class Environment:
    """`.venv` with the packages of one requirements file; `dev` adds the tools of the checks."""

    def __init__(self, log: Path, *, venv: Path = VENV) -> None:
        self._log = log / "install.log"
        self._venv = venv
        self._python = venv / "bin" / "python"
        self._marker = venv / ".linli.json"

    def prepare(self, console: Console, *, dev: bool = False) -> None:
        """Make and fill the environment, or find that nothing changed. One process at a time."""
        with console.step("environment") as step, (ROOT / "requirements.txt").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            step.result = self._bring_up_to_date(step, dev=dev)

    def _bring_up_to_date(self, step: Step, *, dev: bool) -> str:
        wanted = {
            "run": digest([ROOT / "requirements.txt"]),
            "dev": digest([ROOT / "requirements-dev.txt"]),
            "python": f"{sys.version_info[0]}.{sys.version_info[1]} {self._venv}",
        }
        have = read_json(self._marker)
        if not self._usable(have, wanted["python"]):
            self._create(step)
            have = {}
        if have.get("run") == wanted["run"] and (not dev or have.get("dev") == wanted["dev"]):
            return "unchanged"
        # A marker without "python" tells the next start that an installation was cut off: it begins anew.
        write_json(self._marker, {"installing": True})
        requirements = ROOT / ("requirements-dev.txt" if dev else "requirements.txt")
        count = self._install(requirements, step)
        write_json(self._marker, wanted if dev else {key: wanted[key] for key in ("run", "python")})
        return f"{count} packages installed, each by its hash"

    def _usable(self, have: dict[str, object], python: str) -> bool:
        """Whether what stands there may be kept: whole, of this Python and at this path."""
        if not self._python.exists() or (have and have.get("python") != python):
            return False
        check = call([str(self._python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
        return check.code == 0 and check.last_line == python.partition(" ")[0]

    def _create(self, step: Step) -> None:
        step.note("making a virtual environment")
        if self._venv.is_symlink():
            self._venv.unlink()  # what it points to is not ours to empty
        # Without pip this takes a moment only; pip follows below, where being cut off leaves a mark.
        made = call([sys.executable, "-m", "venv", "--clear", "--without-pip", str(self._venv)])
        must(made, "Making the virtual environment", self._log)

    def _pip(self) -> list[str]:
        """How to call pip: the environment's own, or the system's working on the environment."""
        own = [str(self._python), "-m", "pip"]
        system = [sys.executable, "-m", "pip", "--python", str(self._python)]
        if call([*own, "--version"]).code == 0:
            return own
        # Debian ships ensurepip apart from Python.
        if call([str(self._python), "-m", "ensurepip", "--default-pip"]).code == 0:
            return own
        if call([*system, "--version"]).code == 0:
            return system
        apt = shutil.which("apt-get")
        if apt and os.geteuid() == 0:
            call([apt, "update"])
            call([apt, "install", "-y", "--no-install-recommends", "python3-pip"])
            if call([*system, "--version"]).code == 0:
                return system
        raise Problem(
            "This Python has neither ensurepip nor pip, so nothing can be installed.",
            "install them (Debian, Ubuntu: `apt-get install python3-venv python3-pip`) and run the same command again.",
        )

    def _install(self, requirements: Path, step: Step) -> int:
        total = sum(1 for line in requirements.read_text(encoding="utf-8").splitlines() if "==" in line)
        seen = 0

        def count(line: str) -> None:
            nonlocal seen
            seen += line.startswith(("Collecting", "Requirement already"))
            step.note(f"package {min(seen, total)} of {total}" if seen < total else "putting packages in place")

        argv: Sequence[str] = [*self._pip(), *PIP_OPTIONS, "-r", str(requirements)]
        outcome: Outcome = call(argv, env={**os.environ, "PYTHONUTF8": "1"}, each_line=count)
        must(outcome, "Installing packages", self._log)
        return total
