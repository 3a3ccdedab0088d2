"""Keeps a city alive: web server, worker and database are started again when they die, however they die."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from launch.city import City, log_of
from launch.database import OwnDatabase
from launch.environment import PYTHON
from launch.folder import Folder, read_json, write_json
from launch.problem import Problem
from launch.processes import Process, spawn, trim

BACK_OFF = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
STEADY = 60.0
LOOK_AROUND = 5.0


def web_argv(port: int) -> list[str]:
    """The web server: two processes that granian itself replaces when they die or grow fat."""
    return [
        *(str(PYTHON), "-m", "granian", "linli.config.wsgi:application", "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws"),
        *("--respawn-failed-workers", "--respawn-interval", "0.2", "--workers-max-rss", "700"),
        *("--workers-kill-timeout", "8", "--log-level", "warning"),
    ]


@dataclass
class Ward:
    """A process that the supervisor keeps alive."""

    name: str
    argv: Sequence[str]
    env: dict[str, str]
    log: Path
    child: "subprocess.Popen[bytes] | None" = None
    process: Process | None = None
    deaths: int = 0
    born: float = 0.0
    due: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        """Start it now."""
        trim(self.log)
        self.child = spawn(self.argv, env=self.env, log=self.log)
        self.process = Process.of(self.child.pid)
        self.born = time.monotonic()

    def bury(self) -> None:
        """After its death: end what is left of its group and set the time of its next start."""
        assert self.child is not None
        assert self.process is not None
        self.process.stop()
        self.child.wait()
        now = time.monotonic()
        self.deaths = 0 if now - self.born > STEADY else self.deaths
        self.due = now + BACK_OFF[min(self.deaths, len(BACK_OFF) - 1)]
        self.deaths += 1
        self.child = None

    def stop(self) -> None:
        """End it for good."""
        if self.child is not None and self.process is not None:
            self.process.stop()
            self.child.wait()
            self.child = None


class Supervisor:
    """The life of one running city. One thread only: children die with the thread that started them."""

    def __init__(self, city: City) -> None:
        self._city = city
        env = city.environ()
        self.wards = [
            Ward("web", web_argv(city.port), env, log_of(city.folder, "web")),
            Ward("worker", city.argv("procrastinate", "worker"), env, log_of(city.folder, "worker")),
        ]
        self._server_due = 0.0
        self._server_deaths = 0

    def say(self, text: str) -> None:
        """Tell what happened and when."""
        self._city.console.say(f"  {datetime.now(UTC).astimezone():%Y-%m-%d %H:%M:%S} {text}")

    def turn(self, seconds: float = LOOK_AROUND) -> None:
        """Start what is due, then wait until something dies or the time is over."""
        self._mind_server()
        for ward in self.wards:
            if ward.child is None and ward.due <= time.monotonic():
                ward.start()
                self.record()
        self._wait(seconds)
        for ward in self.wards:
            if ward.child is not None and ward.child.poll() is not None:
                code = ward.child.returncode
                ward.bury()
                self.say(f"{ward.name} ended ({_how(code)}); started again in {BACK_OFF[min(ward.deaths, 7) - 1]} s")

    def _wait(self, seconds: float) -> None:
        """Sleep until a watched process dies, a start is due or the time is over."""
        dues = [ward.due - time.monotonic() for ward in self.wards if ward.child is None]
        if self._server_deaths:
            dues.append(self._server_due - time.monotonic())
        poll = select.poll()
        descriptors = []
        watched = [ward.child.pid for ward in self.wards if ward.child is not None]
        server = self._server()
        for pid in [*watched, *([server.pid] if server else [])]:
            with suppress(ProcessLookupError):
                descriptors.append(os.pidfd_open(pid))
                poll.register(descriptors[-1], select.POLLIN)
        try:
            poll.poll(max(0.0, min([seconds, *dues])) * 1000)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _server(self) -> Process | None:
        database = self._city.database
        return database.cluster.process if isinstance(database, OwnDatabase) else None

    def _mind_server(self) -> None:
        """Bring our own database server back."""
        database = self._city.database
        if not isinstance(database, OwnDatabase) or time.monotonic() < self._server_due or database.cluster.process:
            return
        self.say("database ended; starting it again")
        try:
            database.cluster.start()
            self._server_deaths = 0
        except (Problem, OSError) as problem:
            self.say(f"database: {problem}")
            self._server_due = time.monotonic() + BACK_OFF[min(self._server_deaths, len(BACK_OFF) - 1)]
            self._server_deaths += 1

    def record(self) -> None:
        """Write down who runs, so that `down` and a later `up` find them."""
        running: dict[str, Any] = {ward.name: ward.process.write() for ward in self.wards if ward.process}
        note_run(self._city.folder, self._city.port, running)

    def run(self) -> None:
        """Serve until told to stop."""
        while True:
            self.turn()
            for ward in self.wards:
                trim(ward.log)

    def stop(self) -> None:
        """End web server and worker, then our own database; forget who ran."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for ward in self.wards:
            if ward.child is not None:
                ward.child.terminate()
        for ward in self.wards:
            ward.stop()
        if isinstance(self._city.database, OwnDatabase):
            self._city.database.cluster.stop()
        self._city.folder.run.unlink(missing_ok=True)


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def note_run(folder: Folder, port: int, running: dict[str, Any]) -> None:
    """Write down this process as the supervisor, and its wards."""
    write_json(folder.run, {"port": port, "supervisor": Process.of(os.getpid()).write(), **running})


def stop_strays(folder: Folder) -> list[str]:
    """End wards that a killed supervisor left behind; their names."""
    known = read_json(folder.run)
    ended = []
    for name in ("web", "worker"):
        process = Process.read(known.get(name))
        if process is not None:
            if process.alive:
                ended.append(name)
            process.stop()
    return ended
