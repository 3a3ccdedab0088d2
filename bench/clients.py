"""Eight clients at once, each with one connection kept open, a bounded number of requests, every answer checked."""

import statistics
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import repeat

CLIENTS = 8
WARM_UP = 5  # requests of each client before its time is taken


@dataclass(frozen=True)
class Call:
    """One request, as often as it is made in all, and the status that is right; with `{}` in the path each goes to a thing of its own."""

    name: str
    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes | None = None
    count: int = 200
    things: Sequence[str] = ()

    def paths(self, client: int) -> Iterator[str]:
        """Return the addresses that one client asks, one after another."""
        return map(self.path.format, self.things[client::CLIENTS]) if self.things else repeat(self.path)


@dataclass(frozen=True)
class Figures:
    """What one call reached."""

    name: str
    count: int
    per_second: float
    p50_ms: float
    p95_ms: float
    size: int


class Wrong(Exception):
    """An answer that is not the right one: nothing is measured by faults."""


def measure(port: int, call: Call) -> Figures:
    """Make a call from all clients at once; raises Wrong."""
    each = call.count // CLIENTS
    times: list[float] = []
    faults: list[str] = []
    sizes: list[int] = []
    gate = threading.Barrier(CLIENTS + 1)

    def client(place: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        own = []
        for number, path in zip(range(WARM_UP + each), call.paths(place), strict=False):
            if number == WARM_UP:
                gate.wait()
            began = time.perf_counter()
            connection.request(call.method, path, call.body, dict(call.headers))
            answer = connection.getresponse()
            text = answer.read()
            own.append(time.perf_counter() - began)
            if answer.status != call.status:
                faults.append(f"{call.method} {path}: {answer.status} {text[:200]!r}")
        sizes.append(len(text))
        times.extend(own[WARM_UP:])

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - began
    if faults:
        raise Wrong(faults[0])
    cuts = statistics.quantiles(times, n=100)
    return Figures(call.name, len(times), len(times) / wall, cuts[49] * 1000, cuts[94] * 1000, sizes[0])
