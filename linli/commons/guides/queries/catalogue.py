"""The catalogue as people look through it: by field, by words, one item's guide."""

from dataclasses import dataclass

from linli.commons.guides.models import Item, ItemOpinion, ItemStep, Material, Mode
from linli.ground.authority.actors import Actor
from linli.ground.kinds.fields import SEVEN
from linli.ground.organisations.models import Body
from linli.ground.organisations.queries import lead_for
from linli.ground.places.models import Place
from linli.ground.textsearch.queries import matching


@dataclass(frozen=True)
class Group:
    """One field of service with its items."""

    field: str
    label: str
    items: list[Item]


@dataclass(frozen=True)
class Found:
    """What a look through the catalogue found: by field, and how many there are in each field whatever is chosen."""

    groups: list[Group]
    counts: list[tuple[str, str, int]]
    total: int

    @property
    def shown(self) -> int:
        """How many it found."""
        return sum(len(group.items) for group in self.groups)


@dataclass(frozen=True)
class Guide:
    """What the guide of an item shows beside the item: papers, steps, who has a say, who is competent, who handles it where one lives."""

    materials: list[Material]
    waived: list[Material]
    steps: list[ItemStep]
    opinions: list[ItemOpinion]
    competent: Body | None
    handler: Body | None


def found(actor: Actor, *, text: str = "", field: str = "", ended: bool = False) -> Found:
    """Return the items in which every word of a text stands (all without one), of one field or all; `ended` adds those of the past."""
    seen = Item.objects.visible_to(actor)
    seen = seen if ended else seen.current()
    items = list(matching(seen, text) if text else seen)
    groups = [
        Group(value, str(label), [one for one in items if one.field == value])
        for value, label in SEVEN
        if not field or value == field
    ]
    counts = [(value, str(label), sum(one.field == value for one in items)) for value, label in SEVEN]
    return Found([group for group in groups if group.items], counts, len(items))


def guide_of(item: Item, place: Place | None) -> Guide:
    """Return the guide of an item, for those who live in a place."""
    materials = list(item.materials.all())
    return Guide(
        [one for one in materials if not one.waived_why],
        [one for one in materials if one.waived_why],
        list(item.steps.all()),
        list(item.opinions.all()) if item.mode == Mode.JOINT else [],
        Body.objects.current().filter(slot=item.department, place__path=item.place_path).first(),
        lead_for(place.path) if place else None,
    )
