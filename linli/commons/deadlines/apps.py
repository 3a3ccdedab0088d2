"""How the rest of the house meets deadlines."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from linli.ground.ui import navigation
from linli.ground.ui.navigation import Area, Entry


class Deadlines(AppConfig):
    """Calendar, clocks and to-dos."""

    name = "linli.commons.deadlines"
    verbose_name = _("deadlines")

    def ready(self) -> None:
        """Lead those who keep the calendar to it."""
        from .rules import may_announce

        navigation.register(
            Entry(
                area=Area.DESK,
                label=_("Working calendar"),
                url_name="deadlines:show_calendar",
                icon="calendar-event",
                group=_("Rules"),
                order=810,
                minor=True,
                visible=may_announce,
            )
        )
