"""How the rest of the house meets the work list: its door at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorklistConfig(AppConfig):
    """The list of cases at the desk."""

    name = "linli.flows.worklist"
    verbose_name = _("work list")

    def ready(self) -> None:
        """Put the door into the navigation."""
        from linli.flows.cases.rules import may_work
        from linli.ground.ui.navigation import Area, Entry, register

        register(
            Entry(
                area=Area.DESK,
                group=_("My work"),
                label=_("Cases"),
                url_name="worklist:index",
                icon="message-report",
                order=10,
                visible=may_work,
            )
        )
