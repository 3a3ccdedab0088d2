"""Telephones, addresses and hours of the offices of an invented city."""

import random
from collections.abc import Iterable
from typing import Final

from linli.ground.authority.actors import SYSTEM
from linli.ground.organisations.models import Body, Contact

HOURS: Final = "周一至周五 8:30—12:00，14:30—18:00"
PHONE: Final = "0473-000{number:04d}"
"""No subscriber's number in China begins with 0: these reach nobody, by construction."""
DUTY: Final = {
    "workstation": "head",
    "residents_committee": "vice_chair",
    "villagers_committee": "vice_chair",
    "subdistrict_office": "officer",
    "town_government": "officer",
}
"""Which post answers, by the kind of a body that people go to."""
SILENT: Final = 12
"""One office in so many has put nothing down yet, as in every real city."""


def tell(chance: random.Random, bodies: Iterable[Body]) -> None:
    """Put down how the offices that people go to are reached."""
    asked = [body for body in bodies if body.kind.code in DUTY]
    for number, body in enumerate(asked, start=1):
        if number % SILENT == 0:
            continue
        road = body.place.short_name.removesuffix("社区").removesuffix("街道").removesuffix("镇").removesuffix("村")
        where = "党群服务中心1层" if body.kind.code == "workstation" else "1层窗口"
        contact = Contact(
            PHONE.format(number=number),
            f"{road}路{chance.randint(1, 90)}号，{where}",
            HOURS,
            body.posts.get(code=DUTY[body.kind.code]),
        )
        body.correct(founded_on=body.founded_on, category=body.category, contact=contact, by=SYSTEM)
