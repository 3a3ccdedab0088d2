"""How the rest of the house meets the organisations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Bodies and posts can be referred to; a place's page shows its bodies; three doors stand in the navigation."""

    name = "linli.ground.organisations"

    def ready(self) -> None:
        """Register references, the section of a place and the doors."""
        from linli.ground.core import registry
        from linli.ground.places import sections
        from linli.ground.ui.navigation import Area, Entry, register

        from . import queries
        from .models import Body, Holding
        from .rules import may_choose, may_manage

        registry.register(
            "organisations.body", title=str, url=Body.get_absolute_url, visible_to=Body.objects.visible_to
        )
        registry.register(
            "organisations.holding",
            title=lambda holding: str(holding.post),  # the post, never the person
            url=lambda holding: holding.post.body.get_absolute_url(),
            visible_to=lambda _viewer: Holding.objects.select_related("post__body"),
        )
        sections.register(order=20, template_name="organisations/of_place.html", context=queries.section_of)
        public, keep, choose = _("Community organisations"), _("Organisations and posts"), _("Choose the post")
        for entry in (
            Entry(area=Area.PUBLIC, order=70, label=public, url_name="organisations:index", icon="sitemap"),
            Entry(
                area=Area.DESK, order=600, label=keep, url_name="organisations:manage", icon="sitemap",
                group=_("Organisation"), visible=may_manage,
            ),
            Entry(
                area=Area.ACCOUNT, order=50, label=choose, url_name="organisations:choose", icon="briefcase",
                visible=may_choose,
            ),
        ):  # fmt: skip
            register(entry)
