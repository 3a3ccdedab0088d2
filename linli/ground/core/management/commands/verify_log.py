"""`manage verify_log [--head FILE]`: is the log of the city whole and unchanged?"""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from linli.ground.core import feed
from linli.ground.core.models import FeedEntry


class Command(BaseCommand):
    """Walk the feed; exit 1 and name the first bad event."""

    help = "Checks the hash chain and the seals of the event log."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the exported heads."""
        parser.add_argument("--head", type=Path, help="exported heads (seals/heads.jsonl) kept outside the database")

    def handle(self, *, head: Path | None, **_options: object) -> None:
        """Verify and report."""
        fault = feed.verify(head)
        if fault is None:
            self.stdout.write(f"the log is sound: {FeedEntry.objects.count()} events")
            return
        event = f", event {fault.event}" if fault.event else ""
        self.stderr.write(f"first fault at position {fault.position}{event}: {fault.how}")
        sys.exit(1)
