"""Opening the city: once, for good, as a real one or as a demonstration."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.places.divisions import DATA, MUNICIPALITIES, Level
from linli.ground.places.models import City, Place

from .loading import load_places

SHIPPED: Final = {"1503": (DATA / "wuhai_2023.csv", date(2023, 6, 30))}
"""Cities whose places come with the product, and the day of that state."""


class UnknownPlace(Exception):
    """No city has this code, or its places are not loaded yet."""


class AnotherCity(Exception):
    """This installation already serves a city, and not this one in this way."""


@transaction.atomic
def open_city(*, code: str, is_demo: bool, by: Actor) -> City:
    """Make the place with this code the city of this installation; again with the same words changes nothing.

    Loads the places that come with the product where there are none yet. Raises UnknownPlace, AnotherCity, BadFile.
    """
    city = City.objects.select_related("place").first()
    if city is not None:
        if (city.path, city.is_demo) != (code, is_demo):
            what = _("a demonstration") if city.is_demo else _("a real city")
            raise AnotherCity(
                _("this installation serves %(city)s (%(code)s), %(what)s")
                % {"city": city, "code": city.path, "what": what}
            )
        return city
    place = _place(code)
    if place is None and code in SHIPPED:
        file, day = SHIPPED[code]
        load_places(file=file, edition=day, by=by)
        place = _place(code)
    if place is None:
        raise UnknownPlace(
            _("no city with the code %(code)s is loaded; run `manage load_places FILE` first") % {"code": code}
        )
    city = City.objects.create(place=place, is_demo=is_demo, opened_at=clock.now())
    record("places.city.open", city, by=by, place_path=place.path, data={"is_demo": is_demo})
    return city


def _place(code: str) -> Place | None:
    """Return the prefecture with this code, or the municipality."""
    level = Level.PROVINCE if code in MUNICIPALITIES else Level.PREFECTURE
    return Place.objects.current().at(level).filter(path=code).first()
