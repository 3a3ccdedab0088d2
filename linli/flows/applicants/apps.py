"""How the rest of the house meets applicants: what is kept of a person with what they applied for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicantsConfig(AppConfig):
    """Who applied."""

    name = "linli.flows.applicants"
    verbose_name = _("applicants")

    def ready(self) -> None:
        """Let people have a copy of what they applied for, and have their name taken off it."""
        from linli.ground.residents import personal_data

        from . import actions, queries

        personal_data.register(
            "services",
            _("What I applied for"),
            collect=queries.copy_for,
            erase=actions.erase_for,
            is_open=queries.has_open_application,
            moves=[personal_data.Move("services.applicant")],
        )
