"""From an empty folder to a city that can be served: keys, database, tables, rights, static files, opening."""

import os
import sys
from pathlib import Path

from launch.console import Console
from launch.database import Database, OwnDatabase, city_database
from launch.environment import PYTHON, Environment, code_files, digest
from launch.folder import ROOT, Folder, read_json, write_json
from launch.keys import make_keys
from launch.problem import Problem
from launch.processes import Outcome, call, must, stream

OWNER_COMMANDS = ("migrate", "grants", "open_city")
MIGRATIONS = ("**/migrations/*.py",)
CODE = ("**/*.py", "**/*.toml")
STATIC = ("**/static/**/*",)


class City:
    """One city: its folder, its database, and Django's commands on them."""

    def __init__(self, folder: Folder, console: Console, database: Database | None = None) -> None:
        folder.make()
        self.folder = folder
        self.console = console
        self._database = database

    @property
    def database(self) -> Database:
        """Where its facts are; known once the environment, which carries PostgreSQL, is there."""
        if self._database is None:
            self._database = city_database(self.folder)
        return self._database

    # --- Django's commands

    def environ(self, *, owner: bool = False, port: int = 8000) -> dict[str, str]:
        """What the city's processes are told: where data, keys and database are."""
        told = {
            key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME", "LINLI_AS_OWNER")
        }
        told |= {
            "LINLI_DATA": str(self.folder.path),
            "LINLI_KEYS": str(self.folder.keys),
            "DATABASE_URL": self.database.app_url,
            "DATABASE_OWNER_URL": self.database.owner_url,
            "DJANGO_SETTINGS_MODULE": "linli.config.settings",
            "PYTHONUTF8": "1",
        }
        told.setdefault("LINLI_ADDRESS", f"http://127.0.0.1:{port}")
        return told | ({"LINLI_AS_OWNER": "1"} if owner else {})

    def argv(self, *arguments: str) -> list[str]:
        """One of Django's commands."""
        return [str(PYTHON), str(ROOT / "manage.py"), *arguments]

    def manage(self, *arguments: str) -> Outcome:
        """Run one to its end and keep what it said."""
        return call(self.argv(*arguments), env=self.environ(owner=arguments[0] in OWNER_COMMANDS))

    def _must(self, *arguments: str) -> None:
        must(self.manage(*arguments), f"`manage {' '.join(arguments)}`", self.folder.log / "setup.log")

    # --- steps

    def prepare_environment(self, *, dev: bool = False) -> None:
        """Python packages and keys."""
        Environment(self.folder.log).prepare(self.console, dev=dev)
        if make_keys(self.folder.keys):
            self.console.say(f"    new keys in {self.folder.keys}: keep a copy apart from the backups")

    def start_database(self, *, made_by: str) -> None:
        """A database that answers."""
        with self.console.step("database") as step:
            step.result = self.database.start()
            if isinstance(self.database, OwnDatabase):
                self.database.create(made_by=made_by)

    def prepare_tables(self, *, name: str = "") -> None:
        """Tables and rights as the code wants them, skipped when this database already had this code's."""
        tables = digest(code_files(*MIGRATIONS), digest([ROOT / "requirements.txt"]))
        rights = digest(code_files(*CODE), tables)
        marks = self.database.marks(name=name)
        with self.console.step("tables") as step:
            step.result = "unchanged"
            if marks.get("migrated") != tables:
                self._must("migrate", "--no-input")
                self.database.mark(migrated=tables, name=name)
                step.result = "migrated"
            if marks.get("granted") != rights or step.result == "migrated":
                self._must("grants")
                self.database.mark(granted=rights, name=name)
                step.result = "migrated, rights granted" if step.result == "migrated" else "rights granted"

    def collect_static(self) -> None:
        """Style, scripts and pictures under names that carry their hash."""
        wanted = digest([*code_files(*STATIC), ROOT / "requirements.txt", ROOT / "linli" / "config" / "settings.py"])
        state = read_json(self.folder.state)
        with self.console.step("static files") as step:
            step.result = "unchanged"
            if state.get("static") != wanted or not (self.folder.path / "static").exists():
                self._must("collectstatic", "--no-input", "--clear")
                write_json(self.folder.state, {**state, "static": wanted})
                step.result = "collected"

    def open(self, *, demo: bool, code: str | None) -> bool:
        """Open the demo city or the real one, once; whether this is a demo."""
        wanted = self._wanted(demo=demo, code=code)
        opened = str(self.database.marks().get("city", ""))
        if wanted and opened and opened != wanted:
            raise Problem(
                f"This database already holds {'the demo city' if opened == 'demo' else f'the city {opened}'}.",
                "name another data folder with `--data DIR` for another city.",
            )
        if not wanted or opened:
            return opened == "demo"
        with self.console.step("demo city" if wanted == "demo" else f"city {wanted}") as step:
            argument = "--demo" if wanted == "demo" else wanted
            outcome = call(self.argv("open_city", argument), env=self.environ(owner=True), each_line=step.note)
            must(outcome, f"`manage open_city {argument}`", self.folder.log / "setup.log")
            self.database.mark(city=wanted)
            step.result = "opened"
        return wanted == "demo"

    def _wanted(self, *, demo: bool, code: str | None) -> str:
        if code:
            return code
        made_by_up = isinstance(self.database, OwnDatabase) and self.database.made_by == "up"
        return "demo" if demo or (made_by_up and not self.database.marks().get("city")) else ""

    def prepare_for_command(self, command: str) -> None:
        """What a command of `manage` needs: with a database of our own also its tables."""
        if command in ("decide", "help", "--help", "-h", "version", "--version", ""):
            return
        self.start_database(made_by="manage")
        if isinstance(self.database, OwnDatabase) and command not in (
            "migrate",
            "makemigrations",
            "showmigrations",
            "check",
        ):
            self.prepare_tables()

    def run_command(self, arguments: list[str]) -> int:
        """Become one of Django's commands: its input, output and exit code are the operator's own."""
        self.prepare_environment()
        command = arguments[0] if arguments else ""
        self.prepare_for_command(command)
        sys.stdout.flush()
        sys.stderr.flush()
        argv = self.argv(*arguments)
        os.execve(argv[0], argv, self.environ(owner=command in OWNER_COMMANDS))  # noqa: S606
        return 0

    def cast(self) -> str:
        """Who one can sign in as in a demo."""
        outcome = self.manage("cast")
        return outcome.output.strip() if outcome.code == 0 else ""

    def bench(self, arguments: list[str]) -> int:
        """Run the measurements on this city's database."""
        return stream([str(PYTHON), "-m", "bench.run", *arguments], env=self.environ() | {"PYTHONPATH": str(ROOT)})


def log_of(folder: Folder, name: str) -> Path:
    """The log of one process of the city."""
    return folder.log / f"{name}.log"
