"""How the National Bureau of Statistics codes and names divisions (统计用区划代码和城乡划分代码编制规则, 国统字〔2009〕91号)."""

import csv
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

DATA: Final = Path(__file__).parent / "data"
PLACEHOLDERS: Final = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
MUNICIPALITIES: Final = frozenset({"11", "12", "31", "50"})
"""Provinces that are one city: 北京 天津 上海 重庆."""


class Level(models.TextChoices):
    """The six levels of the tree; the first five are the state's, grids are the city's own."""

    PROVINCE = "province", _("province")
    PREFECTURE = "prefecture", _("city")
    COUNTY = "county", _("district or county")
    TOWN = "town", _("sub-district or town")
    COMMUNITY = "community", _("community or village")
    GRID = "grid", _("grid")


class Kind(models.TextChoices):
    """What governs a community: a residents' or a villagers' committee, or a unit that the statistics only treat like one."""

    JUWEIHUI = "juweihui", _("residents' committee")
    CUNWEIHUI = "cunweihui", _("villagers' committee")
    QUASI_JUWEIHUI = "quasi_juweihui", _("unit like a residents' committee")
    QUASI_CUNWEIHUI = "quasi_cunweihui", _("unit like a villagers' committee")


SELF_GOVERNED: Final = frozenset({Kind.JUWEIHUI, Kind.CUNWEIHUI})
"""What counts as a community or village: a unit that is only like one (a farm, a virtual community) is a place without self-government."""


LEVELS: Final = {
    2: Level.PROVINCE,
    4: Level.PREFECTURE,
    6: Level.COUNTY,
    9: Level.TOWN,
    12: Level.COMMUNITY,
    15: Level.GRID,
}
DIGITS: Final = {level: digits for digits, level in LEVELS.items()}
_PARENT_DIGITS: Final = {2: 0, 4: 2, 6: 4, 9: 6, 12: 9, 15: 12}
_KINDS: Final = {
    0: Kind.JUWEIHUI,
    1: Kind.JUWEIHUI,
    2: Kind.CUNWEIHUI,
    3: Kind.CUNWEIHUI,
    4: Kind.QUASI_JUWEIHUI,
    5: Kind.QUASI_CUNWEIHUI,
}
ZONE: Final = "zone"
"""A development zone, park or farm that the statistics treat like a town: it may have either office, or none."""
_TOWNS: Final = {
    0: "subdistrict",
    1: "town",
    2: "township",
    3: "township",
}
_TOWN_ENDINGS: Final = {"街道": "subdistrict", "镇": "town", "乡": "township", "苏木": "township"}
_ENDINGS: Final = (
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("嘎查村民委员会", "嘎查"),
    ("嘎查村委会", "嘎查"),
    ("村村民委员会", "村"),
    ("村村委会", "村"),
    ("村民委员会", "村"),
    ("村委会", "村"),
    ("居民委员会", "居委会"),
)


def parent_of(path: str) -> str:
    """Return the path of the place above, empty for a province."""
    return path[: _PARENT_DIGITS[len(path)]]


def ancestors_of(path: str) -> list[str]:
    """Return the paths of all places above, the province first."""
    return [path[:digits] for digits in LEVELS if digits < len(path)]


def kind_of(path: str) -> Kind | None:
    """Return what governs the community with this code: its last three digits say, shipped corrections come first.

    001-199 residents' committee, 200-399 villagers' committee, 400-499 and 500-599 units like them; None for any other number.
    """
    if path in corrections():
        return corrections()[path]
    tail = int(path[-3:])
    return _KINDS.get(tail // 100) if tail else None


def town_kind(path: str, name: str) -> str:
    """Return what a division of the fourth level is: subdistrict, town, township or zone. Its name says, else its code's last three digits.

    001-099 sub-districts, 100-199 towns, 200-399 townships, 400-599 units like them. A town that became a sub-district may keep its code.
    """
    said = (kind for ending, kind in _TOWN_ENDINGS.items() if name.endswith(ending))
    return next(said, _TOWNS.get(int(path[-3:]) // 100, ZONE))


@lru_cache
def corrections() -> dict[str, Kind]:
    """Return the communities whose code says the wrong kind; the file gives each its reason."""
    with (DATA / "kind_corrections.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Kind(row["kind"]) for row in csv.DictReader(file)}


def short_name(name: str) -> str:
    """Return the name as people say it: 湖东社区居委会 → 湖东社区, 羊路井村民委员会 → 羊路井村; never a name nobody uses."""
    for ending, short in _ENDINGS:
        stem = name.removesuffix(ending)
        if stem != name and stem:
            return stem + short
    return name
