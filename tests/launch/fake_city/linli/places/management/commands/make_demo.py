"""An invented city begins."""

import os
import time

from django.core.management.base import BaseCommand
from django.db import transaction

from linli.places.models import City


class Command(BaseCommand):
    """Make the demo in one transaction, as slowly as the test asks."""

    @transaction.atomic
    def handle(self, **_: object) -> None:
        """Make it."""
        City.objects.create(code="demo")
        self.stdout.write("made")
        self.stdout.flush()
        time.sleep(float(os.environ.get("SLOW", "0")))
