"""`python -m bench.run --json FILE`: measure a city that was made by `bench.city`, write the figures; `run.py bench` starts it."""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from django.db import connection  # noqa: E402 (the settings come first)
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from linli.flows.cases.models import Case  # noqa: E402
from linli.ground.core.models import Event  # noqa: E402
from linli.ground.places.models import Place  # noqa: E402

from .calls import CREATED, bare, bringing, reading, working  # noqa: E402
from .city import Seat, seats  # noqa: E402
from .clients import Call, Figures, Wrong, measure, references  # noqa: E402
from .machine import Usage, facts  # noqa: E402
from .server import serving  # noqa: E402

ROUNDS = 5
DISTRICT = "990104"  # the one with a tenth of the cases


def in_turns(port: int, usage: Usage, known: dict[str, Seat], rounds: int) -> list[Figures]:
    """Measure every call once a round, so that what else the machine does meets them alike; return the medians.

    The yardstick is measured at the beginning, amid and at the end of each round: a machine is quicker and slower by turns.
    """
    every: list[list[Figures]] = []
    for number in range(rounds):
        print(f"  round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        yardstick, other = bare()
        turn = [
            measure(port, one, usage) for one in (yardstick, other, bringing(known))
        ]  # without these there is nothing to measure
        steps, looks = working(known, references(turn[-1])), reading(known)
        connection.close()
        marks = turn[:1]
        for calls in (steps, looks):
            turn += [_measured(port, one, usage) for one in calls]
            marks.append(measure(port, yardstick, usage))
        turn[0] = _middle(marks, statistics.mean)
        every.append(turn)
    return [_middle(turns, statistics.median) for turns in zip(*every, strict=True)]


def _measured(port: int, call: Call, usage: Usage) -> Figures:
    """Measure one call and say how it went; one that fails stands in the table with noughts, the others go on."""
    try:
        found = measure(port, call, usage)
    except Wrong as fault:
        print(f"  FAILED  {call.name}: {fault}", file=sys.stderr, flush=True)
        return Figures(
            call.name, call.clients, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, (call.per_second, call.p95_ms), str(fault)
        )
    cost = f"{found.web_ms:6.2f} + {found.database_ms:5.2f} ms"
    print(f"  {found.per_second:7.0f}/s  p95 {found.p95_ms:6.1f} ms  {cost}  {call.name}", file=sys.stderr, flush=True)
    return found


def _middle(turns: Sequence[Figures], of: Callable[[Iterable[float]], float]) -> Figures:
    """Return the median or the mean of each figure."""
    middle = turns[0]
    for name in ("per_second", "p50_ms", "p95_ms", "web_ms", "database_ms"):
        setattr(middle, name, of([getattr(one, name) for one in turns]))
    middle.fault = next((one.fault for one in turns if one.fault), "")
    return middle


def statements(known: dict[str, Seat]) -> dict[str, int]:
    """Return how many statements each call asks of the database, when it is not the first of its kind."""
    brought, counted = [], {}
    for call in (*bare(), bringing(known)):
        counted[call.name], answer = _asked(call)
        brought += [json.loads(answer)["reference"]] if call.name == CREATED else []
    for call in (*working(known, brought), *reading(known)):
        counted[call.name], _answer = _asked(call)
    return counted


def _asked(call: Call) -> tuple[int, bytes]:
    """Make a call twice in this process; return the statements of the second time, without BEGIN and COMMIT, and its answer."""
    headers = {name: value for name, value in call.headers.items() if name != "Content-Type"}
    for thing in call.things[:2] or ("", ""):
        client, path, body = Client(headers=headers), call.path.replace("{}", thing), call.body.replace("{}", thing)
        with CaptureQueriesContext(connection) as captured:
            answer = client.generic(call.method, path, body, "application/json", HTTP_HOST="127.0.0.1")
        if answer.status_code != call.status:
            raise Wrong(f"{path}: {answer.status_code} {answer.content[:300]!r}")
    own = [one for one in captured.captured_queries if not one["sql"].startswith(("BEGIN", "COMMIT"))]
    return len(own), answer.content


def exported(kind: str) -> dict[str, str | int]:
    """Write the file of a district's cases in a process of its own; return what it cost."""
    argv = [sys.executable, "-m", "bench.exporting", kind, DISTRICT]
    found: dict[str, str | int] = json.loads(subprocess.run(argv, check=True, capture_output=True, text=True).stdout)
    print(f"  export: {found}", file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Measure, print how it goes to stderr, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    machine = facts() | {"cases": Case.objects.count(), "events": Event.objects.count()}
    machine["communities"] = Place.objects.communities().current().count()
    known = seats()
    asked = statements(known)
    connection.close()
    with serving() as (port, web):
        usage = Usage(web)
        figures = in_turns(port, usage, known, options.rounds)
        machine["memory of a web worker (MiB)"] = max(usage.memory()) // 2**20
    for one in figures:
        one.statements, one.answers = asked[one.name], []
    report = {
        "machine": machine,
        "figures": [asdict(one) for one in figures],
        "exports": [exported(kind) for kind in ("csv", "xlsx")],
    }
    options.json.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
