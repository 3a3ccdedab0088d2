"""`test`: everything CI runs, on a disposable database server of its own."""

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

from launch.browser import Machine, provide_browser
from launch.city import City, tables_digest
from launch.cluster import Cluster
from launch.console import Console
from launch.database import OwnDatabase
from launch.environment import VENV, Environment
from launch.folder import ROOT, Folder
from launch.migrations import forks
from launch.problem import Problem
from launch.processes import dies_with_parent

JOURNEYS = ROOT / "tests" / "journeys"
FAULTS = tuple(file for file in sorted((ROOT / "tests" / "faults").glob("test_*.py")) if file.stem != "test_earnest")
CITIES = ROOT / "tests" / "launch"
"""Asking everybody at every address, and serving cities, goes untraced: the others reach the same lines, tracing takes as long again."""
# A file stays in one process, since its tests may share a city; in alphabetical order the long files come early.
EACH_CORE = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
CLOSING = re.compile(r"\d+ (passed|failed|errors?|skipped|deselected)\b.* in [\d.]+s|no tests ran")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def tool(name: str) -> str:
    """A tool of the checks."""
    return str(VENV / "bin" / name)


@dataclass
class Checks:
    """The checks of one run: all are made even when one fails."""

    city: City
    machine: Machine = field(default_factory=Machine)
    journeys_in: Path = JOURNEYS
    results: list[tuple[str, bool, float, str]] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether nothing failed."""
        return all(good for _, good, _, _ in self.results)

    def check(self, name: str, judge: Callable[[], tuple[bool, str]]) -> bool:
        """Make one check and time it; a fault while making it is a failure like any other."""
        began = time.monotonic()
        self.city.console.say(f"\n── {name}")
        try:
            good, text = judge()
        except (Problem, OSError) as problem:
            self.city.console.say(str(problem))
            good, text = False, "could not be made"
        self.results.append((name, good, time.monotonic() - began, text))
        return good

    def tool(self, *argv: str) -> tuple[bool, str]:
        """Run a tool; show what it said."""
        return self.begin(*argv)()

    def begin(self, *argv: str) -> Callable[[], tuple[bool, str]]:
        """Let a tool run while other checks are made; return what waits for it and shows what it said."""
        said = TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 - open until the tool has ended
        child = subprocess.Popen(
            argv,
            cwd=ROOT,
            env=self.city.environ(),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            preexec_fn=dies_with_parent(),  # noqa: PLW1509 - one thread only
        )

        def end() -> tuple[bool, str]:
            code = child.wait()
            with said:
                said.seek(0)
                self.city.console.say(said.read().rstrip())
            return code == 0, ""

        return end

    def migrations(self) -> tuple[bool, str]:
        """Complete: the models say nothing that no migration does. Linear: one line an app."""
        outcome = self.city.manage("makemigrations", "--check", "--dry-run")
        faults = forks(ROOT / "linli")
        self.city.console.say("\n".join([outcome.output.rstrip(), *faults]))
        return outcome.code == 0 and not faults, ""

    def pytest(self, *options: str, browser: str | None = None, made: str = "") -> tuple[bool, str]:
        """Run tests with their output as it comes; keep the closing line."""
        told = {"LINLI_BROWSER": browser or "", "LINLI_MADE_CITY": made}
        env = self.city.environ() | {name: value for name, value in told.items() if value}
        colour = "--color=yes" if self.city.console.live else "--color=no"
        last = "no tests ran"
        with subprocess.Popen(
            [tool("python"), "-m", "pytest", colour, *options],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            preexec_fn=dies_with_parent(),  # noqa: PLW1509 - one thread only
        ) as child:
            assert child.stdout is not None
            for line in child.stdout:
                self.city.console.say(line.rstrip("\n"))
                plain = COLOUR.sub("", line).strip()
                last = plain if CLOSING.search(plain) else last
        self.closing.append(last)
        return child.returncode == 0, last

    def journeys(self, made: str = "") -> tuple[bool, str]:
        """What people come to do, in a real browser, in the demo city that the tests made where they did."""
        files = sorted(self.journeys_in.glob("test_*.py"))
        if not files:
            return True, "there are no journeys yet"
        browser = self.browser()
        if browser is not None:
            return self.pytest("--no-cov", *EACH_CORE, str(self.journeys_in), browser=browser, made=made)
        self.city.console.say("There is no browser on this machine, so these journeys did not run:")
        for file in files:
            self.city.console.say(f"  {file.name}")
        self.city.console.say("Way out: install Debian's `chromium` and `fonts-noto-cjk`, or set LINLI_BROWSER.")
        return os.environ.get("CI") != "true", f"{len(files)} files did NOT run: no browser"

    def browser(self) -> str | None:
        """A browser and the static files that its pages need; None where there is none."""
        found = provide_browser(self.city.console, self.machine)
        if found is not None:
            self.city.manage("collectstatic", "--no-input")
        return found

    def summary(self) -> None:
        """Every check with its time, then pytest's own closing lines."""
        say = self.city.console.say
        say("\n── summary")
        for name, good, seconds, text in self.results:
            say(f"  {'✓' if good else '✗'} {name:<22} {seconds:7.1f} s   {text}".rstrip())
        for line in self.closing:
            say(line)


