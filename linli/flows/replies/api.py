"""The API of replies: the templates that a post is offered."""

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import FAULTS, guarded

from . import queries, rules
from .models import Reply, Verb

router = Router(tags=["replies"])


class ReplyOut(Schema):
    """One template, with its placeholders as they stand."""

    id: int = Field(alias="pk")
    verb: Verb
    name: str
    category: str | None = Field(None, alias="category.code")
    text: str


@router.get("/", response=FAULTS | {200: list[ReplyOut]})
@guarded(rules.may_list)
def index(request: HttpRequest, verb: Verb = Verb.ANSWER) -> QuerySet[Reply]:
    """List the templates for a step that the caller's body is offered."""
    return queries.offered(actor_of(request), verb)
