"""How the rest of the house meets lists: a button above the register."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Lists of residents from a spreadsheet."""

    name = "linli.ground.lists"

    def ready(self) -> None:
        """Stand above the register."""
        from linli.ground.residents import sections

        sections.register_above(order=10, template_name="lists/of_register.html", context=lambda _none, _actor: {})
