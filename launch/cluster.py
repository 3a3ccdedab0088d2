"""The supervisor of the folder's own PostgreSQL server: one cluster, one socket, no TCP, passwords for everyone."""

import hashlib
import os
import pwd
import secrets
import shutil
import stat
import tempfile
from pathlib import Path

from launch.binaries import SYSTEM_HOME, Binaries, find_binaries, readable_for_server, server_user
from launch.folder import Folder, read_json, write_json
from launch.problem import Problem
from launch.processes import Outcome, Process, call, wait_until

SOCKET_LIMIT = 90  # of the 107 bytes that the kernel allows, PostgreSQL's own file name takes the rest
START_SECONDS = 300
CONF = """
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = '128MB'
jit = off
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
    """One PostgreSQL server of one data folder. Not root: inside the folder; root: in /var/lib/linli, as its own user."""

    def __init__(self, folder: Folder, *, disposable: bool = False) -> None:
        self.folder = folder
        self._disposable = disposable
        self._user = server_user()
        programs = find_binaries()
        self.binaries: Binaries = readable_for_server(programs) if self._user else programs
        self.home = self._find_home()
        self.data = self.home / "cluster"
        self.socket = self._find_socket()

    # --- where it is

    def _find_home(self) -> Path:
        """From the pointer in the folder; a copied folder must not share the server of the one it was copied from."""
        known = read_json(self.folder.database).get("home")
        if known is None:
            if self._user is None:
                return self.folder.path / "pg"
            return SYSTEM_HOME / hashlib.sha256(os.fsencode(self.folder.path)).hexdigest()[:16]
        home = Path(known)
        if not home.is_absolute():
            return self.folder.path / home
        belongs = read_json(home / "belongs.json").get("folder")
        if belongs not in (None, str(self.folder.path)) and (Path(belongs) / "database.json").exists():
            raise Problem(
                f"The data folder {self.folder.path} is a copy of {belongs}, and the database belongs to that one.",
                "use `backup` there and `restore` into an empty folder here.",
            )
        if not (home / "cluster").exists() and not self._disposable:
            raise Problem(
                f"The database of {self.folder.path} should be in {home}, but it is gone.",
                f"put {home} back, or move the data folder away and restore a backup into a new one.",
            )
        return home

    def _find_socket(self) -> Path:
        beside = self.home / "socket"
        if len(os.fsencode(beside)) <= SOCKET_LIMIT and not set(str(beside)) & set("',\"\\"):
            return beside
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"linli-{os.geteuid()}-{name}"

    # --- whether it runs

    @property
    def process(self) -> Process | None:
        """The postmaster, if it really runs on this cluster: neither a zombie nor another process with its number."""
        try:
            first, *_ = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            process = Process.of(int(first))
        except (OSError, ValueError):
            return None
        return process if process.alive and _works_in(process.pid, self.data) else None

    @property
    def exists(self) -> bool:
        """Whether the cluster was made."""
        return (self.data / "PG_VERSION").exists()

    def answers(self) -> bool:
        """Whether one can connect to it."""
        return self.sql("SELECT 1").code == 0

    # --- start and stop

    def start(self) -> str:
        """Bring the server up from whatever state it is in; what was done. One process at a time."""
        with self.folder.lock("database"):
            done = "running"
            if self.process is None:
                done = "started" if self.exists else "made and started"
                self._prepare()
                self._clear_stale_pid()
                self._launch()
            if not wait_until(self.answers, START_SECONDS):
                raise Problem(
                    f"PostgreSQL runs but does not let us in: {self.sql('SELECT 1').last_line}", self._look_at_log()
                )
            self._make_roles()
            return done

    def stop(self) -> bool:
        """Stop the server if it runs; whether it ran."""
        with self.folder.lock("database"):
            if self.process is None:
                return False
            self._as_server(
                [self.binaries.program("pg_ctl"), "-D", str(self.data), "-m", "fast", "-w", "-t", "60", "stop"]
            )
            if not wait_until(lambda: self.process is None, 10):
                raise Problem("PostgreSQL did not stop within a minute.", self._look_at_log())
            return True

    def _prepare(self) -> None:
        self._check_version()
        for place in (self.home, self.socket):
            self._own(place)
        if not self.exists:
            self._initialise()
        conf = CONF.format(socket=self.socket, log=str(self.home / "log").replace("'", "''"))
        self._write("linli.conf", conf)
        # PostgreSQL calls the user by the name that started it; only that user of the machine is let in unasked.
        self._write("pg_hba.conf", f'local all "{self._superuser}" peer\nlocal all all scram-sha-256\n')
        home = self.home.relative_to(self.folder.path) if self._user is None else self.home
        write_json(self.folder.database, {**self.secrets(), "home": str(home), "socket": str(self.socket)})
        if self._user:
            write_json(self.home / "belongs.json", {"folder": str(self.folder.path)})

    def _check_version(self) -> None:
        if not self.exists:
            return
        made_by = int((self.data / "PG_VERSION").read_text(encoding="ascii"))
        if made_by == self.binaries.version:
            return
        if self._disposable:
            shutil.rmtree(self.data)
            return
        raise Problem(
            f"The database was made by PostgreSQL {made_by}, but the programs in use are PostgreSQL {self.binaries.version}.",
            f"set PG_BIN to PostgreSQL {made_by}; to change over, `backup` with the old one and `restore` into a new folder.",
        )

    def _initialise(self) -> None:
        """Make the cluster beside its place and move it there whole, so that a killed start leaves nothing half-made."""
        fresh = self.home / "cluster.new"
        shutil.rmtree(fresh, ignore_errors=True)
        options = ["--auth=peer", "--username", self._superuser, "--no-instructions", *self.binaries.locale_options]
        made = self._as_server([self.binaries.program("initdb"), "-D", str(fresh), *options])
        if made.code:
            raise Problem(
                f"The database could not be made: {made.last_line}",
                f"make room and rights in {self.home}, then try again.",
            )
        with (fresh / "postgresql.conf").open("a") as file:
            file.write("include 'linli.conf'\n")
        fresh.rename(self.data)

    def _clear_stale_pid(self) -> None:
        """Remove a pid file whose process is no postmaster of ours; PostgreSQL itself would believe a reused number.

        Only once nobody works in the cluster any more: backends of a killed postmaster may still be writing.
        """
        if not wait_until(lambda: not _anyone_works_in(self.data), 60):
            raise Problem("Processes of an earlier PostgreSQL still work on the database.", "end them, then try again.")
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _launch(self) -> None:
        said = self.home / "start.log"
        said.unlink(missing_ok=True)
        argv = [
            self.binaries.program("pg_ctl"),
            "-D",
            str(self.data),
            "-l",
            str(said),
            "-w",
            "-t",
            str(START_SECONDS),
            "start",
        ]
        started = self._as_server(argv)
        if started.code:
            lines = said.read_text(encoding="utf-8", errors="replace").splitlines() if said.exists() else []
            why = next((line for line in reversed(lines) if "FATAL" in line), started.last_line)
            raise Problem(f"PostgreSQL did not start: {why}", self._look_at_log())

    def _look_at_log(self) -> str:
        return f"read the newest file in {self.home / 'log'} and {self.home / 'start.log'}."

    # --- files and roles

    @property
    def _superuser(self) -> str:
        return self._user or pwd.getpwuid(os.geteuid()).pw_name

    def secrets(self) -> dict[str, str]:
        """What database.json holds; passwords are made on first sight."""
        known = read_json(self.folder.database)
        made = {name: secrets.token_urlsafe(24) for name in ("owner_password", "app_password") if name not in known}
        if made:
            write_json(self.folder.database, {**known, **made})
        return {**known, **made}

    def _make_roles(self) -> None:
        known = self.secrets()
        sign = hashlib.sha256((ROLES + known["owner_password"] + known["app_password"]).encode()).hexdigest()
        mark = self.data / "linli.roles"
        if mark.exists() and mark.read_text(encoding="ascii") == sign:
            return
        made = self.sql(ROLES.format(owner=known["owner_password"], app=known["app_password"]))
        if made.code:
            raise Problem(f"The roles of the database could not be made: {made.last_line}", self._look_at_log())
        mark.write_text(sign, encoding="ascii")

    def _own(self, place: Path) -> None:
        """A folder that only the server's user may enter. One that someone else made is refused, not repaired."""
        if self._user:
            SYSTEM_HOME.mkdir(parents=True, exist_ok=True, mode=0o755)
        place.mkdir(exist_ok=True, mode=0o700)
        if self._user and place.lstat().st_uid == 0:
            shutil.chown(place, self._user, self._user)
        here = place.lstat()
        owner = self._user_id()
        if not stat.S_ISDIR(here.st_mode) or here.st_uid != owner or here.st_mode & 0o077:
            raise Problem(
                f"{place} belongs to someone else or is open to others, so the database may not use it.",
                "remove it (it holds nothing of yours if you did not make it), then try again.",
            )

    def _user_id(self) -> int:
        return pwd.getpwnam(self._user).pw_uid if self._user else os.geteuid()

    def _write(self, name: str, text: str) -> None:
        path = self.data / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        if self._user:
            shutil.chown(path, self._user, self._user)

    # --- talking to it

    def _as_server(self, argv: list[str]) -> Outcome:
        clean = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
        return call(argv, env=clean, cwd=Path("/"), user=self._user)

    def sql(self, statement: str, *, database: str = "postgres") -> Outcome:
        """Run SQL as the server's superuser; values come back unaligned, one row a line."""
        psql = [self.binaries.program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", str(self.socket), "-d", database]
        clean = {
            "PATH": os.environ.get("PATH", ""),
            "LC_ALL": "C",
            "PGCLIENTENCODING": "UTF8",
            "PGCONNECT_TIMEOUT": "10",
        }
        return call([*psql, "-U", self._superuser], env=clean, cwd=Path("/"), user=self._user, give=statement)


def _works_in(pid: int, place: Path) -> bool:
    """Whether a process has its working directory in a cluster, as every process of a PostgreSQL server has."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == place.resolve()
    except OSError:
        return False


def _anyone_works_in(place: Path) -> bool:
    return any(_works_in(int(entry), place) for entry in os.listdir("/proc") if entry.isdigit())  # noqa: PTH208
