"""`manage load_kinds`: bring the kinds of body to what the files in git say."""

from django.core.management.base import BaseCommand

from linli.ground.authority.actors import SYSTEM
from linli.ground.kinds.actions import load_kinds


class Command(BaseCommand):
    """Load data/kinds/*.toml; idempotent."""

    help = "Bring the kinds of body to what the files in git say; a second run changes nothing."
    requires_system_checks = ()

    def handle(self, *_args: object, **_options: object) -> None:
        """Load, and say on stderr what changed."""
        self.stderr.write(f"{load_kinds(by=SYSTEM)} kinds of body changed")
