"""Facts of guides: the items, their materials, steps, and whose opinions they need."""

from .choices import ItemKind, MaterialSource, Mode
from .items import FACTS, Entry, Item, ItemOpinion, ItemQuerySet, ItemStep, Material
from .lines import MaterialLine, OpinionLine, StepLine, materials_in, opinions_in, steps_in

__all__ = [
    "FACTS",
    "Entry",
    "Item",
    "ItemKind",
    "ItemOpinion",
    "ItemQuerySet",
    "ItemStep",
    "Material",
    "MaterialLine",
    "MaterialSource",
    "Mode",
    "OpinionLine",
    "StepLine",
    "materials_in",
    "opinions_in",
    "steps_in",
]
