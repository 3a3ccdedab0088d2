"""`manage create_administrator`: the first account of a real city, in the administrator's post of its government."""

import getpass
import os

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.organisations.actions import make_administrator, set_up_missing
from linli.ground.organisations.models import Body
from linli.ground.people.actions import create_staff_account
from linli.ground.people.queries import staff_account
from linli.ground.places import queries as places

GOVERNMENT = "city_government"


class Command(BaseCommand):
    """Ask for user name, name and password, or read LINLI_ADMIN_USERNAME, LINLI_ADMIN_NAME and LINLI_ADMIN_PASSWORD."""

    help = "Creates the administrator of the open city; the second factor is set up at the first sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the user name."""
        parser.add_argument("--username", default=os.environ.get("LINLI_ADMIN_USERNAME", ""))
        parser.add_argument("--name", default=os.environ.get("LINLI_ADMIN_NAME", ""))

    def handle(self, *, username: str, name: str, **_options: object) -> None:
        """Create account and post, both or neither."""
        government = _government()
        username = username or _asked("user name: ", "--username")
        name = name or _asked("name: ", "--name")
        if staff_account(username) is not None:
            raise CommandError(f"{username} is taken: choose another user name, or `manage reset_account {username}`")
        password = os.environ.get("LINLI_ADMIN_PASSWORD") or _asked_password()
        try:
            with transaction.atomic():
                account = create_staff_account(username=username, password=password, name=name, by=SYSTEM)
                make_administrator(account=account, body=government, by=SYSTEM)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{username}: {government.name}")
        door = settings.SITE_ADDRESS + reverse("people:sign_in_staff")
        self.stdout.write(f"next: sign in at {door} with an authenticator app at hand")


def _asked(question: str, option: str) -> str:
    """Ask for what was not given; raises CommandError where nobody is there."""
    try:
        return input(question)
    except EOFError as error:
        raise CommandError(f"no terminal to ask on: give {option}") from error


def _asked_password() -> str:
    """Ask for the password twice, for what is typed here is not seen; raises CommandError where they differ or nobody is there."""
    try:
        password = getpass.getpass("password: ")
        again = getpass.getpass("password again: ")
    except EOFError as error:
        raise CommandError("no terminal to ask on: set LINLI_ADMIN_PASSWORD") from error
    if password != again:
        raise CommandError("the two passwords differ; nothing was created")
    return password


def _government() -> Body:
    """Return the government of the open city, which stands from now on with its reviewing office and departments.

    Raises CommandError without a city.
    """
    city = places.city()
    if city is None:
        raise CommandError("no city is open yet: run `up --city CODE` first")
    set_up_missing(places=[city.place], founded_on=clock.today(), by=SYSTEM)
    return Body.objects.current().get(kind__code=GOVERNMENT, place=city.place)
