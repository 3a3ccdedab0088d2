"""`manage load_places FILE[.csv|.csv.gz] [--edition YYYY-MM-DD]`: bring the places to the state of the statistics."""

import sys
import time
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from linli.ground.authority.actors import SYSTEM
from linli.ground.places import actions
from linli.ground.places.models import Change

BAR = 30  # characters


class Command(BaseCommand):
    """Load a list of divisions; the same list again changes nothing, a bad one leaves everything as it was."""

    help = "Loads divisions (columns code,name): all or nothing, as often as one likes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the day of its state."""
        columns = "code,name[,level,kind,parent_code,successor]"
        parser.add_argument("file", type=Path, help=f".csv or .csv.gz in UTF-8 with the columns {columns}")
        parser.add_argument(
            "--edition", type=date.fromisoformat, help="the day whose state the file shows (default: today)"
        )

    def handle(self, *, file: Path, edition: date | None, **_options: object) -> None:
        """Load and say what changed; exit 1 with the faults by line."""
        started = time.monotonic()
        try:
            loaded = actions.load_places(file=file, edition=edition, by=SYSTEM, progress=self.show)
        except actions.BadFile as error:
            more = f"\n… and {error.more} more" if error.more else ""
            raise CommandError(f"{file}: nothing was loaded\n{error}{more}") from error
        except actions.StaleEdition as error:
            raise CommandError(f"{file}: nothing was loaded; {error}") from error
        except OperationalError as error:
            raise CommandError(
                f"{file}: nothing was loaded; the places are in use by another loading ({error})"
            ) from error
        seconds = time.monotonic() - started
        if loaded.edition is None:
            self.stderr.write(f"{loaded.rows:,} places read in {seconds:.1f} s: nothing has changed")
            return
        changes = "".join(
            f", {Change(kind).value.replace('_', ' ')} {number:,}" for kind, number in loaded.changed.items()
        )
        self.stderr.write(
            f"{loaded.rows:,} places read in {seconds:.1f} s: added {loaded.added:,}{changes} (edition {loaded.edition})"
        )

    def show(self, what: str, done: int, total: int) -> None:
        """Draw a bar on a terminal; elsewhere write one line when a part is done."""
        if sys.stderr.isatty():
            filled = BAR * done // total if total else BAR
            sys.stderr.write(
                f"\r{what:5} {'█' * filled}{'·' * (BAR - filled)} {done:>9,} / {total:,}"
                + ("\n" if done == total else "")
            )
            sys.stderr.flush()
        elif done == total:
            self.stderr.write(f"{what} {total:,}")
