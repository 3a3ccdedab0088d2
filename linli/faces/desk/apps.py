"""Where the desk hangs its door."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.ground.core.paging import Count


class DeskConfig(AppConfig):
    """The worker's home."""

    name = "linli.faces.desk"

    def ready(self) -> None:
        """Put the desk into the navigation."""
        from linli.ground.ui.navigation import Area, Badge, Entry, register
        from linli.ground.ui.page_facts import register_posts

        from .queries import overdue, posts_for
        from .rules import may_home

        def spoken(count: Count) -> str:
            return ngettext("%(n)s task overdue", "%(n)s tasks overdue", count.number) % {"n": count}

        register(
            Entry(
                area=Area.DESK,
                group=_("My work"),
                label=_("My tasks"),
                url_name="desk:home",
                icon="checkbox",
                order=0,
                visible=may_home,
                badge=Badge(overdue, spoken, late=True),
            )
        )
        register_posts(posts_for)
        register(
            Entry(area=Area.PUBLIC, label=_("Desk"), url_name="desk:home", order=900, visible=may_home, stays=True)
        )
