"""How the rest of the house meets the calendar."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from linli.ground.ui import navigation
from linli.ground.ui.navigation import Area, Entry


class CalendarConfig(AppConfig):
    """Working days and office hours."""

    name = "linli.commons.calendar"
    verbose_name = _("calendar")

    def ready(self) -> None:
        """Lead those who keep the calendar to it."""
        from .rules import may_announce

        navigation.register(
            Entry(
                area=Area.DESK,
                label=_("Working calendar"),
                url_name="calendar:show",
                icon="calendar-event",
                group=_("Rules"),
                order=810,
                minor=True,
                visible=may_announce,
            )
        )
