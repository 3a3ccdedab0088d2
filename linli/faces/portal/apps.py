"""Where the portal hangs its doors."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The resident's home."""

    name = "linli.faces.portal"

    def ready(self) -> None:
        """Put home and search into the navigation, and the way to report on the pages of communities."""
        from linli.flows.cases.rules import may_work
        from linli.ground.places import sections
        from linli.ground.ui.navigation import Area, Entry, register

        from . import queries

        register(Entry(area=Area.PUBLIC, label=_("Home page"), url_name="portal:home", order=0))
        works, typed = _("Reference, words, name, phone, body or place"), _("Reference, body or place")
        register(Entry(area=Area.SEARCH, label=works, url_name="portal:search", order=0, visible=may_work))
        register(Entry(area=Area.SEARCH, label=typed, url_name="portal:search"))
        sections.register(order=0, template_name="portal/of_place.html", context=queries.section_of)
