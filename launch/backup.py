"""`backup`: database and uploads of one moment in one archive, each part with its hash. Never the keys."""

import gzip
import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from launch.binaries import Binaries, find_binaries
from launch.city import City
from launch.console import Console
from launch.database import Database, libpq_environment
from launch.folder import Folder
from launch.keys import fingerprint
from launch.problem import Problem
from launch.processes import Outcome, call

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
KEYS_STAY = "The keys are not in the archive: keep a copy of {keys} apart from it; without them it cannot be read."
COUNT = """
SELECT coalesce(
  string_agg(format('SELECT %L, count(*) FROM %I.%I', c.relname, n.nspname, c.relname), ' UNION ALL '), 'SELECT')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname = 'public' \\gexec
"""


def tool_environment(url: str) -> dict[str, str]:
    """For PostgreSQL's own programs."""
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", **libpq_environment(url)}


def postgres_tool(binaries: Binaries, name: str, *options: str, url: str) -> Outcome:
    """Run pg_dump or pg_restore as the owner role; a failure is one sentence."""
    outcome = call([binaries.program(name), *options], env=tool_environment(url))
    if outcome.code:
        raise Problem(
            f"{name} failed: {outcome.last_line}",
            "mend that and try again; if the server is newer or demands TLS, name its own programs with PG_BIN.",
        )
    return outcome


class Hashing(io.RawIOBase):
    """Hands through what is read and keeps its hash."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.sha256 = hashlib.sha256()

    def readable(self) -> bool:
        """It is read from."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        part = self._source.read(size)
        self.sha256.update(part)
        return part


@contextmanager
def _snapshot(binaries: Binaries, url: str) -> Iterator[tuple[str, dict[str, int]]]:
    """One moment of the database that pg_dump can see too, and how many rows each table has in it."""
    psql = [binaries.program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1"]
    with subprocess.Popen(
        psql,
        env=tool_environment(url),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as session:
        assert session.stdin
        assert session.stdout
        assert session.stderr
        session.stdin.write("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\nSELECT pg_export_snapshot();\n")
        session.stdin.write(f"{COUNT}\n\\echo end of rows\n")
        session.stdin.flush()
        name = session.stdout.readline().strip()
        rows: dict[str, int] = {}
        while (line := session.stdout.readline().strip()) and line != "end of rows":
            table, _, count = line.rpartition("|")
            rows[table] = int(count)
        if not name:
            raise Problem(f"The database refused: {session.stderr.read().strip()}", "mend the cause and try again.")
        try:
            yield name, rows
        finally:
            session.stdin.close()


def _add(archive: tarfile.TarFile, source: Path, name: str) -> dict[str, Any]:
    """Put one file into the archive; its entry in the manifest."""
    with source.open("rb") as file:
        info = tarfile.TarInfo(name)
        info.size = os.fstat(file.fileno()).st_size
        info.mtime = int(source.stat().st_mtime)
        info.mode = 0o600
        reader = Hashing(file)
        archive.addfile(info, reader)
        return {"size": info.size, "sha256": reader.sha256.hexdigest()}


def open_archive(file: IO[bytes], name: str) -> IO[bytes]:
    """Compressed unless the name says plain tar; quickly, because the dump inside is compressed already."""
    return file if name.endswith(".tar") else gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1, mtime=0)  # type: ignore[return-value]


def _write(target: IO[bytes], name: str, dump: Path, folder: Folder, manifest: dict[str, Any]) -> None:
    members: dict[str, dict[str, Any]] = {}
    stream = open_archive(target, name)
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        members[DUMP] = _add(archive, dump, DUMP)
        for file in sorted(folder.uploads.rglob("*")):
            if file.is_file() and not file.is_symlink():
                inside = f"uploads/{file.relative_to(folder.uploads).as_posix()}"
                members[inside] = _add(archive, file, inside)
        # Last, so that an archive that was cut off has none and is recognised.
        text = json.dumps({**manifest, "members": members}, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(text)
        info.mtime = int(time.time())
        archive.addfile(info, io.BytesIO(text))
    if stream is not target:
        stream.close()


def describe(database: Database, keys: Path, rows: dict[str, int]) -> dict[str, Any]:
    """What the manifest says about the city."""
    return {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "city": database.marks().get("city", ""),
        "keys": fingerprint(keys),
        "rows": {table: count for table, count in sorted(rows.items()) if count},
    }


def backup(folder: Folder, file: Path, console: Console) -> int:
    """Write the archive; the city may go on meanwhile."""
    file = file.expanduser().absolute()
    if not file.parent.is_dir():
        raise Problem(f"There is no folder {file.parent} to write the backup into.", "make it, or name another file.")
    city = City(folder, console)
    city.prepare_environment()
    city.start_database(made_by="backup")
    binaries = find_binaries()
    url = city.database.owner_url
    with (
        tempfile.TemporaryDirectory(dir=folder.path) as scratch,
        tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as part,
    ):
        try:
            dump = Path(scratch) / DUMP
            with console.step("dump"), _snapshot(binaries, url) as (name, rows):
                options = ("--format=custom", "--no-owner", "--no-acl", f"--snapshot={name}", f"--file={dump}")
                postgres_tool(binaries, "pg_dump", *options, url=url)
                manifest = describe(city.database, folder.keys, rows)
            with console.step("archive") as step:
                _write(part.file, file.name, dump, folder, manifest)
                part.flush()
                os.fsync(part.fileno())
                Path(part.name).replace(file)
                step.result = f"{file.stat().st_size / 1e6:.1f} MB, {sum(rows.values()):,} rows"
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    console.say(f"\n  {file}\n  {KEYS_STAY.format(keys=folder.keys)}")
    return 0
