"""The supervisor of the folder's own PostgreSQL server: one cluster, one socket, no TCP, passwords for everyone."""

import hashlib
import os
import secrets
import shutil
from pathlib import Path

from launch.binaries import Binaries, find_binaries, readable_for_server, server_user
from launch.folder import Folder, read_json, write_json
from launch.home import Home
from launch.problem import Problem
from launch.processes import Outcome, Process, call, wait_until

START_SECONDS = 300
CONF = """
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = '128MB'
jit = off
client_connection_check_interval = '1s'
wal_compression = on
timezone = 'UTC'
log_timezone = 'UTC'
password_encryption = 'scram-sha-256'
logging_collector = on
log_directory = '{log}'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = '1d'
log_rotation_size = 0
"""
FORGETFUL = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
"""
"""For tests: nothing is asked to outlive the machine, and no vacuum holds a database that a test wants to drop."""
ROLES = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'linli_owner') THEN CREATE ROLE linli_owner; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'linli_app') THEN CREATE ROLE linli_app; END IF;
END $$;
ALTER ROLE linli_owner LOGIN CREATEDB NOSUPERUSER NOCREATEROLE PASSWORD '{owner}';
ALTER ROLE linli_app LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE PASSWORD '{app}';
REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE postgres TO linli_owner;
"""


