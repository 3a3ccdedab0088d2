"""How the rest of the house meets the kinds: as facts to read."""

from django.apps import AppConfig


class KindsConfig(AppConfig):
    """The catalogue has no doors of its own."""

    name = "linli.ground.kinds"
