"""`python -m bench.run [--json FILE]`: measure create, list and case page against a bare one-row insert; `run.py bench` starts it."""

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from django.db import connection  # noqa: E402 (the settings come first)

from bench.city import ANSWER, CASES, CLOSING, Keys, keys, prepare, receive  # noqa: E402
from bench.clients import CLIENTS, WARM_UP, Call, Figures, measure  # noqa: E402
from bench.server import serving  # noqa: E402
from linli.ground.core import clock  # noqa: E402

RESULTS = Path(__file__).parent / "results.md"
ROUNDS = 3
STEPS = 120  # cases of a round
YARDSTICK = "bare: insert one row"
NEED = {
    "category": "safety-other",
    "text": "路灯连续四晚不亮，请安排维修。",
    "where": "东门",
    "name": "张女士",
    "phone": "13904730001",
}
HEAD = """# What Linli costs

Written by `python3 run.py bench`; {CLIENTS} clients at once with connections kept open, against the server that `run.py up` starts:
granian with two workers of four threads. Clients, server and database share one machine; a load before the run above nought says
that others worked on it too.
Every line is measured {ROUNDS} times in turns and the median round kept. The ratio is to the bare insert of one row
through the same server, framework and middleware in the same run; compare ratios between machines, not requests per second.

"""


def calls(known: Keys, fresh: list[str]) -> list[Call]:
    """Return what is measured in one round; `fresh` are cases that nobody has touched, each is led through its life."""
    token = {"Authorization": f"Bearer {known.token}", "Content-Type": "application/json"}
    session = {"Cookie": f"sessionid={known.cookie}"}
    need = json.dumps(NEED | {"place": known.place}).encode()
    return [
        Call(YARDSTICK, "POST", "/bare/rows", 201, {}, b"", count=800),
        Call("bare: select one row", "GET", "/bare/rows/1", 200, {}, count=800),
        Call("create a case (API)", "POST", "/api/intake/", 201, token, need),
        *(
            Call(f"{verb} a case (API)", "POST", f"/api/cases/{{}}/{verb}", 200, token, body, STEPS, fresh)
            for verb, body in (
                ("accept", b'{"version": 1}'),
                ("answer", json.dumps({"version": 2, "text": ANSWER}).encode()),
                ("close", json.dumps({"version": 3, "text": CLOSING}).encode()),
            )
        ),
        Call("list 20 closed cases (API)", "GET", "/api/cases/?size=20&status=closed", 200, token),
        Call("list 30 cases (API)", "GET", "/api/cases/?size=30", 200, token),
        Call("list 30 cases (page)", "GET", "/cases/", 200, session, count=120),
        Call("case page", "GET", known.case, 200, session, count=120),
        Call("desk, 30 to-dos (page)", "GET", "/desk/", 200, session, count=120),
    ]


def facts(cases: int) -> dict[str, str | int]:
    """Return what the figures were taken on."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgres = cursor.fetchone()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {
        "date": f"{clock.today():%Y-%m-%d}",
        "cores": os.cpu_count() or 0,
        "memory (MiB)": memory,
        "load before (1 min)": f"{os.getloadavg()[0]:.1f}",
        "Python": platform.python_version(),
        "PostgreSQL": postgres.split()[0],
        "cases": cases,
    }


def in_turns(port: int, known: Keys) -> list[Figures]:
    """Measure every call once a round, so that what else the machine does meets them alike; return each one's median round."""
    rounds: list[list[Figures]] = []
    for number in range(ROUNDS):
        fresh = receive(known, STEPS + WARM_UP * CLIENTS)
        connection.close()
        rounds.append([measure(port, call) for call in calls(known, fresh)])
        print(f"  round {number + 1} of {ROUNDS} done", file=sys.stderr, flush=True)
    each = (sorted(turns, key=lambda one: one.per_second) for turns in zip(*rounds, strict=True))
    return [turns[ROUNDS // 2] for turns in each]


def table(figures: list[Figures]) -> str:
    """Return the figures as a table."""
    bare = figures[0].per_second
    rows = ["| what | requests/s | ratio | p50 ms | p95 ms | bytes | n |", "|---|--:|--:|--:|--:|--:|--:|"]
    rows += [
        f"| {one.name} | {one.per_second:.0f} | {one.per_second / bare:.3f} | {one.p50_ms:.1f} | {one.p95_ms:.1f} "
        f"| {one.size} | {one.count} |"
        for one in figures
    ]
    return "\n".join(rows)


def main() -> None:
    """Prepare, measure, print the table to stderr and JSON to the file or stdout, write results.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    file = parser.parse_args().json
    print(f"a city with {CASES} cases …", file=sys.stderr)
    machine = facts(prepare())
    known = keys()
    connection.close()
    with serving() as port:
        figures = in_turns(port, known)
    print(table(figures), file=sys.stderr)
    bare = figures[0].per_second
    report = {
        "machine": machine,
        "figures": [
            {name: round(value, 2) if isinstance(value, float) else value for name, value in asdict(one).items()}
            | {"ratio": round(one.per_second / bare, 4)}
            for one in figures
        ],
    }
    text = json.dumps(report, ensure_ascii=False, indent=2)
    if file:
        file.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    noted = "\n".join(f"- {name}: {value}" for name, value in machine.items())
    RESULTS.write_text(HEAD.format(CLIENTS=CLIENTS, ROUNDS=ROUNDS) + f"{noted}\n\n{table(figures)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
