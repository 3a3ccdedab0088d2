"""How the rest of the house meets the figures of a place."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """A place's page shows how many live there and where the numbers come from."""

    name = "linli.ground.figures"

    def ready(self) -> None:
        """Register the section of places."""
        from linli.ground.places import sections

        from . import queries

        sections.register(order=10, template_name="figures/of_place.html", context=queries.section_of)