@contextmanager
def scratch(folder: Folder, name: str, console: Console, *, forgetful: bool = False) -> Iterator[City]:
    """A city for tests: folder, server and database of its own, so that no test ever meets a real one."""
    folder.make()
    busy = Problem(f"Another `{name}` is at work in {folder.path}.", "wait for it, or use another `--data DIR`.")
    with folder.lock(name, busy):
        Environment(folder.log).prepare(console, dev=True)
        own = Folder(folder.path / name)
        own.make()
        cluster = Cluster(own, disposable=True, forgetful=forgetful)
        city = City(own, console, OwnDatabase(own, name=f"linli_{name}", cluster=cluster))
        city.prepare_keys()
        (own.path / "static").mkdir(exist_ok=True)  # pages are tested without collected files
        try:
            yield city
        finally:
            cluster.stop()


def fresh_tables(city: City) -> tuple[bool, str]:
    """The database of the tests, made anew when a migration changed."""
    database = city.database
    database.start()
    if not database.exists or database.marks().get("migrated") != tables_digest():
        database.drop()
        database.make("linli_owner")
    city.prepare_tables()
    return True, ""


def test(folder: Folder, paths: Sequence[str], console: Console) -> int:
    """Make every check, or run the tests in some paths."""
    with scratch(folder, "test", console, forgetful=True) as city:
        checks, whole = Checks(city), not paths
        if whole:
            types = checks.begin(tool("mypy"))  # while the database is made
            checks.check("format", lambda: checks.tool(tool("ruff"), "format", "--check", "."))
            checks.check("lint", lambda: checks.tool(tool("ruff"), "check", "."))
            checks.check("imports", lambda: checks.tool(tool("lint-imports")))
        ready = checks.check("test database", lambda: fresh_tables(city))
        if whole and ready:
            checks.check("migrations", checks.migrations)
        if whole:
            checks.check("types", types)
        if ready and paths:
            browser = checks.browser() if any("journeys" in path for path in paths) else None
            checks.check("tests", lambda: checks.pytest("--no-cov", *paths, browser=browser))
        elif ready:
            apart = [f"--ignore={folder}" for folder in (JOURNEYS, CITIES, *FAULTS)]
            passed = checks.check("tests", lambda: checks.pytest("--cov", *EACH_CORE, *apart))
            checks.check("faults", lambda: checks.pytest("--no-cov", *EACH_CORE, str(CITIES), *map(str, FAULTS)))
            made = f"{city.database.name}_demo" if passed else ""  # tests/demo left it
            checks.check("journeys", lambda: checks.journeys(made))
        else:
            checks.check("tests", lambda: (False, "did not run: they have no database"))
        checks.summary()
        return 0 if checks.passed else 1
