"""An invented city begins."""

from django.core.management.base import BaseCommand

from linli.places.models import City


class Command(BaseCommand):
    """Make the demo."""

    def handle(self, **_: object) -> None:
        """Make it."""
        City.objects.create(code="demo")
