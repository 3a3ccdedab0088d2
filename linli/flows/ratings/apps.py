"""How the rest of the house meets ratings: their place in the navigation of the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RatingsConfig(AppConfig):
    """What applications come to."""

    name = "linli.flows.ratings"
    verbose_name = _("rates of applications")

    def ready(self) -> None:
        """Stand in the navigation of the desk."""
        from linli.ground.ui.navigation import Area, Entry, register

        from . import rules

        register(
            Entry(
                area=Area.DESK,
                label=_("Rates of applications"),
                url_name="ratings:rates",
                icon="star",
                group=_("My work"),
                order=17,
                visible=rules.may_count,
                minor=True,
            )
        )
