"""How the rest of the house meets the catalogue: references, navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    """The catalogue of services."""

    name = "linli.commons.guides"
    verbose_name = _("services")

    def ready(self) -> None:
        """Register what others need to know."""
        from linli.ground.core import registry
        from linli.ground.ui.navigation import Area, Entry, register

        from . import rules
        from .models import Item

        registry.register(
            "guides.item",
            title=lambda item: item.name,
            url=lambda item: item.get_absolute_url(),
            visible_to=Item.objects.visible_to,
            note=lambda item: item.code,
        )
        register(Entry(area=Area.PUBLIC, label=_("Services"), url_name="guides:index", order=5))
        register(
            Entry(
                area=Area.DESK,
                label=_("Catalogue of services"),
                url_name="guides:keep",
                icon="list-details",
                group=_("Rules"),
                order=805,
                visible=rules.may_keep,
            )
        )
