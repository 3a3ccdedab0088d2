"""How the rest of the house meets reporters: what is kept of a person with their cases."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportersConfig(AppConfig):
    """Who brought cases."""

    name = "linli.flows.reporters"
    verbose_name = _("reporters")

    def ready(self) -> None:
        """Let people have a copy of what they reported, and have their name taken off it."""
        from linli.ground.residents import personal_data

        from . import actions, queries

        personal_data.register(
            "cases",
            _("Matters that I reported"),
            collect=queries.copy_for,
            erase=actions.erase_for,
            is_open=queries.has_open_case,
            moves=[personal_data.Move("cases.reporter")],
        )
