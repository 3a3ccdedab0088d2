"""`manage make_demo`: the demo city, in an empty database only."""

import sys
from time import monotonic

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.faces.demo.actions import make_city
from linli.faces.demo.actions.cases import NEEDS_A_YEAR
from linli.faces.demo.queries import is_whole
from linli.ground.places.actions import AnotherCity


class Command(BaseCommand):
    """Make the demo city once; a city that stands is left alone."""

    help = "Makes the invented city on the real places of Wuhai; does nothing where it stands."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how much happens."""
        parser.add_argument(
            "--needs", type=int, default=NEEDS_A_YEAR, help="how many needs its residents bring in a year"
        )

    def handle(self, *, needs: int, **_options: object) -> None:
        """Make it, or go on where it was cut off, saying what takes time."""
        if is_whole():
            return
        begun = monotonic()

        def say(step: str) -> None:
            print(f"    {monotonic() - begun:5.1f} s  {step}", file=sys.stderr, flush=True)  # noqa: T201

        try:
            make_city(say, needs=needs)
        except AnotherCity as error:
            raise CommandError(str(error)) from error
