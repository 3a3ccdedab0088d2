"""How the rest of the house meets completeness."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompletenessConfig(AppConfig):
    """A place's page shows its figures, a body's page its findings; two doors stand in the navigation."""

    name = "linli.ground.completeness"

    def ready(self) -> None:
        """Register the sections of places and bodies, and the doors."""
        from linli.ground.organisations import sections as bodies
        from linli.ground.organisations.rules import may_manage
        from linli.ground.places import sections as places
        from linli.ground.ui.navigation import Area, Entry, register

        from . import queries

        places.register(order=20, template_name="completeness/of_place.html", context=queries.section_of)
        bodies.register(order=20, template_name="completeness/of_body.html", context=queries.section_of_body)
        matrix, keep = _("How complete the organisations of the whole city are"), _("Organisations and posts")
        register(Entry(area=Area.FOOTER, order=20, label=matrix, url_name="completeness:index"))
        register(
            Entry(
                area=Area.DESK, order=600, label=keep, url_name="completeness:manage", icon="sitemap",
                group=_("Organisation"), visible=may_manage,
            )
        )  # fmt: skip
