"""How the rest of the house meets the overview: a follower of the log, its door at the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OverviewConfig(AppConfig):
    """The leader's view."""

    name = "linli.flows.overview"
    verbose_name = _("overview of cases")

    def ready(self) -> None:
        """Follow the log; put the door into the navigation."""
        from linli.ground.core import feed
        from linli.ground.ui.navigation import Area, Entry, register

        from .actions import mark
        from .rules import may_overview

        feed.register_follower("overview", mark)
        register(
            Entry(
                area=Area.DESK,
                group=_("My work"),
                label=_("Overview of cases"),
                url_name="overview:overview",
                icon="chart-bar",
                order=12,
                minor=True,
                visible=may_overview,
            )
        )
