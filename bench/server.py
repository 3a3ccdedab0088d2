"""The measured server: as `run.py up` serves a city, on a free port, as long as the measurement lasts."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from launch.processes import dies_with_parent
from launch.supervisor import web_argv

PATIENCE = 60  # seconds until it answers
SERVED, MEASURED = "linli.config.wsgi:application", "bench.wsgi:application"


class NoServer(Exception):
    """The server did not begin to answer."""


@contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """Start the server, give its port and the number of its first process, end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    argv = [sys.executable, *(MEASURED if one == SERVED else one for one in web_argv(port)[1:])]
    with subprocess.Popen(argv, stdout=sys.stderr, preexec_fn=dies_with_parent()) as child:  # noqa: PLW1509 - no thread yet
        try:
            _await(port, child)
            yield port, child.pid
        finally:
            child.terminate()


def _await(port: int, child: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and child.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/bare/rows/1")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise NoServer("the server did not begin to answer; its words stand above")
