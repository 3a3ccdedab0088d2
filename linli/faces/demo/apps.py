"""Where the demo hangs its door."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """An invented city."""

    name = "linli.faces.demo"

    def ready(self) -> None:
        """Put the cast into the corner of both shells, in a demo city only."""
        from linli.ground.authority.actors import Actor
        from linli.ground.ui.navigation import Area, Entry, register

        from .queries import is_demo

        def visible(_actor: Actor) -> bool:
            return is_demo()

        register(
            Entry(
                area=Area.ACCOUNT,
                label=_("Demo: enter as …"),
                url_name="demo:index",
                icon="users",
                order=950,
                visible=visible,
            )
        )
