"""Foreign keys point down only, as imports do (imports: the contracts in .importlinter)."""

from django.apps import apps as django_apps
from django.db import models

from .house import FLOORS, ORDER, apps


def height(model: type[models.Model]) -> tuple[int, int] | None:
    """How high a model stands; None for a library's."""
    parts = model.__module__.split(".")
    if parts[0] != "linli":
        return None
    return FLOORS.index(parts[1]), ORDER[parts[1]][parts[2]]


def test_relations_point_down() -> None:
    wrong = []
    for model in django_apps.get_models():
        own = height(model)
        if own is None:
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField | models.OneToOneField):
                continue
            other = height(field.related_model)
            same_app = field.related_model._meta.app_label == model._meta.app_label
            if other is not None and not same_app and other <= own:
                wrong.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert wrong == []


def test_every_app_stands_in_the_order_of_its_floor() -> None:
    assert sorted((app.parent.name, app.name) for app in apps()) == sorted(
        (floor, app) for floor, order in ORDER.items() for app in order
    )
