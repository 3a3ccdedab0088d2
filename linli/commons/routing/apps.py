"""How the rest of the house meets routing: references and two doors of the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoutingConfig(AppConfig):
    """What needs are about and where they go."""

    name = "linli.commons.routing"
    verbose_name = _("routing")

    def ready(self) -> None:
        """Register what others need to know."""
        from linli.ground.core.registry import register
        from linli.ground.ui.navigation import Area, Entry
        from linli.ground.ui.navigation import register as show

        from .models import Category, Route
        from .rules import may_list

        register(
            "routing.route",
            title=lambda route: route.name,
            url=lambda route: route.get_absolute_url(),
            visible_to=Route.objects.visible_to,
        )
        register(
            "routing.category",
            title=str,
            url=lambda category: category.get_absolute_url(),
            visible_to=Category.objects.visible_to,
        )
        show(
            Entry(
                area=Area.DESK,
                group=_("Rules"),
                label=_("Categories and routes"),
                url_name="routing:list",
                icon="sitemap",
                order=820,
                visible=may_list,
            )
        )
