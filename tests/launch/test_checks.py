"""`test` says plainly what it did not do."""

import io
import os
from pathlib import Path

import pytest

from launch.browser import Machine, provide_browser
from launch.checks import CLOSING, Checks
from launch.city import City
from launch.console import Console
from launch.environment import Environment
from launch.folder import Folder
from launch.problem import Problem

BARE = Machine(browser=lambda: None, letters=lambda: True, apt=None)


def checks(tmp_path: Path, out: io.StringIO) -> Checks:
    """The checks of a machine without a browser, with one journey."""
    journeys = tmp_path / "journeys"
    journeys.mkdir()
    (journeys / "test_report.py").write_text("")
    return Checks(City(Folder(tmp_path), Console(out)), machine=BARE, journeys_in=journeys)


@pytest.mark.parametrize(("ci", "good"), [("true", False), ("", True)])
def test_without_a_browser_journeys_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ci: str, *, good: bool
) -> None:
    monkeypatch.setenv("CI", ci)
    out = io.StringIO()
    assert checks(tmp_path, out).journeys() == (good, "1 files did NOT run: no browser")
    assert "There is no browser on this machine, so these journeys did not run:\n  test_report.py\n" in out.getvalue()


def test_missing_letters_are_named() -> None:
    out = io.StringIO()
    machine = Machine(browser=lambda: "/usr/bin/chromium", letters=lambda: False, apt=None)
    assert provide_browser(Console(out), machine) == "/usr/bin/chromium"
    assert "missing: fonts-noto-cjk" in out.getvalue()


def test_all_checks_are_made_even_when_one_fails(tmp_path: Path) -> None:
    out = io.StringIO()
    made = checks(tmp_path, out)

    def break_down() -> tuple[bool, str]:
        raise Problem("No room.", "make some.")

    assert not made.check("first", break_down)
    assert made.check("second", lambda: (True, "fine"))
    made.closing.append("3 passed in 0.10s")
    made.summary()
    assert not made.passed
    assert [line.split()[:2] for line in out.getvalue().splitlines()[-3:-1]] == [["✗", "first"], ["✓", "second"]]
    assert out.getvalue().splitlines()[-1] == "3 passed in 0.10s"


@pytest.mark.parametrize("line", ["412 passed in 80.31s (0:01:20)", "1 failed, 3 passed in 0.1s", "2 errors in 0.40s"])
def test_pytests_closing_line_is_known(line: str) -> None:
    assert CLOSING.search(line)


def test_an_installation_that_was_cut_off_is_begun_anew(tmp_path: Path) -> None:
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    python = "3.11 here"
    environment = Environment(tmp_path, venv=venv)
    assert not environment._usable({}, python)
    (venv / "bin" / "python").write_text("#!/bin/sh\necho 3.11\n")
    (venv / "bin" / "python").chmod(0o755)
    assert environment._usable({}, python)
    assert environment._usable({"python": python}, python)
    assert not environment._usable({"installing": True}, python)
    assert not environment._usable({"python": "3.11 elsewhere"}, python)
    assert not environment._usable({"python": "3.12 here"}, "3.12 here")


def test_ci_runs_what_the_readme_says() -> None:
    script = Path(__file__).parents[2] / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec python3 run.py test"
