"""`manage load_items`: put the shipped draft of the catalogue into the open city; items whose code stands there already are left alone."""

from django.core.management.base import BaseCommand, CommandError

from linli.commons.guides.actions import take_draft
from linli.ground.authority.actors import SYSTEM
from linli.ground.places.queries import city_path


class Command(BaseCommand):
    """Take the draft over; a second run changes nothing."""

    help = "Puts the shipped draft of the catalogue of services into the open city; a second run changes nothing."

    def handle(self, **_options: object) -> None:
        """Take over, and say on stderr how many."""
        if not city_path():
            raise CommandError("no city is open yet")
        self.stderr.write(f"{take_draft(place_path=city_path(), by=SYSTEM)} items added")
