"""The command line of `run.py`."""

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from launch import backup, checks, measuring, restore, up
from launch.city import City
from launch.console import Console
from launch.folder import Folder
from launch.problem import Problem
from launch.settings import check_settings, folder_of

INTERRUPTED = 130


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:  # noqa: PLR2004 - the range of ports
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _code(text: str) -> str:
    if not text.isdigit() or not 2 <= len(text) <= 12:  # noqa: PLR2004 - length of statistics codes
        raise argparse.ArgumentTypeError("a city is named by its statistics code, for example 1503")
    return text


def parser() -> argparse.ArgumentParser:
    """The commands and their options. `--data` may stand before or after the command."""
    data = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    data.add_argument("--data", metavar="DIR", type=Path, help="data folder (default: LINLI_DATA, else var/)")
    top = argparse.ArgumentParser(
        prog="run.py", description="Linli: one command for everything.", parents=[data], allow_abbrev=False
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[data], allow_abbrev=False)

    one = command("up", "set up what is missing and serve the city")
    one.add_argument("--port", type=_port, default=8000)
    one.add_argument("--detach", action="store_true", help="return when the city answers")
    kind = one.add_mutually_exclusive_group()
    kind.add_argument("--demo", action="store_true", help="an invented year of life in an empty database")
    kind.add_argument("--city", metavar="CODE", type=_code, help="an empty real city, by its statistics code")
    command("down", "end what `up` started")
    one = command("test", "run every check and test, or the tests in some paths")
    one.add_argument("paths", nargs="*")
    one = command("bench", "measure on cities of some sizes")
    one.add_argument("--json", metavar="FILE", type=Path)
    one.add_argument(
        "--cases", metavar="N", type=int, nargs="+", default=measuring.SIZES, help="how many cases each has"
    )
    one = command("backup", "database and uploads into one archive (never the keys)")
    one.add_argument("file", type=Path)
    one = command("restore", "verify an archive and put it in place")
    one.add_argument("file", type=Path)
    one.add_argument("--force", action="store_true", help="replace a city that is there")
    commands.add_parser("manage", help="Django's commands on this city", add_help=False)
    one = commands.add_parser("supervise", parents=[data])
    one.add_argument("--port", type=_port, required=True)
    one.add_argument("--lock", type=int, required=True)
    return top


def parse(argv: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """Options, and what is meant for Django. After `manage` everything but `--data DIR` is Django's."""
    head: list[str] = []
    rest = list(argv)
    while rest and rest[0] != "manage":
        word = rest.pop(0)
        head.append(word)
        if word == "--data" and rest:
            head.append(rest.pop(0))
        elif not word.startswith("-"):
            break
    if not rest or rest[0] != "manage":
        return parser().parse_args([*head, *rest]), []
    only = argparse.ArgumentParser(prog="run.py manage", add_help=False, allow_abbrev=False)
    only.add_argument("--data", type=Path, default=argparse.SUPPRESS)
    found, django = only.parse_known_args(rest[1:])
    options = parser().parse_args([*head, "manage"])
    return argparse.Namespace(**{**vars(options), **vars(found)}), django


def _bench(folder: Folder, options: argparse.Namespace) -> int:
    return measuring.bench(folder, options.json, options.cases, Console(sys.stderr))


def _manage(folder: Folder, django: list[str]) -> int:
    served = up.running_city(folder)  # its port stands in the addresses that a command names
    return City(folder, Console(sys.stderr, quiet=True), port=served[1] if served else 8000).run_command(django)


def _up(folder: Folder, options: argparse.Namespace, console: Console) -> int:
    wish = up.Wish(port=options.port, detach=options.detach, demo=options.demo, code=options.city)
    return up.up(folder, wish, console)


def dispatch(options: argparse.Namespace, django: list[str]) -> int:
    """Run one command; its exit code."""
    console = Console()
    folder = folder_of(getattr(options, "data", None))
    if options.command != "down":
        check_settings(os.environ)
    commands: dict[str, Callable[[], int]] = {
        "up": lambda: _up(folder, options, console),
        "down": lambda: up.down(folder, console),
        "supervise": lambda: up.supervise(folder, options.port, options.lock, console),
        "manage": lambda: _manage(folder, django),
        "test": lambda: checks.test(folder, options.paths, console),
        "bench": lambda: _bench(folder, options),
        "backup": lambda: backup.backup(folder, options.file, console),
        "restore": lambda: restore.restore(folder, options.file, console, force=options.force),
    }
    return commands[str(options.command)]()


def main(argv: Sequence[str]) -> int:
    """Run a command; every fault becomes one sentence and the way out."""
    options, django = parse(argv)
    try:
        return dispatch(options, django)
    except Problem as problem:
        print(problem, file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        print(
            Problem(f"The machine refused: {what}.", "make room or rights there, then run the same command again."),
            file=sys.stderr,
        )
    except Exception:  # noqa: BLE001 - the last wall: the operator gets a sentence, the developer a file
        print(_fault(folder_of(getattr(options, "data", None))), file=sys.stderr)
    return 1


def _fault(folder: Folder) -> Problem:
    text = traceback.format_exc()
    where = folder.log / "run-fault.log"
    try:
        where.write_text(text, encoding="utf-8")
    except OSError:
        return Problem(f"run.py met a fault of its own: {text.splitlines()[-1]}", "please report it.")
    return Problem(f"run.py met a fault of its own: {text.splitlines()[-1]}", f"please report it with {where}.")
