"""Clients at once, each with one connection kept open, a bounded number of requests, every answer checked."""

import json
import socket
import statistics
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice

from .machine import Spent, Usage

WARM_UP = 5  # requests of each client before its time is taken
LONGEST = 20  # seconds of one call; what has been answered by then counts


@dataclass(frozen=True)
class Call:
    """One request, as often as it is made in all; with `{}` in the path or the body each goes to a thing of its own, in turns."""

    name: str
    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    body: str = ""
    count: int = 200
    clients: int = 8
    things: Sequence[str] = ()
    per_second: int = 0
    """How many requests a second are to be reached; 0 where nobody said."""
    p95_ms: int = 0
    """Under how many milliseconds 95 of a hundred are to stay."""

    def requests(self, client: int) -> list[bytes]:
        """Return what one client sends, ready made, so that the clients cost the machine little."""
        number = WARM_UP + self.count // self.clients
        own = list(self.things[client :: self.clients]) or [""]
        return [self._request(thing) for thing in islice(cycle(own), number)]

    def _request(self, thing: str) -> bytes:
        body = self.body.replace("{}", thing).encode()
        lines = [f"{self.method} {self.path.replace('{}', thing)} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Figures:
    """What one call reached: requests a second, milliseconds that half and 95 of a hundred stayed under, its processor time."""

    name: str
    clients: int
    count: int
    per_second: float
    p50_ms: float
    p95_ms: float
    web_ms: float
    database_ms: float
    size: int
    goal: tuple[int, int] = (0, 0)
    """Requests a second and p95 to be reached."""
    fault: str = ""
    statements: int = 0
    answers: list[bytes] = field(default_factory=list)


class Wrong(Exception):
    """An answer that is not the right one: nothing is measured by faults."""


class Connection:
    """A connection kept open. No library's: each of its microseconds is taken from the server that is measured."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; return status and body of the answer, whose length has to be said."""
        self.socket.sendall(request)
        read = self.socket.recv(262144)
        while (end := read.find(b"\r\n\r\n")) < 0:
            read += self._more()
        head = read[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        while len(read) < end + 4 + length:
            read += self._more()
        return int(head[9:12]), read[end + 4 :]

    def _more(self) -> bytes:
        part = self.socket.recv(262144)
        if not part:
            raise Wrong("the server ended the connection")
        return part


def measure(port: int, call: Call, usage: Usage) -> Figures:
    """Make a call from all its clients at once; raises Wrong."""
    times: list[list[float]] = [[] for _client in range(call.clients)]
    answers: list[list[bytes]] = [[] for _client in range(call.clients)]
    faults: list[str] = []
    gate = threading.Barrier(call.clients + 1)

    def client(place: int) -> None:
        try:
            own, connection, ends = call.requests(place), Connection(port), 0.0
            for number, request in enumerate(own):
                if number == WARM_UP:
                    gate.wait()
                    ends = time.perf_counter() + LONGEST
                began = time.perf_counter()
                if number > WARM_UP + 1 and began > ends:
                    break
                status, text = connection.ask(request)
                times[place].append(time.perf_counter() - began)
                answers[place].append(text)
                _must(status == call.status, f"{request.split(b' HTTP', 1)[0].decode()}: {status} {text[:300]!r}")
        except (Wrong, OSError, threading.BrokenBarrierError) as error:
            faults.append(str(error))  # the first is the cause, it breaks the barrier for the others
            gate.abort()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(call.clients)]
    for thread in threads:
        thread.start()
    try:
        gate.wait()
        before, began = usage.spent(), time.perf_counter()
    except threading.BrokenBarrierError:
        before, began = Spent(0, 0), 0.0
    for thread in threads:
        thread.join()
    wall, after = time.perf_counter() - began, usage.spent()
    if faults:
        raise Wrong(faults[0])
    taken = [one for each in times for one in each[WARM_UP:]]
    cuts, count = statistics.quantiles(taken, n=100), len(taken)
    cost = [1000 * part / count for part in (after.web - before.web, after.database - before.database)]
    bodies = [one for each in answers for one in each]
    figures = Figures(
        call.name, call.clients, count, count / wall, cuts[49] * 1000, cuts[94] * 1000, *cost, len(bodies[-1])
    )
    figures.goal, figures.answers = (call.per_second, call.p95_ms), bodies
    return figures


def _must(is_right: bool, what: str) -> None:  # noqa: FBT001 (the question itself)
    if not is_right:
        raise Wrong(what)


def references(figures: Figures) -> list[str]:
    """Return the references of the cases that a call has brought."""
    return [str(json.loads(one)["reference"]) for one in figures.answers]
