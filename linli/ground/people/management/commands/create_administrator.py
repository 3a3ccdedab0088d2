"""`manage create_administrator`: the first account of a real city. The post is given by organisations above."""

import getpass
import os

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.ground.authority.actors import SYSTEM
from linli.ground.people import actions


class Command(BaseCommand):
    """Ask for user name, name and password, or read LINLI_ADMIN_USERNAME, LINLI_ADMIN_NAME and LINLI_ADMIN_PASSWORD."""

    help = "Creates a staff account; its second factor is set up at the first sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the user name."""
        parser.add_argument("--username", default=os.environ.get("LINLI_ADMIN_USERNAME", ""))
        parser.add_argument("--name", default=os.environ.get("LINLI_ADMIN_NAME", ""))

    def handle(self, *, username: str, name: str, **_options: object) -> None:
        """Create it."""
        username = username or input("user name: ")
        name = name or input("name: ")
        password = os.environ.get("LINLI_ADMIN_PASSWORD") or getpass.getpass("password: ")
        try:
            account = actions.create_staff_account(username=username, password=password, name=name, by=SYSTEM)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"people.account:{account.pk}")
