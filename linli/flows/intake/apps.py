"""How the rest of the house meets the intake: two doors of the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """The ways in."""

    name = "linli.flows.intake"
    verbose_name = _("intake")

    def ready(self) -> None:
        """Put the doors into the navigation."""
        from linli.ground.ui.navigation import Area, Entry, register

        register(Entry(area=Area.PUBLIC, label=_("Report a need"), url_name="intake:report", order=10))
        register(Entry(area=Area.PROOF, label=_("Go on with reference and phone"), url_name="intake:follow"))