class Cluster:
    """The PostgreSQL server of one data folder. As root it runs under a user of its own."""

    def __init__(self, folder: Folder, *, disposable: bool = False, forgetful: bool = False) -> None:
        self._folder = folder
        self._disposable = disposable
        self._more = FORGETFUL if forgetful else ""
        self._user = server_user()
        programs = find_binaries()
        self.binaries: Binaries = readable_for_server(programs) if self._user else programs
        self.home = Home(folder, self._user, disposable=disposable)

    # --- whether it runs

    @property
    def process(self) -> Process | None:
        """The postmaster, if it really runs on this cluster: neither a zombie nor another process with its number."""
        try:
            first, *_ = (self.home.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            process = Process.of(int(first))
        except (OSError, ValueError):
            return None
        return process if process.alive and _works_in(process.pid, self.home.cluster) else None

    @property
    def exists(self) -> bool:
        """Whether the cluster was made."""
        return (self.home.cluster / "PG_VERSION").exists()

    def answers(self) -> bool:
        """Whether one can connect to it."""
        return self.sql("SELECT 1").code == 0

    # --- start and stop

    def start(self) -> str:
        """Bring the server up from whatever state it is in; what was done. One process at a time."""
        with self._folder.lock("database"):
            more = ""
            if self.home.is_left_over:
                self._halt()
                more = f"; that of an earlier data folder is kept in {self.home.set_aside()}"
            done = "running"
            if self.process is None:
                done = "started" if self.exists else "made and started"
                self._prepare()
                self._clear_stale_pid()
                self._launch()
            if not wait_until(self.answers, START_SECONDS):
                why = self.sql("SELECT 1").last_line
                raise Problem(f"PostgreSQL runs but does not let us in: {why}", self._look_at_log())
            self._make_roles()
            return done + more

    def stop(self) -> bool:
        """Stop the server if it runs; whether it ran."""
        with self._folder.lock("database"):
            return self._halt()

    def _halt(self) -> bool:
        if self.process is None:
            return False
        place = str(self.home.cluster)
        self._as_server([self.binaries.program("pg_ctl"), "-D", place, "-m", "fast", "-w", "-t", "60", "stop"])
        if not wait_until(lambda: self.process is None, 10):
            raise Problem("PostgreSQL did not stop within a minute.", self._look_at_log())
        return True

    def _prepare(self) -> None:
        self._check_version()
        self.home.prepare()
        if not self.exists:
            self._initialise()
        log = str(self.home.path / "log").replace("'", "''")
        self.home.write("linli.conf", CONF.format(socket=self.home.socket, log=log) + self._more)
        # PostgreSQL calls the user by the name that started it; only that user of the machine is let in unasked.
        self.home.write("pg_hba.conf", f'local all "{self.home.user_name}" peer\nlocal all all scram-sha-256\n')
        self.home.point(self.secrets())

    def _check_version(self) -> None:
        if not self.exists:
            return
        made_by = int((self.home.cluster / "PG_VERSION").read_text(encoding="ascii"))
        if made_by == self.binaries.version:
            return
        if self._disposable:
            shutil.rmtree(self.home.cluster)
            return
        raise Problem(
            f"The database was made by PostgreSQL {made_by}, but the programs here are {self.binaries.version}.",
            f"set PG_BIN to PostgreSQL {made_by}; to change over, `backup` with that and `restore` into a new folder.",
        )

    def _initialise(self) -> None:
        """Make the cluster beside its place and move it there whole: a killed start leaves nothing half-made."""
        fresh = self.home.path / "cluster.new"
        shutil.rmtree(fresh, ignore_errors=True)
        options = ["--auth=peer", "--username", self.home.user_name, "--no-instructions"]
        program = self.binaries.program("initdb")
        made = self._as_server([program, "-D", str(fresh), *options, *self.binaries.locale_options])
        if made.code:
            raise Problem(
                f"The database could not be made: {made.last_line}",
                f"make room and rights in {self.home.path}, then try again.",
            )
        with (fresh / "postgresql.conf").open("a") as file:
            file.write("include 'linli.conf'\n")
        fresh.rename(self.home.cluster)

    def _clear_stale_pid(self) -> None:
        """Remove a pid file whose process is no postmaster of ours; PostgreSQL itself would believe a reused number.

        Only once nobody works in the cluster any more: backends of a killed postmaster may still be writing.
        """
        if not wait_until(lambda: not _anyone_works_in(self.home.cluster), 60):
            raise Problem("Processes of an earlier PostgreSQL still work on the database.", "end them, then try again.")
        socket = self.home.socket / ".s.PGSQL.5432"
        for left in (self.home.cluster / "postmaster.pid", socket, socket.with_name(f"{socket.name}.lock")):
            left.unlink(missing_ok=True)

    def _launch(self) -> None:
        said = self.home.path / "start.log"
        said.unlink(missing_ok=True)
        where = ["-D", str(self.home.cluster), "-l", str(said)]
        argv = [self.binaries.program("pg_ctl"), *where, "-w", "-t", str(START_SECONDS), "start"]
        started = self._as_server(argv)
        if started.code:
            why = next((line for line in reversed(self._log_lines(said)) if "FATAL" in line), started.last_line)
            raise Problem(f"PostgreSQL did not start: {why}", self._look_at_log())

    def _log_lines(self, *files: Path) -> list[str]:
        logs = (self.home.path / "log").glob("*.log")
        newest = max(logs, key=lambda file: file.stat().st_mtime, default=None)
        found = [file for file in (*files, newest) if file is not None and file.exists()]
        return [
            line for file in found for line in file.read_text(encoding="utf-8", errors="replace").splitlines()[-50:]
        ]

    def _look_at_log(self) -> str:
        return f"read the newest file in {self.home.path / 'log'} and {self.home.path / 'start.log'}."

    # --- roles

    def secrets(self) -> dict[str, str]:
        """What database.json holds; passwords are made on first sight."""
        wanted = ("owner_password", "app_password")
        known = read_json(self._folder.database)
        if not known.keys() >= set(wanted):
            with self._folder.lock("secrets"):
                known = {name: secrets.token_urlsafe(24) for name in wanted} | read_json(self._folder.database)
                write_json(self._folder.database, known)
        return known

    def _make_roles(self) -> None:
        known = self.secrets()
        sign = hashlib.sha256((ROLES + known["owner_password"] + known["app_password"]).encode()).hexdigest()
        mark = self.home.cluster / "linli.roles"
        if mark.exists() and mark.read_text(encoding="ascii") == sign:
            return
        made = self.sql(ROLES.format(owner=known["owner_password"], app=known["app_password"]))
        if made.code:
            raise Problem(f"The roles of the database could not be made: {made.last_line}", self._look_at_log())
        mark.write_text(sign, encoding="ascii")

    # --- talking to it

    def _as_server(self, argv: list[str]) -> Outcome:
        clean = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
        return call(argv, env=clean, cwd=Path("/"), user=self._user)

    def sql(self, statement: str, *, database: str = "postgres") -> Outcome:
        """Run SQL as the server's superuser; values come back unaligned, one row a line."""
        where = ["-h", str(self.home.socket), "-d", database, "-U", self.home.user_name]
        psql = [self.binaries.program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", *where]
        clean = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "PGCLIENTENCODING": "UTF8"}
        return call(psql, env=clean, cwd=Path("/"), user=self._user, give=statement)


def _works_in(pid: int, place: Path) -> bool:
    """Whether a process has its working directory in a cluster, as every process of a PostgreSQL server has."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == place.resolve()
    except OSError:
        return False


def _anyone_works_in(place: Path) -> bool:
    return any(_works_in(int(entry), place) for entry in os.listdir("/proc") if entry.isdigit())  # noqa: PTH208
