"""`manage load_residents FILE.xlsx`: a list of residents, idempotent, all or nothing, errors by cell."""

import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.ground.authority.actors import SYSTEM
from linli.ground.lists import actions
from linli.ground.places import queries as places

BAR = 40


class Command(BaseCommand):
    """Read, compare, take over; what is wrong goes to stderr by cell, and nothing is loaded."""

    help = "Loads a list of residents (.xlsx, headings as in the template)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_options: object) -> None:
        """Load it."""
        try:
            staged, reading = actions.stage_list(file.read_bytes(), area=places.city_path(), by=SYSTEM)
            for fault in reading.faults:
                self.stderr.write(f"{fault.cell}: {fault.message}")
            if staged is None:
                raise CommandError("nothing was loaded")
            actions.apply_list(staged, by=SYSTEM, progress=self.progress)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        self.stdout.write(f"{staged.new} new, {staged.changed} changed, {staged.unchanged} unchanged")

    def progress(self, done: int, total: int) -> None:
        """Draw the bar where somebody watches."""
        if sys.stderr.isatty():
            full = BAR * done // total
            self.stderr.write(
                f"\r{'█' * full}{'·' * (BAR - full)} {done}/{total}", ending="\n" if done == total else ""
            )
