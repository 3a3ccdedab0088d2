"""A city begins."""

import argparse

from django.core.management.base import BaseCommand, CommandError

from linli.places.models import City


class Command(BaseCommand):
    """Open a city."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("code")

    def handle(self, *, code: str, **_: object) -> None:
        """Open it; the places of one city are not loaded."""
        if code == "3205":
            raise CommandError("no city with the code 3205 is loaded", returncode=3)
        City.objects.create(code=code)
