"""A checkout of its own for run.py: the real run.py and launch/, a tiny city or the real one, and the packages of this environment."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from launch.folder import ROOT

TINY = Path(__file__).parent / "fake_city" / "linli"


class Checkout:
    """A checkout in a folder whose path has spaces and Chinese characters, run as a person would."""

    def __init__(self, root: Path, linli: Path = TINY) -> None:
        self.root = root
        self.data = root / "数据 var"
        root.mkdir(parents=True)
        for name in ("run.py", "manage.py", "requirements.txt", "requirements-dev.txt"):
            shutil.copy(ROOT / name, root)
        for name, source in (("launch", ROOT / "launch"), ("linli", linli)):
            shutil.copytree(source, root / name)
        self._borrow_packages()

    def _borrow_packages(self) -> None:
        """An environment of this path whose packages are those of the one that runs the tests."""
        venv = self.root / ".venv"
        venv.mkdir()
        for part in ("bin", "lib", "pyvenv.cfg"):
            (venv / part).symlink_to(Path(sys.prefix) / part)
        code = "import sys; sys.path.insert(0, '.'); from launch.environment import *; from pathlib import Path; "
        code += "print(digest([ROOT / 'requirements.txt']), digest([ROOT / 'requirements-dev.txt']))"
        said = subprocess.run([sys.executable, "-c", code], cwd=self.root, capture_output=True, text=True, check=True)
        run, dev = said.stdout.split()
        python = f"{sys.version_info[0]}.{sys.version_info[1]} {venv}"
        (venv / ".linli.json").write_text(json.dumps({"run": run, "dev": dev, "python": python}), encoding="utf-8")

    def environ(self, **more: str) -> dict[str, str]:
        """A machine on which nothing about a city is set."""
        set_here = ("DATABASE_", "LINLI_", "DJANGO_", "PYTHON")
        return {key: value for key, value in os.environ.items() if not key.startswith(set_here)} | more

    def run(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        """`python3 run.py …` on the checkout's own data folder, to its end."""
        return self.run_bare("--data", str(self.data), *words, **env)

    def run_bare(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        """`python3 run.py …` on the folder that the environment names, to its end."""
        return subprocess.run(
            [sys.executable, "run.py", *words],
            cwd=self.root,
            env=self.environ(**env),
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=100,
        )

    def start(self, *words: str, **env: str) -> "subprocess.Popen[str]":
        """`python3 run.py …` that goes on."""
        return subprocess.Popen(
            [sys.executable, "run.py", "--data", str(self.data), *words],
            cwd=self.root,
            env=self.environ(**env),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            stdin=subprocess.DEVNULL,
        )

    @property
    def running(self) -> dict[str, Any]:
        """What run.json says."""
        path = self.data / "run.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def eventually(condition: Any, seconds: float = 40.0) -> bool:
    """Wait for something to come true."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return bool(condition())
