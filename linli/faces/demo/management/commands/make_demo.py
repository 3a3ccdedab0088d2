"""`manage make_demo`: the demo city, in an empty database only."""

import sys
from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from linli.faces.demo.actions import make_city
from linli.faces.demo.queries import is_demo
from linli.ground.places.actions import AnotherCity


class Command(BaseCommand):
    """Make the demo city once; a city that stands is left alone."""

    help = "Makes the invented city on the real places of Wuhai; does nothing where it stands."
    requires_system_checks = ()

    def handle(self, **_options: object) -> None:
        """Make it, saying what takes time."""
        if is_demo():
            return
        begun = monotonic()
        try:
            make_city(lambda step: print(f"    {monotonic() - begun:5.1f} s  {step}", file=sys.stderr, flush=True))  # noqa: T201
        except AnotherCity as error:
            raise CommandError(str(error)) from error
