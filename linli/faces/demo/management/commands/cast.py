"""`manage cast`: who one can enter the demo city as."""

import unicodedata

from django.core.management.base import BaseCommand

from linli.faces.demo import queries


class Command(BaseCommand):
    """Print the cast."""

    help = "Lists whom one can enter the demo city as."
    requires_system_checks = ()

    def handle(self, **_options: object) -> None:
        """Print one line a person."""
        for member in queries.cast() if queries.is_demo() else []:
            width = len(member.name) + sum(unicodedata.east_asian_width(one) == "W" for one in member.name)
            self.stdout.write(f"  {member.role:<14}{member.name}{' ' * (10 - width)}{member.title}")
