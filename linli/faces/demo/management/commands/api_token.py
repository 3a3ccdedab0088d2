"""`manage api_token ROLE`: a token for one of the cast, in the demo city only."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.faces.demo import queries
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.core import clock
from linli.ground.organisations.queries import posts_of


class Command(BaseCommand):
    """Print a fresh token."""

    help = "Makes an API token for one of the demo city's cast."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the role."""
        parser.add_argument("role")

    def handle(self, *, role: str, **_options: object) -> None:
        """Issue and print."""
        member = queries.member(role)
        held = posts_of(member.account, clock.today()) if member else []
        if not held:
            raise CommandError(f"no such role with a post in a demo city: {role}")
        _token, secret = ApiToken.issue(post=held[0].ref, label="demo", place_path=held[0].place_path, by=SYSTEM)
        self.stdout.write(secret)
