"""Keeping categories and routes: loading the first ones, adding, revising, ending; raising a to-do where a route leads nowhere."""

import tomllib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.commons.deadlines.actions import close_todos, open_todo
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.organisations.queries import body_of

from .models import Asked, Category, Route

CATEGORIES: Final = Path(__file__).parent / "data" / "categories.toml"
MEND: Final = "routing.mend"
KEEPER: Final = "reviewing_office"
PATIENCE: Final = timedelta(days=1)


@transaction.atomic
def load_categories(*, by: Actor, file: Path = CATEGORIES) -> int:
    """Add the categories of the file that the city does not know yet; return how many. What the city has changed stays as it is.

    Raises KeyError or ValidationError for a file that describes none.
    """
    rows: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["category"]
    known = set(Category.objects.values_list("code", flat=True))
    added = 0
    for position, row in enumerate(rows):
        if row["code"] in known:
            continue
        questions = row.pop("questions", [])
        category = Category(position=position, **row)
        category.full_clean(exclude=["version"])
        category.save()
        category.ask(Asked(**one) for one in questions)
        record("routing.category.load", category, by=by, data={"code": category.code})
        added += 1
    return added


@transaction.atomic
def add_category(*, category: Category, questions: Iterable[Asked], by: Actor) -> Category:
    """Add a category with its questions; raises ValidationError where the name or the code is taken."""
    _saved(category)
    category.ask(questions)
    record("routing.category.add", category, by=by, data={"code": category.code})
    return category


@transaction.atomic
def edit_category(
    category: Category, *, questions: Iterable[Asked], is_shared: bool, is_public: bool, by: Actor, **facts: str
) -> None:
    """Change a category, what it asks, who may read what is reported under it; raises ValidationError where the name is taken."""
    try:
        with transaction.atomic():
            category.edit(is_shared=is_shared, is_public=is_public, by=by, **facts)
    except IntegrityError as error:
        raise ValidationError(_("There is a category of this name already."), code="unique") from error
    category.ask(questions)


@transaction.atomic
def add(*, route: Route, by: Actor) -> Route:
    """Put a route in force; raises ValidationError where its name is taken."""
    _saved(route)
    record("routing.route.add", route, by=by, place_path=route.place_path, data={"position": route.position})
    return route


@transaction.atomic
def revise(route: Route, *, into: Route, by: Actor) -> Route:
    """Put a changed route in the place of another: that one ends, this one begins; what was to be mended is mended."""
    route.end(by=by)
    close_todos(about=route, by=by)
    return add(route=into, by=by)


@transaction.atomic
def end(route: Route, *, by: Actor) -> None:
    """Take a route out of force, and the to-do to mend it away."""
    route.end(by=by)
    close_todos(about=route, by=by)


def mend(route: Route, *, by: Actor) -> None:
    """Let whoever keeps the routes of its place mend one that leads nowhere any more; one open to-do at a time."""
    keeper = body_of(KEEPER, route.place_path)
    if keeper is not None:
        title = _("The route “%(name)s” leads to a body that does not stand any more") % {"name": route.name}
        open_todo(about=route, verb=MEND, title=title, body=keeper, due_at=clock.now() + PATIENCE, by=by)


def _saved(thing: Category | Route) -> None:
    """Save a new thing; raises ValidationError, also where its name is taken."""
    thing.full_clean(exclude=["status"])
    try:
        with transaction.atomic():
            thing.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(_("There is one of this name already."), code="unique") from error
