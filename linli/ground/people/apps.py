"""What people tells the rest of the house: the way to sign in. How a person is shown is said by residents, which has the pages."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts and the residents' register."""

    name = "linli.ground.people"

    def ready(self) -> None:
        """Register the door of the masthead."""
        from django.utils.translation import gettext_lazy as _

        from linli.ground.ui import navigation
        from linli.ground.ui.navigation import Area, Entry

        navigation.register(
            Entry(
                area=Area.ACCOUNT,
                label=_("Sign in"),
                url_name="people:sign_in",
                icon="user",
                order=10,
                visible=lambda actor: not actor.ref,
            )
        )
