"""From an empty folder to a city that can be served: keys, database, tables, rights, static files, opening."""

import os
import shlex
import sys
import textwrap
from pathlib import Path
from typing import NoReturn

from launch.console import Console
from launch.database import Database, OwnDatabase, city_database
from launch.environment import PYTHON, Environment, code_files, digest
from launch.folder import ROOT, Folder, read_json, write_json
from launch.keys import make_keys
from launch.problem import Problem
from launch.processes import Outcome, call, must
from launch.settings import folder_of

OWNER_COMMANDS = ("migrate", "grants", "load_rules", "load_kinds", "load_categories", "open_city")
AFTER_TABLES = ("then", "grants", "then", "load_rules", "then", "load_kinds", "then", "load_categories")
"""Rights, the rules of law and custom, the kinds of body, the categories of needs: in one process with what comes before."""
WITHOUT_DATABASE = ("decide", "help", "--help", "-h", "version", "--version", "")
NOT_PASSED_ON = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "LINLI_AS_OWNER")
"""What would lead a process of the city elsewhere, or have each of them compile the whole house again."""
UNKNOWN_PLACE = 3  # the exit code of open_city
AS_IT_IS = ("migrate", "makemigrations", "showmigrations", "check")
MIGRATIONS = ("**/migrations/*.py",)
CODE = ("**/*.py", "**/*.toml")
STATIC = ("**/static/**/*",)


def tables_digest() -> str:
    """Which tables the code wants: its own migrations and those of the packages."""
    return digest(code_files(*MIGRATIONS), digest([ROOT / "requirements.txt"]))


class City:
    """One city: its folder, its database, and Django's commands on them."""

    def __init__(self, folder: Folder, console: Console, database: Database | None = None, *, port: int = 8000) -> None:
        folder.make()
        self.folder = folder
        self.console = console
        self.port = port
        self._database = database

    @property
    def database(self) -> Database:
        """Where its facts are; known once the environment, which carries PostgreSQL, is there."""
        if self._database is None:
            self._database = city_database(self.folder)
        return self._database

    # --- Django's commands

    def environ(self, *, owner: bool = False) -> dict[str, str]:
        """What the city's processes are told: where data, keys and database are."""
        told = {key: value for key, value in os.environ.items() if key not in NOT_PASSED_ON}
        told |= {
            "LINLI_DATA": str(self.folder.path),
            "LINLI_KEYS": str(self.folder.keys),
            "DATABASE_URL": self.database.app_url,
            "DATABASE_OWNER_URL": self.database.owner_url,
            "DJANGO_SETTINGS_MODULE": "linli.config.settings",
            "PYTHONUTF8": "1",
        }
        told.setdefault("LINLI_ADDRESS", f"http://127.0.0.1:{self.port}")
        return told | ({"LINLI_AS_OWNER": "1"} if owner else {})

    def argv(self, *arguments: str) -> list[str]:
        """One of Django's commands."""
        return [str(PYTHON), str(ROOT / "manage.py"), *arguments]

    def manage(self, *arguments: str) -> Outcome:
        """Run one to its end and keep what it said."""
        return call(self.argv(*arguments), env=self.environ(owner=arguments[0] in OWNER_COMMANDS))

    def _must(self, *arguments: str) -> None:
        must(self.manage(*arguments), f"`manage {' '.join(arguments)}`", self.folder.log / "setup.log")

    def command(self, words: str) -> str:
        """What the operator types for a command on this city."""
        default = self.folder.path == folder_of(None).path
        return f"python3 run.py {words}" + ("" if default else f" --data {shlex.quote(str(self.folder.path))}")

    # --- steps

    def prepare_environment(self) -> None:
        """Python packages and keys."""
        Environment(self.folder.log).prepare(self.console)
        self.prepare_keys()

    def prepare_keys(self) -> None:
        """Keys of its own, once: a city that was served before never gets others, for nobody could read its data with them."""
        keys = self.folder.keys
        if not keys.exists() and read_json(self.folder.state).get("static"):
            raise Problem(
                f"The keys of this city are not at {keys}, and with others its personal data could not be read.",
                "put that file back, or name where it is with LINLI_KEYS.",
            )
        with self.folder.lock("secrets"):
            made = make_keys(keys)
        if made:
            self.console.say(f"    new keys in {keys}: keep a copy apart from the backups")

    def start_database(self, *, made_by: str) -> None:
        """A database that answers."""
        with self.console.step("database") as step, self.folder.lock("tables"):
            step.result = self.database.start()
            if isinstance(self.database, OwnDatabase):
                self.database.create(made_by=made_by)

    def prepare_tables(self) -> None:
        """Tables, rights, rules and kinds as the code wants them, skipped when this database already had this code's."""
        tables = tables_digest()
        rights = digest(code_files(*CODE), tables)
        with self.console.step("tables") as step, self.folder.lock("tables"):
            marks = self.database.marks()
            if marks.get("migrated") != tables:
                self._must("migrate", "--no-input", *AFTER_TABLES)
                step.result = "migrated, rules loaded"
            elif marks.get("granted") != rights:
                self._must(*AFTER_TABLES[1:])
                step.result = "rules loaded"
            else:
                step.result = "unchanged"
                return
            self.database.mark(migrated=tables, granted=rights)

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
            command = ("make_demo",) if wanted == "demo" else ("open_city", wanted)
            outcome = call(self.argv(*command), env=self.environ(owner=True), each_line=step.note)
            if outcome.code == UNKNOWN_PLACE:
                raise Problem(
                    f"The places of {wanted} are not loaded, or it is not the code of a city.",
                    f"load them first with `{self.command('manage load_places FILE')}`; FILE is a list of codes and names,"
                    " and README.md (“For a real city”) says where to get one.",
                )
            must(outcome, f"`manage {' '.join(command)}`", self.folder.log / "setup.log")
            self.database.mark(city=wanted)
            step.result = "opened"
        return wanted == "demo"

    def _wanted(self, *, demo: bool, code: str | None) -> str:
        if code:
            return code
        made_by_up = isinstance(self.database, OwnDatabase) and self.database.made_by == "up"
        return "demo" if demo or (made_by_up and not self.database.marks().get("city")) else ""

    def prepare_for_command(self, command: str) -> None:
        """What a command of `manage` needs: with a database of our own or an empty one also its tables, unless a city is served."""
        if command in WITHOUT_DATABASE:
            return
        self.start_database(made_by="manage")
        as_it_is = command in AS_IT_IS or self.folder.is_locked("up")
        if not as_it_is and (isinstance(self.database, OwnDatabase) or self.database.is_empty()):
            self.prepare_tables()

    def run_command(self, arguments: list[str]) -> NoReturn:
        """Become one of Django's commands: its input, output and exit code are the operator's own."""
        self.prepare_environment()
        command = arguments[0] if arguments else ""
        self.prepare_for_command(command)
        sys.stdout.flush()
        sys.stderr.flush()
        argv = self.argv(*arguments)
        os.execve(argv[0], argv, self.environ(owner=command in OWNER_COMMANDS))  # noqa: S606

    def cast(self) -> str:
        """Who one can sign in as in a demo: asked once, then kept on the database, for asking takes a process."""
        known = str(self.database.marks().get("cast", ""))
        if not known:
            outcome = call(self.argv("cast"), env=self.environ(), only_output=True)
            known = textwrap.dedent(outcome.output).strip() if outcome.code == 0 else ""
            self.database.mark(cast=known)
        return known


def log_of(folder: Folder, name: str) -> Path:
    """The log of one process of the city."""
    return folder.log / f"{name}.log"
