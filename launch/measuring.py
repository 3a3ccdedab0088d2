"""`bench`: measure on disposable cities of some sizes, one after the other, each in a database of its own on one server."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from launch.checks import fresh_tables, scratch, tool
from launch.city import City, tables_digest
from launch.console import Console
from launch.database import OwnDatabase
from launch.environment import digest
from launch.folder import ROOT, Folder
from launch.problem import Problem
from launch.processes import dies_with_parent

SIZES = (10_000, 1_000_000)
KEPT_FROM = 100_000  # cases; a smaller city is made anew in seconds, and each run would make it grow
MADE_BY = ("city.py", "filling.py", "sets.py")


def bench(folder: Folder, file: Path | None, sizes: Sequence[int], console: Console) -> int:
    """Make the cities that are not there yet, measure each, write bench/results.md and the figures into a file."""
    with scratch(folder, "bench", console) as empty:
        figures = []
        for cases in sizes:
            city = _city(empty, cases)
            began = time.monotonic()
            _make(city, cases)
            figures.append(city.folder.path / f"figures-{cases}.json")
            _run(city, "bench.run", "--json", str(figures[-1]))
            console.say(f"  {cases:,} cases: {time.monotonic() - began:.0f} s in all")
        _run(city, "bench.report", *map(str, figures), *(["--json", str(file.absolute())] if file else []))
    return 0


def _city(empty: City, cases: int) -> City:
    own = empty.database
    assert isinstance(own, OwnDatabase)
    database = OwnDatabase(empty.folder, name=f"linli_bench_{cases}", cluster=own.cluster)
    return City(empty.folder, empty.console, database)


def _make(city: City, cases: int) -> None:
    """Make the city, unless the one of an earlier run is whole, big enough to be kept, and what would be made today."""
    database = city.database
    database.start()
    wanted = digest([ROOT / "bench" / name for name in MADE_BY], tables_digest(), str(cases))
    if cases >= KEPT_FROM and database.exists and database.marks().get("filled") == wanted:
        city.console.say(f"  the city of {cases:,} cases is there already")
        return
    database.drop()
    fresh_tables(city)
    _run(city, "bench.city", str(cases))
    database.mark(filled=wanted)


def _run(city: City, module: str, *options: str) -> None:
    """Run one part of the bench on a city."""
    sys.stdout.flush()
    argv = [tool("python"), "-m", module, *options]
    with subprocess.Popen(argv, cwd=ROOT, env=city.environ(), preexec_fn=dies_with_parent()) as child:  # noqa: PLW1509 - one thread
        if child.wait() != 0:
            raise Problem(f"{module} failed.", "its last words stand above.")
