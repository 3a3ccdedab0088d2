"""What is measured: the rows of a table in the order of a round."""

import json
from collections.abc import Mapping, Sequence
from itertools import count
from urllib.parse import quote

from .city import Seat, some_cases
from .clients import WARM_UP, Call
from .filling import ANSWER, CLOSING

YARDSTICK = "bare: insert one row"
CREATED = "create a case (API)"
STEPS = 200  # cases of a round: each is brought, accepted, answered, closed
ASKED = ("路灯", "充电桩", "救护车", "7号楼的电梯", "南门的水管", "老人摔倒")
_numbers = count(1)


def _token(seat: Seat) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {seat.token}", "Content-Type": "application/json"}


def _session(seat: Seat) -> Mapping[str, str]:
    return {"Cookie": f"sessionid={seat.cookie}"}


def bare() -> list[Call]:
    """Return the two bare doors, the yardsticks."""
    return [
        Call(YARDSTICK, "POST", "/bare/rows", 201, {}, count=800),
        Call("bare: select one row", "GET", "/bare/rows/1", 200, {}, count=800),
    ]


def bringing(seats: Mapping[str, Seat]) -> Call:
    """Return the call that brings new cases, each somebody's and somewhere of its own, in the worker's community."""
    need = {"category": "safety-other", "text": "路灯连续四晚不亮，请安排维修。", "where": "{}号楼", "name": "张女士"}
    need |= {"place": seats["worker"].place, "phone": "139{}"}
    things = [f"{next(_numbers):08}" for _case in range(STEPS + WARM_UP * 8)]
    body = json.dumps(need, ensure_ascii=False)
    goal = {"per_second": 300, "p95_ms": 60}
    return Call(CREATED, "POST", "/api/intake/", 201, _token(seats["worker"]), body, STEPS, things=things, **goal)


def working(seats: Mapping[str, Seat], fresh: Sequence[str]) -> list[Call]:
    """Return the steps of a case that nobody has touched, each of its own."""
    bodies = {
        "accept": {"version": 1},
        "answer": {"version": 2, "text": ANSWER},
        "close": {"version": 3, "text": CLOSING},
    }
    return [
        Call(
            f"{verb} a case (API)",
            "POST",
            f"/api/cases/{{}}/{verb}",
            200,
            _token(seats["worker"]),
            json.dumps(body),
            len(fresh) - WARM_UP * 8,
            things=fresh,
            per_second=250,
        )
        for verb, body in bodies.items()
    ]


def reading(seats: Mapping[str, Seat]) -> list[Call]:
    """Return what is only looked at: lists, pages, search, counts."""
    worker, officer, reviewer = (seats[name] for name in ("worker", "officer", "reviewer"))
    pages = [one.reference for one in some_cases(worker.body, 60)]
    goal = {"per_second": 300, "p95_ms": 80}
    listed = "/api/cases/?size=20&status=closed"
    return [
        Call(
            "list 20 closed cases, a station's (API)",
            "GET",
            listed,
            200,
            _token(worker),
            count=400,
            clients=16,
            **goal,
        ),
        Call(
            "list 20 closed cases, a sub-district's (API)",
            "GET",
            listed,
            200,
            _token(officer),
            count=400,
            clients=16,
            **goal,
        ),
        Call(
            "list 20 closed cases, the city's (API)",
            "GET",
            listed,
            200,
            _token(reviewer),
            count=400,
            clients=16,
            **goal,
        ),
        Call(
            "search the city's cases for words (API)",
            "GET",
            "/api/cases/?size=20&q={}",
            200,
            _token(reviewer),
            count=160,
            things=[quote(words) for words in ASKED],
            p95_ms=80,
        ),
        Call(
            "city counts (page)",
            "GET",
            "/cases/overview/",
            200,
            _session(reviewer),
            count=40,
            clients=2,
            p95_ms=150,
        ),
        Call("case page", "GET", "/cases/{}/", 200, _session(worker), things=pages, per_second=200, p95_ms=60),
        Call("list 30 cases, a station's (page)", "GET", "/cases/", 200, _session(worker), count=120),
        Call("list 30 cases, the city's (page)", "GET", "/cases/", 200, _session(reviewer), count=120),
        Call("desk, 30 to-dos (page)", "GET", "/desk/", 200, _session(worker), count=120),
    ]
