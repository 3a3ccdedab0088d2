"""`manage reset_account USERNAME`: another way in for an administrator whom no other administrator can help."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from linli.ground.accounts import actions, queries
from linli.ground.accounts.models import Lost
from linli.ground.authority.actors import SYSTEM


class Command(BaseCommand):
    """Void password and phone of an account and print the link that leads to new ones."""

    help = "Resets password and second factor of an account; prints a link that is good once, for 72 hours."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the user name."""
        parser.add_argument("username")

    def handle(self, *, username: str, **_options: object) -> None:
        """Reset and print."""
        account = queries.account_named(username)
        if account is None:
            raise CommandError(f"no open account of this user name: {username}")
        link = queries.link_of(account)
        slip = actions.reset(account, lost=Lost.BOTH, seen=link.pk if link else 0, by=SYSTEM)
        self.stdout.write(settings.SITE_ADDRESS + reverse("accounts:follow", args=[slip.code]))
