"""How the rest of the house meets deadlines."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeadlinesConfig(AppConfig):
    """Clocks and to-dos."""

    name = "linli.commons.deadlines"
    verbose_name = _("deadlines")

    def ready(self) -> None:
        """Let clocks be counted again where the calendar changes, and follow the requests about personal data."""
        from linli.commons.calendar import recounting
        from linli.ground.core import feed
        from linli.ground.residents import sections

        from . import actions, queries

        recounting.register(queries.clocks_moving)
        feed.register_follower("deadlines", actions.follow_requests)
        sections.register_dues(queries.dues_of)
