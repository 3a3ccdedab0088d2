"""`manage open_city CODE`: make a loaded city the one that this installation serves, for good."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from linli.ground.authority.actors import SYSTEM
from linli.ground.places import actions

UNKNOWN_PLACE = 3  # run.py tells this way out from others by it


class Command(BaseCommand):
    """Open a real city."""

    help = "Opens the real city with this code (e.g. 1503); a second, different city is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the code."""
        parser.add_argument("code", help="code of a city (4 digits) or of a municipality (2 digits)")

    def handle(self, *, code: str, **_options: object) -> None:
        """Open it; the same city again changes nothing."""
        try:
            with translation.override("en"):  # one sentence to an operator is in one language
                city = actions.open_city(code=code, is_demo=False, by=SYSTEM)
        except actions.UnknownPlace as error:
            raise CommandError(str(error), returncode=UNKNOWN_PLACE) from error
        except (actions.AnotherCity, actions.BadFile) as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"{city} ({city.path}) is open since {city.opened_at:%Y-%m-%d}")
