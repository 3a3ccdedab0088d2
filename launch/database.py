"""The database of a city: in the folder's own cluster, or on a server that DATABASE_URL names."""

import json
import os
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from launch.cluster import Cluster
from launch.environment import PYTHON
from launch.folder import Folder, read_json, write_json
from launch.problem import Problem
from launch.processes import Outcome, call

NAME = "linli"
SCHEMES = ("postgres", "postgresql", "psql", "pgsql")
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
        for row in cursor.fetchall() if cursor.description else (): print(*("" if v is None else v for v in row), sep="|")
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


class Database(ABC):
    """Where the facts of a city are. The owner role makes tables, the app role serves."""

    app_url: str
    owner_url: str

    @abstractmethod
    def start(self) -> str:
        """Make it reachable; what was done."""

    @abstractmethod
    def ask(self, statement: str, *, name: str = "") -> Outcome:
        """Run SQL with the right to administer, in this database or a neighbour; rows as `a|b` lines."""

    def value(self, statement: str, *, name: str = "") -> str:
        """The answer to SQL that must work."""
        outcome = self.ask(statement, name=name)
        if outcome.code:
            raise Problem(
                f"The database refused: {outcome.last_line}", "mend the cause and run the same command again."
            )
        return outcome.output.strip()

    @property
    def name(self) -> str:
        """Its name on the server."""
        return libpq_environment(self.owner_url)["PGDATABASE"]

    def marks(self, *, name: str = "") -> dict[str, Any]:
        """What was done to this database, written on the database itself: it comes and goes with it."""
        text = self.value(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()",
            name=name,
        )
        try:
            found = json.loads(text or "{}").get("linli", {})
        except (ValueError, AttributeError):
            found = {}
        return found if isinstance(found, dict) else {}

    def mark(self, *, name: str = "", **changes: str) -> None:
        """Remember that something was done. A role that does not own the database cannot; then it is done again."""
        content = json.dumps({"linli": {**self.marks(name=name), **changes}}, ensure_ascii=False).replace("'", "''")
        self.ask(f"COMMENT ON DATABASE \"{name or self.name}\" IS '{content}'", name=name)

    def holds_a_city(self, *, name: str = "") -> bool:
        """Whether a city was opened in it."""
        if self.value("SELECT to_regclass('places_city')", name=name) == "":
            return False
        return self.value("SELECT EXISTS (SELECT FROM places_city)", name=name) in ("t", "True")


class OwnDatabase(Database):
    """A database in the cluster of the data folder."""

    def __init__(self, folder: Folder, *, name: str = NAME, disposable: bool = False) -> None:
        folder.make()
        self.cluster = Cluster(folder, disposable=disposable)
        self._folder = folder
        known = self.cluster.secrets()
        host = quote(str(self.cluster.socket), safe="")
        self.app_url = f"postgres://linli_app:{known['app_password']}@/{name}?host={host}"
        self.owner_url = f"postgres://linli_owner:{known['owner_password']}@/{name}?host={host}"

    def start(self) -> str:
        return self.cluster.start()

    def ask(self, statement: str, *, name: str = "") -> Outcome:
        return self.cluster.sql(statement, database=name or self.name)

    def has(self, name: str) -> bool:
        """Whether the cluster holds a database of that name."""
        return self.value(f"SELECT 1 FROM pg_database WHERE datname = '{name}'", name="postgres") == "1"

    def create(self, *, made_by: str) -> None:
        """Make the city's database if it is not there, and write down which command made it."""
        if self.has(self.name):
            return
        known = read_json(self._folder.database)
        write_json(self._folder.database, {**known, "made_by": known.get("made_by", made_by)})
        create_database(self, self.name, owner="linli_owner")

    @property
    def made_by(self) -> str:
        """The command that made the city's database; only what `up` made becomes a demo by itself."""
        return str(read_json(self._folder.database).get("made_by", ""))


class OutsideDatabase(Database):
    """A database on a server that others run; DATABASE_OWNER_URL may name another role to make tables with."""

    def __init__(self, url: str) -> None:
        self.app_url = url
        self.owner_url = os.environ.get("DATABASE_OWNER_URL") or url
        for text in (self.app_url, self.owner_url):
            if urlsplit(text).scheme not in SCHEMES or not urlsplit(text).path.strip("/"):
                raise Problem(
                    "DATABASE_URL or DATABASE_OWNER_URL is not the address of a PostgreSQL database.",
                    "write it as postgres://USER:PASSWORD@HOST:5432/NAME (PostgreSQL is the only engine).",
                )

    def start(self) -> str:
        for url in dict.fromkeys((self.app_url, self.owner_url)):
            asked = self._ask(url, "SELECT 1", "")
            if asked.code:
                raise Problem(
                    f"The database that DATABASE_URL names cannot be reached: {asked.last_line}",
                    "check address, user and password, and that the server runs; or unset DATABASE_URL to use Linli's own.",
                )
        return "reachable"

    def ask(self, statement: str, *, name: str = "") -> Outcome:
        return self._ask(self.owner_url, statement, name)

    def _ask(self, url: str, statement: str, name: str) -> Outcome:
        where = libpq_environment(url) | ({"PGDATABASE": name} if name else {})
        return call(
            [str(PYTHON), "-I", "-c", ASK],
            env={"PATH": os.environ.get("PATH", ""), **where},
            give=statement,
            cwd=Path("/"),
        )


def create_database(database: Database, name: str, *, owner: str = "") -> None:
    """An empty UTF-8 database."""
    by = f' OWNER "{owner}"' if owner else ""
    database.value(f"CREATE DATABASE \"{name}\"{by} TEMPLATE template0 ENCODING 'UTF8'", name="postgres")


def drop_database(database: Database, name: str) -> None:
    """Remove a database and whoever is connected to it."""
    database.value(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', name="postgres")


def city_database(folder: Folder) -> Database:
    """The database of the city: DATABASE_URL if it is set, else the folder's own."""
    url = os.environ.get("DATABASE_URL")
    return OutsideDatabase(url) if url else OwnDatabase(folder)
