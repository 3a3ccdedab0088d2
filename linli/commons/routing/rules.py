"""WHO MAY: the categories are everybody's to read; the reviewing office keeps them and the routes."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import Category, Route


def may_keep(actor: Actor) -> bool:
    """Keep categories and routes: who has the power over the city."""
    return actor.area(Power.KEEP_ROUTES) is not None


may_list = may_add = may_add_category = may_keep


def may_show(actor: Actor, route: Route) -> bool:
    """See a route: who keeps those of its place."""
    return actor.holds(Power.KEEP_ROUTES, route.place_path)


may_revise = may_end = may_show


def may_edit_category(actor: Actor, category: Category) -> bool:  # noqa: ARG001 (categories are the city's)
    """Change a category and its questions: who keeps categories."""
    return may_keep(actor)


may_end_category = may_edit_category
