"""ASK: what there is to choose from, what each category asks, which object an answer names."""

from collections.abc import Mapping
from typing import Final

from django.db.models import Prefetch

from linli.commons.routing.models import Category, Question, ServiceField
from linli.ground.database.prepared import Prepared, PreparedRows

_OPEN: Final = Prepared(lambda code: Category.objects.open().filter(code=code), code="a code")
_NAMING: Final = PreparedRows(
    lambda: Question.objects.filter(names_object=True).order_by("pk").values_list("category", "code")
)


def offered() -> list[Category]:
    """Return the categories that a new need may have, with their questions, by field and position. Two queries."""
    order = {field: number for number, field in enumerate(ServiceField.values)}
    every = Category.objects.open().prefetch_related(Prefetch("questions", Question.objects.order_by("position", "pk")))
    return sorted(every, key=lambda one: (order[one.field], one.is_rest, one.position, one.code))


def offered_as(code: str) -> Category | None:
    """Return the category of a code, if a new need may have it. One query."""
    return _OPEN.first(code=code)


def object_in(category: Category, answers: Mapping[str, str]) -> str:
    """Return what the answers to a category's questions call the object, as it was written; empty where they do not name it.

    One query for all categories together; none where nothing was answered.
    """
    asked = next((code for key, code in _NAMING() if key == category.pk), "") if answers else ""
    return answers.get(asked, "")


def rest_of(field: str) -> Category:
    """Return the category of a field for whatever has none of its own."""
    return Category.objects.get(field=field, is_rest=True)


def by_field() -> list[tuple[str, list[Category]]]:
    """Return every category, ended ones too, under its field of service. One query."""
    every = sorted(Category.objects.all(), key=lambda one: (one.is_rest, one.position, one.code))
    return [(str(field.label), [one for one in every if one.field == field]) for field in ServiceField]
