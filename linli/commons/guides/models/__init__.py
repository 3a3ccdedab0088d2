"""Facts of guides: the items, their materials and steps."""

from .choices import ItemField, ItemKind, MaterialSource, Mode
from .items import FACTS, Entry, Item, ItemQuerySet, ItemStep, Material
from .lines import MaterialLine, StepLine, materials_in, steps_in

__all__ = [
    "FACTS",
    "Entry",
    "Item",
    "ItemField",
    "ItemKind",
    "ItemQuerySet",
    "ItemStep",
    "Material",
    "MaterialLine",
    "MaterialSource",
    "Mode",
    "StepLine",
    "materials_in",
    "steps_in",
]
