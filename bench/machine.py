"""What the machine says of the measured processes: processor time and memory, of the web server's workers and of the database's."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Seconds of processor time so far."""

    web: float
    database: float


class Usage:
    """Looks at the processes of one web server and of the database that it asks; both run on this machine."""

    def __init__(self, web: int) -> None:
        """Keep who is the web server's first process, and find the database's."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.web, self.database = web, int(_stat(cursor.fetchone()[0])[1])
        connection.close()

    def spent(self) -> Spent:
        """Return the seconds spent so far, those of processes that have ended included."""
        return Spent(_family(self.web), _family(self.database))

    def memory(self) -> list[int]:
        """Return the resident memory of each web worker in bytes."""
        return [_resident(pid) for pid in _children(self.web)]


def facts() -> dict[str, str | int]:
    """Return what the figures were taken on, and with which settings."""
    with connection.cursor() as cursor:
        said = {}
        for name in ("server_version", "fsync", "synchronous_commit", "shared_buffers"):
            cursor.execute(f"SHOW {name}")
            said[name] = cursor.fetchone()[0]
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        size = cursor.fetchone()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {
        "cores": os.cpu_count() or 0,
        "memory (MiB)": memory,
        "load before (1 min)": f"{os.getloadavg()[0]:.1f}",
        "Python": platform.python_version(),
        "PostgreSQL": said["server_version"].split()[0],
        "fsync": said["fsync"],
        "synchronous_commit": said["synchronous_commit"],
        "shared_buffers": said["shared_buffers"],
        "database": size,
    }


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat after the name; an empty list for a process that has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def _children(pid: int) -> list[int]:
    found = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]
    return sorted(one for one in found if _stat(one)[1:2] == [str(pid)])


def _family(pid: int) -> float:
    """Return the seconds of a process, of its children, and of those that have ended."""
    own = _stat(pid)
    ticks = sum(int(one) for one in own[11:15])
    for child in _children(pid):
        fields = _stat(child)
        ticks += sum(int(one) for one in fields[11:15])
    return ticks / TICK


def _resident(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0
