"""The database of a city: in the folder's own cluster, or on a server that DATABASE_URL names."""

import json
import os
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from launch.cluster import Cluster
from launch.environment import PYTHON
from launch.folder import Folder, read_json, write_json
from launch.problem import Problem
from launch.processes import Outcome, call

NAME = "linli"
SCHEMES = ("postgres", "postgresql", "psql", "pgsql")
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")
LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT",
}
ASK = """
import sys, psycopg
try:
    with psycopg.connect("", autocommit=True, connect_timeout=10) as connection:
        cursor = connection.execute(sys.stdin.read())
        while cursor.nextset(): pass
        rows = cursor.fetchall() if cursor.description else ()
        for row in rows: print(*("" if value is None else value for value in row), sep="|")
except psycopg.Error as error:
    sys.exit(" ".join(str(error).split()))
"""


def libpq_environment(url: str) -> dict[str, str]:
    """The variables by which PostgreSQL's programs and psycopg find what a URL names; passwords stay out of `ps`."""
    parts = urlsplit(url)
    found = {
        "PGHOST": unquote(parts.hostname or ""),
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
    }
    found |= {LIBPQ[key]: value for key, value in parse_qsl(parts.query) if key in LIBPQ}
    return {key: value for key, value in found.items() if value} | {"PGCLIENTENCODING": "UTF8"}


def socket_host(folder: Path) -> str:
    """A socket's folder as the host of a URL. Capitals are encoded too: hosts are read in small letters."""
    return "".join(f"%{byte:02X}" if chr(byte) not in PLAIN else chr(byte) for byte in os.fsencode(folder))


class Database(ABC):
    """Where the facts of a city are. The owner role makes tables, the app role serves."""

    app_url: str
    owner_url: str

    @abstractmethod
    def start(self) -> str:
        """Make it reachable; what was done."""

    @abstractmethod
    def ask(self, statement: str) -> Outcome:
        """Run SQL with the right to administer; rows as `a|b` lines."""

    @abstractmethod
    def sibling(self, name: str) -> "Database":
        """Another database on the same server."""

    def value(self, statement: str) -> str:
        """The answer to SQL that must work."""
        outcome = self.ask(statement)
        if outcome.code:
            raise Problem(
                f"The database refused: {outcome.last_line}", "mend the cause and run the same command again."
            )
        return outcome.output.strip()

    def administer(self, statement: str) -> str:
        """SQL about databases, which is not run inside the one it is about."""
        return self.sibling("postgres").value(statement)

    @property
    def name(self) -> str:
        """Its name on the server."""
        return libpq_environment(self.owner_url)["PGDATABASE"]

    @property
    def exists(self) -> bool:
        """Whether the server holds it."""
        return self.name in self.administer("SELECT datname FROM pg_database").splitlines()

    def make(self, owner: str = "") -> None:
        """Create it, empty and in UTF-8."""
        by = f' OWNER "{owner}"' if owner else ""
        self.administer(f"CREATE DATABASE \"{self.name}\"{by} TEMPLATE template0 ENCODING 'UTF8'")

    def drop(self) -> None:
        """Remove it and whoever is connected to it."""
        self.administer(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def marks(self) -> dict[str, Any]:
        """What was done to this database, written on the database itself: it comes and goes with it."""
        text = self.value(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        try:
            found = json.loads(text or "{}").get("linli", {})
        except (ValueError, AttributeError):
            found = {}
        return found if isinstance(found, dict) else {}

    def mark(self, **changes: str) -> None:
        """Remember that something was done. A role that does not own the database cannot; then it is done again."""
        content = json.dumps({"linli": {**self.marks(), **changes}}, ensure_ascii=False).replace("'", "''")
        self.ask(f"COMMENT ON DATABASE \"{self.name}\" IS '{content}'")

    def is_empty(self) -> bool:
        """Whether it has no tables of ours yet."""
        return self.value("SELECT to_regclass('django_migrations')") == ""

    def holds_a_city(self) -> bool:
        """Whether a city was opened in it."""
        if self.value("SELECT to_regclass('places_city')") == "":
            return False
        return self.value("SELECT EXISTS (SELECT FROM places_city)") in ("t", "True")


class OwnDatabase(Database):
    """A database in the cluster of the data folder."""

    def __init__(self, folder: Folder, *, name: str = NAME, cluster: Cluster | None = None) -> None:
        self.cluster = cluster or Cluster(folder)
        self._folder = folder
        known = self.cluster.secrets()
        host = socket_host(self.cluster.home.socket)
        self.app_url = f"postgres://linli_app:{known['app_password']}@{host}/{name}"
        self.owner_url = f"postgres://linli_owner:{known['owner_password']}@{host}/{name}"

    def start(self) -> str:
        """Make it reachable; what was done."""
        return self.cluster.start()

    def ask(self, statement: str) -> Outcome:
        """Run SQL with the right to administer; rows as `a|b` lines."""
        return self.cluster.sql(statement, database=self.name)

    def sibling(self, name: str) -> Database:
        """Another database on the same server."""
        return OwnDatabase(self._folder, name=name, cluster=self.cluster)

    def create(self, *, made_by: str) -> None:
        """Make the city's database if it is not there, and write down which command made it."""
        if self.exists:
            return
        known = read_json(self._folder.database)
        write_json(self._folder.database, {**known, "made_by": known.get("made_by", made_by)})
        self.make("linli_owner")

    @property
    def made_by(self) -> str:
        """The command that made the city's database; only what `up` made becomes a demo by itself."""
        return str(read_json(self._folder.database).get("made_by", ""))


class OutsideDatabase(Database):
    """A database on a server that others run; DATABASE_OWNER_URL may name another role to make tables with."""

    def __init__(self, app_url: str, owner_url: str) -> None:
        self.app_url = app_url
        self.owner_url = owner_url
        for text in (self.app_url, self.owner_url):
            if urlsplit(text).scheme not in SCHEMES or not urlsplit(text).path.strip("/"):
                raise Problem(
                    "DATABASE_URL or DATABASE_OWNER_URL is not the address of a PostgreSQL database.",
                    "write it as postgres://USER:PASSWORD@HOST:5432/NAME (PostgreSQL is the only engine).",
                )

    def start(self) -> str:
        """Make it reachable; what was done."""
        for url in dict.fromkeys((self.app_url, self.owner_url)):
            asked = self._ask(url, "SELECT 1")
            if asked.code:
                raise Problem(
                    f"The database that DATABASE_URL names cannot be reached: {asked.last_line}",
                    "check address, user, password and that the server runs; without DATABASE_URL Linli uses its own.",
                )
        return "reachable"

    def ask(self, statement: str) -> Outcome:
        """Run SQL with the right to administer; rows as `a|b` lines."""
        return self._ask(self.owner_url, statement)

    def sibling(self, name: str) -> Database:
        """Another database on the same server."""
        return OutsideDatabase(
            *(urlsplit(url)._replace(path=f"/{name}").geturl() for url in (self.app_url, self.owner_url))
        )

    def _ask(self, url: str, statement: str) -> Outcome:
        env = {"PATH": os.environ.get("PATH", ""), **libpq_environment(url)}
        return call([str(PYTHON), "-I", "-c", ASK], env=env, give=statement, cwd=Path("/"))


def city_database(folder: Folder) -> Database:
    """The database of the city: DATABASE_URL if it is set, else the folder's own."""
    url = os.environ.get("DATABASE_URL")
    return OutsideDatabase(url, os.environ.get("DATABASE_OWNER_URL") or url) if url else OwnDatabase(folder)
