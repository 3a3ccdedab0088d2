"""`manage load_categories`: add the categories of needs that the city does not know yet."""

from django.core.management.base import BaseCommand

from linli.commons.routing.actions import load_categories
from linli.ground.authority.actors import SYSTEM


class Command(BaseCommand):
    """Load data/categories.toml; what the city has changed stays."""

    help = "Add the categories of needs that the city does not know yet; a second run changes nothing."
    requires_system_checks = ()

    def handle(self, *_args: object, **_options: object) -> None:
        """Load, and say on stderr how many came."""
        self.stderr.write(f"{load_categories(by=SYSTEM)} categories of needs added")
