"""`manage load_categories` of the stand-in city."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Load nothing: the stand-in city takes no needs."""

    def handle(self, **_options: object) -> None:
        """Do nothing."""
