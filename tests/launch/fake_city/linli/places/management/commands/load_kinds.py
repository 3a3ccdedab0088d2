"""`manage load_kinds` of the stand-in city."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Load nothing: the stand-in city has neither rules nor kinds."""

    def handle(self, **_options: object) -> None:
        """Do nothing."""
