"""Who one can sign in as."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """The cast."""

    def handle(self, **_: object) -> None:
        """Say it."""
        self.stdout.write("  居民 resident\n  老人 elder")
