"""Places as the statistics write them."""

from collections.abc import Iterable
from datetime import date

from linli.ground.core import clock
from linli.ground.places.models import City, Place

Row = tuple[str, str, str, str]
WUHAI: tuple[Row, ...] = (
    ("15", "内蒙古自治区", "province", ""),
    ("1503", "乌海市", "prefecture", ""),
    ("150302", "海勃湾区", "county", ""),
)


def plant(rows: Iterable[Row]) -> dict[str, Place]:
    """Make a tree of places from (code, name, level, kind), each below the longest code that begins its own."""
    made: dict[str, Place] = {}
    for path, name, level, kind in rows:
        above = max((one for one in made if path.startswith(one)), key=len, default="")
        made[path] = Place.objects.create(
            path=path, name=name, level=level, kind=kind, parent=made.get(above), begun_on=date(2023, 6, 30)
        )
    return made


def open_city(place: Place, *, is_demo: bool = True) -> City:
    """Open the city that Linli serves."""
    return City.objects.create(place=place, is_demo=is_demo, opened_at=clock.now())
