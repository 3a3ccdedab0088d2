"""How the rest of the house meets the organisations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Bodies and posts can be referred to; a door stands in the navigation."""

    name = "linli.ground.organisations"

    def ready(self) -> None:
        """Register references, the posts of a person and the door."""
        from linli.ground.core import registry
        from linli.ground.places import sections as places
        from linli.ground.residents import personal_data
        from linli.ground.ui.navigation import Area, Entry, register

        from .models import Body, Holding
        from .queries import contacts, holdings

        registry.register(
            "organisations.body", title=str, url=Body.get_absolute_url, visible_to=Body.objects.visible_to
        )
        registry.register(
            "organisations.holding",
            title=lambda holding: str(holding.post),  # the post, never the person
            url=lambda holding: holding.post.body.get_absolute_url(),
            visible_to=lambda _viewer: Holding.recorded.select_related("post__body"),
        )
        follow = personal_data.Move("organisations.holding", stays=holdings.held_twice, obstacle=holdings.posts_first)
        personal_data.register("holdings", _("Posts held"), collect=holdings.copy_for, moves=[follow])
        places.register(order=10, template_name="organisations/of_place.html", context=contacts.section_of)
        public = _("Community organisations")
        register(Entry(area=Area.PUBLIC, order=70, label=public, url_name="organisations:index", icon="sitemap"))
