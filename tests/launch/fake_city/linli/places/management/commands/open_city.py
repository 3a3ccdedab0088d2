"""A city begins."""

import argparse

from django.core.management.base import BaseCommand

from linli.places.models import City


class Command(BaseCommand):
    """Open a city."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("code")

    def handle(self, *, code: str, **_: object) -> None:
        """Open it."""
        City.objects.create(code=code)
