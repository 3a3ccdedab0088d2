"""Processes: known by more than a number, ended with their whole group, never outliving who started them."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from launch.folder import ROOT
from launch.problem import Problem

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat after the name, or None where there is no such process."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    return text.rpartition(")")[2].split()


def runs(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    fields = _stat(pid)
    return fields is not None and fields[0] not in "ZX"


@dataclass(frozen=True)
class Process:
    """One process for ever: number, start in clock ticks since boot, and which boot. A reused number is another one."""

    pid: int
    started: int
    boot: str

    @classmethod
    def of(cls, pid: int) -> "Process":
        """The process that has this number now."""
        fields = _stat(pid)
        return cls(pid, int(fields[19]) if fields else -1, _boot())

    @classmethod
    def read(cls, data: Mapping[str, Any] | None) -> "Process | None":
        """From what `write` gave."""
        return cls(int(data["pid"]), int(data["started"]), str(data["boot"])) if data else None

    def write(self) -> dict[str, Any]:
        """For a file."""
        return asdict(self)

    @property
    def alive(self) -> bool:
        """Whether this very process still runs."""
        fields = _stat(self.pid)
        return fields is not None and fields[0] not in "ZX" and int(fields[19]) == self.started and self.boot == _boot()

    def _group(self) -> list[int]:
        """Members of the group that it leads or led; none where its number now names another process."""
        if self.boot != _boot():
            return []
        leader = _stat(self.pid)
        if leader is not None and int(leader[19]) != self.started:
            return []
        members = []
        for entry in os.listdir("/proc"):  # noqa: PTH208 - names only
            fields = _stat(int(entry)) if entry.isdigit() else None
            if fields is not None and fields[0] not in "ZX" and int(fields[2]) == self.pid:
                members.append(int(entry))
        return members

    def stop(self, grace: float = 10.0) -> None:
        """End it and all it started in its group: politely, after `grace` seconds by force."""
        if self.alive:
            os.kill(self.pid, signal.SIGTERM)
            wait_until(lambda: not self._group(), grace)
        until = time.monotonic() + 5
        while (members := self._group()) and time.monotonic() < until:
            for pid in members:
                _kill(pid)
            time.sleep(0.02)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait for something to come true; say whether it did."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def dies_with_parent() -> Callable[[], None]:
    """What a child does before it starts: ask the kernel to end it when this process dies, however it dies.

    The kernel watches the *thread* that starts the child, so children are started from the main thread only.
    """
    parent = os.getpid()

    def ask() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def spawn(argv: Sequence[str], *, env: Mapping[str, str], log: Path) -> "subprocess.Popen[bytes]":
    """Start a long-lived child in a group of its own; what it says goes to its log."""
    with log.open("ab") as file:
        return subprocess.Popen(
            argv,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dies_with_parent(),  # noqa: PLW1509 - one thread only
        )


@dataclass(frozen=True)
class Outcome:
    """How a tool ended and all it said."""

    code: int
    output: str

    @property
    def last_line(self) -> str:
        """What a person reads first: the last thing it said."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        return lines[-1] if lines else "it said nothing"


def call(
    argv: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    each_line: Callable[[str], None] | None = None,
    give: str | None = None,
    cwd: Path = ROOT,
    user: str | None = None,
    only_output: bool = False,
) -> Outcome:
    """Run a tool to its end and keep what it said; it dies with this process."""
    with subprocess.Popen(
        argv,
        cwd=cwd,
        env=env,
        stdin=subprocess.PIPE if give is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if only_output else subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        preexec_fn=dies_with_parent(),  # noqa: PLW1509 - one thread only
        user=user,
        group=user,
        extra_groups=[] if user else None,
    ) as child:
        try:
            return _follow(child, each_line, give)
        except BaseException:
            child.terminate()
            raise


def _follow(child: "subprocess.Popen[str]", each_line: Callable[[str], None] | None, give: str | None) -> Outcome:
    if each_line is None:
        output, _ = child.communicate(give)
        return Outcome(child.returncode, output)
    lines = []
    assert child.stdout is not None
    for line in child.stdout:
        lines.append(line)
        each_line(line.rstrip())
    return Outcome(child.wait(), "".join(lines))


def must(outcome: Outcome, what: str, log: Path) -> Outcome:
    """Pass on what went well; else keep all that was said in a log and raise one sentence."""
    with log.open("a", encoding="utf-8") as file:
        file.write(f"--- {what} (exit code {outcome.code})\n{outcome.output}\n")
    if outcome.code:
        raise Problem(
            f"{what} failed: {outcome.last_line}", f"read {log}, mend the cause and run the same command again."
        )
    return outcome


def trim(log: Path, limit: int = 10_000_000) -> None:
    """Keep one older part of a log that has grown large. Writers append, so they go on at the start."""
    if log.exists() and log.stat().st_size > limit:
        log.with_suffix(".old.log").write_bytes(log.read_bytes()[-limit:])
        os.truncate(log, 0)
