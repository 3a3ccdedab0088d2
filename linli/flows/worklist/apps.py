"""How the rest of the house meets the work list: its doors at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorklistConfig(AppConfig):
    """The list of cases at the desk."""

    name = "linli.flows.worklist"
    verbose_name = _("work list")

    def ready(self) -> None:
        """Put the doors into the navigation."""
        from linli.flows.cases.rules import may_work
        from linli.ground.ui.navigation import Area, Entry, register

        from .rules import may_queue

        for label, url_name, icon, order, visible in (
            (_("Cases"), "worklist:index", "message-report", 10, may_work),
            (_("To be ruled on"), "worklist:queue", "gavel", 11, may_queue),
        ):
            register(
                Entry(
                    area=Area.DESK,
                    group=_("My work"),
                    label=label,
                    url_name=url_name,
                    icon=icon,
                    order=order,
                    visible=visible,
                )
            )
