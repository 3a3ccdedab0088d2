"""`up` and `down`: a city begins and ceases to be served."""

import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from launch.city import City, log_of
from launch.console import Console
from launch.database import OwnDatabase, city_database
from launch.folder import ROOT, Folder, read_json
from launch.problem import Problem
from launch.processes import Process, trim, wait_until
from launch.supervisor import Supervisor, note_run, stop_strays

PATIENCE = 60.0
TOO_MANY_DEATHS = 3


@dataclass(frozen=True)
class Wish:
    """What the operator asked of `up`."""

    port: int = 8000
    detach: bool = False
    demo: bool = False
    code: str | None = None


def address(port: int) -> str:
    """Where a person looks."""
    return f"http://127.0.0.1:{port}"


def health(port: int) -> tuple[int, str]:
    """What /healthz says: status and text; 0 where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status, answer.read(2000).decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


def check_port(port: int) -> None:
    """Find out before anything else that a port cannot be had."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            why = "is taken by another program" if error.errno == errno.EADDRINUSE else f"fails: {error.strerror}"
            raise Problem(f"Port {port} {why}.", "choose another one, for example `--port 8001`.") from None


def running_city(folder: Folder) -> tuple[Process, int] | None:
    """The supervisor and the port of the city that is served from a folder."""
    known = read_json(folder.run)
    process = Process.read(known.get("supervisor"))
    return (process, int(known["port"])) if process is not None and process.alive else None


def up(folder: Folder, wish: Wish, console: Console) -> int:
    """Set up what is missing and serve."""
    folder.make()
    running = running_city(folder)
    if running and folder.is_locked("up") and health(running[1])[0] == http.client.OK:
        return _already_running(City(folder, console, port=running[1]), wish)
    busy = Problem(
        f"Another `up` is at work on {folder.path} at this moment.",
        "wait until its city answers, or end it with `python3 run.py down`.",
    )
    with folder.lock("up", busy) as lock:
        if stray := stop_strays(folder):
            console.say(f"  stopped what an earlier run left behind: {', '.join(stray)}")
        check_port(wish.port)
        _no_half_restore(folder)
        note_run(folder, wish.port, {})
        try:
            return _serve(City(folder, console, port=wish.port), wish, lock)
        except BaseException:
            folder.run.unlink(missing_ok=True)
            raise


def _already_running(city: City, wish: Wish) -> int:
    port = city.port
    if (wish.demo or wish.code) and not city.database.marks().get("city"):
        again = f"up --city {wish.code}" if wish.code else "up --demo"
        raise Problem(
            f"What is served at {address(port)} is an empty platform, and no city is opened while it is served.",
            f"end it with `{city.command('down')}`, then run `{city.command(again)}`.",
        )
    if not wish.detach or wish.port != port:
        raise Problem(
            f"The city of this data folder is already served at {address(port)}.",
            "use it there, or end it first with `python3 run.py down`.",
        )
    city.console.say(f"  The city is already served at {address(port)}")
    return 0


def _no_half_restore(folder: Folder) -> None:
    cut_off = read_json(folder.path / "restore.json").get("archive")
    if cut_off:
        raise Problem(
            f"A restore of {cut_off} was cut off half-way, so database and uploads may not fit together.",
            f"run `python3 run.py restore {cut_off} --force` again.",
        )


def _serve(city: City, wish: Wish, lock: int) -> int:
    console = city.console
    began = time.monotonic()
    console.say(f"Linli · data in {city.folder.path}")
    city.prepare_environment()
    city.start_database(made_by="up")
    city.prepare_tables()
    city.collect_static()
    demo = city.open(demo=wish.demo, code=wish.code)
    if wish.detach:
        _serve_detached(city, wish, lock)
        _greet(city, began, demo=demo)
        return 0
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    supervisor = Supervisor(city)
    try:
        supervisor.record()
        _await_city(city, supervisor.turn, lambda: max(ward.deaths for ward in supervisor.wards) > TOO_MANY_DEATHS)
        _greet(city, began, demo=demo)
        console.say("  Ctrl-C ends it.")
        supervisor.run()
    except KeyboardInterrupt:
        console.say("\n  ending web server, worker and database …")
    finally:
        supervisor.stop()
    return 0


def _serve_detached(city: City, wish: Wish, lock: int) -> None:
    """Hand the lock and the city to a supervisor that outlives this command."""
    log = log_of(city.folder, "supervisor")
    trim(log)
    argv = [sys.executable, str(ROOT / "run.py"), "--data", str(city.folder.path), "supervise"]
    with log.open("ab") as file:
        child = subprocess.Popen(
            [*argv, "--port", str(wish.port), "--lock", str(lock)],
            cwd=ROOT,
            env={**os.environ, "LINLI_KEYS": str(city.folder.keys)},  # may have been named relative to another folder
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=(lock,),
        )
    try:
        _await_city(city, time.sleep, lambda: child.poll() is not None)
    except BaseException:
        child.terminate()
        child.wait(40)
        raise


def supervise(folder: Folder, port: int, lock: int, console: Console) -> int:
    """What the detached supervisor does; it holds the lock that `up` took."""
    os.set_inheritable(lock, False)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    supervisor = Supervisor(City(folder, console, port=port))
    try:
        supervisor.record()
        supervisor.run()
    except KeyboardInterrupt:
        supervisor.say("told to end")
    finally:
        supervisor.stop()
    return 0


def _await_city(city: City, turn: Callable[[float], None], given_up: Callable[[], bool]) -> None:
    """Wait until the city answers; turn something meanwhile."""
    status, text = 0, ""
    with city.console.step("web server and worker") as step:
        until = time.monotonic() + PATIENCE
        while status != http.client.OK:
            if given_up() or time.monotonic() > until:
                said = (
                    f"/healthz says {status} {text[:200] if text.startswith('{') else ''}"
                    if status
                    else _last_words(log_of(city.folder, "web"))
                )
                raise Problem(
                    f"The city does not answer: {said}", f"read the logs in {city.folder.log}, then try again."
                )
            turn(0.1)
            status, text = health(city.port)
        step.result = "answering"


def _last_words(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n") if log.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "the web server did not start")


def _greet(city: City, began: float, *, demo: bool) -> None:
    say = city.console.say
    say(f"\n  {address(city.port)}    (ready after {time.monotonic() - began:.1f} s)\n")
    if demo:
        for line in city.cast().splitlines():
            say(f"  {line}")
    elif not isinstance(city.database, OwnDatabase) or city.database.marks().get("city"):
        say(f"  A real city: `{city.command('manage create_administrator')}` makes an administrator's account.")
    else:
        say("  There is no city in this database yet: `up --demo` makes an invented one, `up --city CODE` a real one.")


def down(folder: Folder, console: Console) -> int:
    """End what `up` started from this folder: supervisor, web server, worker, and the folder's own database."""
    if not folder.path.exists():
        console.say(f"  Nothing runs: there is no data folder {folder.path}.")
        return 0
    ended = []
    running = running_city(folder)
    if running is not None:
        process, _ = running
        os.kill(process.pid, signal.SIGTERM)
        if not wait_until(lambda: not process.alive, 40):
            os.kill(process.pid, signal.SIGKILL)
        ended.append("supervisor, web server, worker")
    ended += stop_strays(folder)
    folder.run.unlink(missing_ok=True)
    if folder.database.exists() and not os.environ.get("DATABASE_URL"):
        database = city_database(folder)
        if isinstance(database, OwnDatabase) and database.cluster.stop():
            ended.append("database")
    console.say(f"  Stopped: {', '.join(ended)}." if ended else "  Nothing was running.")
    return 0
