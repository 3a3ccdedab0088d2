"""Applications on which several departments have a say: asked, heard, against it, silent; and somebody in each of those departments."""

import random
from datetime import timedelta
from typing import Final

from django.db.models import Q

from linli.commons.guides.models import Item, Mode
from linli.flows.opinions.models import Opinion
from linli.flows.services.models import Application
from linli.ground.core import clock
from linli.ground.organisations.queries import department_of
from linli.ground.people.models import Sex
from linli.ground.places.models import Place

from .cast import man
from .names import GIVEN, NAMES

SINCE: Final = timedelta(days=400)
LIVES: Final[tuple[tuple[str, int, tuple[str, ...]], ...]] = (
    ("加装电梯", 7, ("accept", "agree")),
    ("加装电梯", 52, ("accept", "agree", "agree", "agree", "grant", "deliver", "rate")),
    ("加装电梯", 40, ("accept", "agree", "against", "agree", "refuse", "deliver")),
    ("加装电梯", 18, ("accept", "agree", "agree")),
    ("加装电梯", 46, ("accept", "agree", "agree", "grant", "deliver", "rate")),
    ("养老驿站", 6, ("accept",)),
    ("养老驿站", 33, ("accept", "agree", "agree", "grant", "deliver", "rate")),
    ("公租房", 8, ("accept", "agree")),
    ("公租房", 38, ("accept", "agree", "agree", "grant", "deliver", "rate")),
    ("创业担保", 2, ()),
)
"""What people call the item, how many days ago it was applied for, and what happened since: who is left out was silent."""
AGREED: Final = ("符合要求，同意。", "经现场查看，同意。", "材料齐全，没有不同意见。", "")
AGAINST: Final = "经现场查看，现有方案占用消防车通道，请调整方案后重新申请。"
REASON: Final = "联合审查中有关部门提出不同意见：现有方案占用消防车通道。请调整方案后重新申请。"


def man_departments(chance: random.Random, home: Place) -> None:
    """Let somebody work in every department that leads or has a say on a joint item, where nobody does yet."""
    items = Item.objects.filter(mode=Mode.JOINT).prefetch_related("opinions")
    slots = {one.department for item in items for one in item.opinions.all()} | {item.department for item in items}
    for slot in sorted(slots):
        body = department_of(slot, home.path)
        post = body.posts.filter(code="officer").first() if body else None
        first = clock.today() - SINCE
        if post is not None and not post.holdings.on(first).exists():
            name = chance.choice(NAMES["surnames"]) + chance.choice(GIVEN[Sex.MALE])
            man(post, username=f"demo-{slot}", name=name, first=first)


def called(words: str) -> Item:
    """Return the joint item that people call so."""
    return Item.objects.get(Q(name__contains=words) | Q(aliases__contains=words), mode=Mode.JOINT)


def next_asked(one: Application) -> Opinion | None:
    """Return the opinion that is given next."""
    return Opinion.objects.open().filter(application=one).select_related("body").first()
