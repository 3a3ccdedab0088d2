"""`python -m bench.report FIGURES … [--json FILE]`: the figures of one or more sizes into results.md, with the growth between them."""

import argparse
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results.md"
YARDSTICK = "bare: insert one row"
ENOUGH = 1500
"""Bare inserts a second from which on the goals hold as they stand."""
Report = Mapping[str, Any]
HEAD = """# What Linli costs

Written by `python3 run.py bench` against the server that `run.py up` starts: granian with two workers, the whole middleware, PostgreSQL's
own settings of the house. Clients, server and database share one machine; a load before the run above nought says that others worked on
it too. Each line is measured five times in turns with connections kept open, and the median of each figure is kept; the bare insert three
times in each turn.

The ratio is to a bare insert of one row through the same server, framework and middleware in the same run: where the bare door gives less
than 1,500 a second, the ratios decide: N/1500 for N a second, and as many milliseconds more as the bare door is slower. *Web* and
*database* are processor time per request, as multiples of the bare insert's: they say the same on a machine that others use too.
Statements are those of the database, BEGIN and COMMIT left out, when the process has answered the like before.
"""


def table(report: Report) -> list[str]:
    """Return the figures of one size."""
    bare = next(one for one in report["figures"] if one["name"] == YARDSTICK)
    rows = [
        "| what | clients | requests/s | ratio | p50 ms | p95 ms | web × | database × | statements | to reach | reached |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|---|",
    ]
    for one in report["figures"]:
        ratio, web, database = (one[name] / bare[name] for name in ("per_second", "web_ms", "database_ms"))
        rows.append(
            f"| {one['name']} | {one['clients']} | {one['per_second']:.0f} | {ratio:.2f} | {one['p50_ms']:.1f} | {one['p95_ms']:.1f} "
            f"| {web:.1f} | {database:.1f} | {one['statements']} | {_goal(one)} | {_reached(one, bare)} |"
        )
    return rows


def _goal(one: Report) -> str:
    per_second, p95 = one["goal"]
    said = [f"≥ {per_second}/s (ratio {per_second / ENOUGH:.2f})"] if per_second else []
    return ", ".join([*said, *([f"p95 < {p95} ms"] if p95 else [])])


def _reached(one: Report, bare: Report) -> str:
    """Say whether a goal is reached, as it stands or, on a machine where the bare door is slower, in proportion."""
    per_second, p95 = one["goal"]
    slower = max(1.0, ENOUGH / bare["per_second"])
    if one["fault"]:
        return f"FAILED: {one['fault']}"
    if not (per_second or p95):
        return ""
    is_quick = one["per_second"] * slower >= per_second and (not p95 or one["p95_ms"] < p95 * slower)
    as_it_stands = one["per_second"] >= per_second and (not p95 or one["p95_ms"] < p95)
    return "yes" if as_it_stands else "by ratio" if is_quick else "no"


def growth(first: Report, last: Report) -> list[str]:
    """Return by how much each figure grows from the smallest to the biggest city."""
    after = {one["name"]: one for one in last["figures"]}
    rows = ["| what | p50 × | p95 × | web × | database × |", "|---|--:|--:|--:|--:|"]
    for one in first["figures"]:
        other = after[one["name"]]
        grown = [
            other[name] / one[name] if one[name] else 1.0 for name in ("p50_ms", "p95_ms", "web_ms", "database_ms")
        ]
        rows.append(f"| {one['name']} | {' | '.join(f'{each:.2f}' for each in grown)} |")
    return rows


def written(reports: Sequence[Report]) -> str:
    """Return the whole page, the biggest city first."""
    parts = [HEAD, f"Measured on {datetime.now(UTC):%Y-%m-%d}."]
    for one in reversed(reports):
        machine = one["machine"]
        parts += [
            f"\n## {machine['cases']:,} cases, {machine['events']:,} events, {machine['communities']:,} communities\n"
        ]
        parts += [
            f"- {name}: {value}" for name, value in machine.items() if name not in {"cases", "events", "communities"}
        ]
        parts += [
            f"- export of {file['rows']:,} rows to {file['format']}: {file['seconds']} s, "
            f"memory grown by {file['grown (MiB)']} MiB (to reach: < 300)"
            for file in one["exports"]
        ]
        parts += ["", *table(one)]
    if len(reports) > 1:
        parts += [f"\n## Growth from {reports[0]['machine']['cases']:,} to {reports[-1]['machine']['cases']:,} cases\n"]
        parts += growth(reports[0], reports[-1])
    return "\n".join(parts) + "\n"


def main() -> None:
    """Read, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", type=Path, nargs="+")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    reports = [json.loads(one.read_text(encoding="utf-8")) for one in options.figures]
    RESULTS.write_text(written(reports), encoding="utf-8")
    if options.json:
        options.json.write_text(json.dumps(reports, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
