"""`manage load_rules`: the rules of law and custom that this release ships, into the tables."""

from django.core.management.base import BaseCommand, CommandError

from linli.ground.rulebook.actions import load_rules
from linli.ground.rulebook.packs import BadPack


class Command(BaseCommand):
    """Load every pack; run by the owner after each migration, as often as wanted."""

    help = "Loads the rule packs; a new value becomes a new version."
    requires_system_checks = ()

    def handle(self, **_options: object) -> None:
        """Load and count."""
        try:
            loaded = load_rules()
        except BadPack as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"{loaded.rules} rules in the packs, {loaded.new_versions} new versions")
