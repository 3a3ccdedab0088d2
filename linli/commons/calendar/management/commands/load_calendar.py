"""`manage load_calendar`: take over what the State Council announced, as the `holidays` library knows it."""

from django.core.management.base import BaseCommand

from linli.commons.calendar import actions
from linli.ground.authority.actors import SYSTEM


class Command(BaseCommand):
    """Seed or refresh the national calendar; idempotent, and never over a day that was announced by hand."""

    help = "Loads the announced holidays and swapped working days; counts open clocks again where a day changed."

    def handle(self, **_options: object) -> None:
        """Load and say what changed."""
        loaded = actions.load_calendar(by=SYSTEM)
        self.stdout.write(f"{loaded.days} days, {len(loaded.changed)} changed, {loaded.moved} clocks counted again")
