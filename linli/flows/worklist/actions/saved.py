"""Filters under a name: kept, let go. What changes one is a method of it."""

from django.db import transaction

from linli.flows.worklist.models import SavedFilter
from linli.flows.worklist.queries import Filter
from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record


@transaction.atomic
def save(*, asked: Filter, name: str, is_shared: bool, by: Actor) -> SavedFilter:
    """Keep a filter under a name in the body of the actor's post. Raises IntegrityError for a name that they have already."""
    body = by.post.body if by.post else 0
    saved = SavedFilter.objects.create(owner=by.ref, body_id=body, name=name, query=asked.query, is_shared=is_shared)
    record("worklist.savedfilter.save", saved, by=by, data={"body": body, "is_shared": is_shared})
    return saved


@transaction.atomic
def remove(saved: SavedFilter, *, by: Actor) -> None:
    """Let a saved filter go; the cases are not touched."""
    record("worklist.savedfilter.remove", saved, by=by, data={"body": saved.body_id})
    saved.delete()
