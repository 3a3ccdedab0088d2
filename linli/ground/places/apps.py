"""Makes places referable, and puts the city's name on every page."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The app of places."""

    name = "linli.ground.places"

    def ready(self) -> None:
        """Register places as things that others can be about, and the way to them."""
        from django.utils.translation import gettext_lazy as _

        from linli.ground.core import registry
        from linli.ground.ui import navigation, page_facts

        from . import queries
        from .models import Place

        registry.register(
            "places.place",
            title=lambda place: place.title,
            url=lambda place: place.get_absolute_url(),
            visible_to=lambda viewer: Place.objects.visible_to(viewer).with_parents(),
        )
        page_facts.register(queries.page_facts)
        navigation.register(
            navigation.Entry(
                area=navigation.Area.PUBLIC, label=_("Places"), url_name="places:index", icon="map-pin", order=30
            )
        )
