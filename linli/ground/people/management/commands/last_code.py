"""`manage last_code PHONE`: the last code sent to a phone, in a demo city only."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.ground.people import queries
from linli.ground.places import queries as places


class Command(BaseCommand):
    """Print six figures on stdout; refuses in a real city."""

    help = "Prints the last code sent to a phone (demo city only)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the phone."""
        parser.add_argument("phone")

    def handle(self, *, phone: str, **_options: object) -> None:
        """Look it up."""
        city = places.city()
        if city is None or not city.is_demo:
            raise CommandError("only a demo city shows codes")
        try:
            code = queries.last_code(phone)
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        if code is None:
            raise CommandError("no code has been sent to this phone")
        self.stdout.write(code)
