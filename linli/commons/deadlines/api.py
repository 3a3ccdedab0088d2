"""Deadlines for programs: list what the own body has to do."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import Fault, guarded
from linli.ground.core.paging import page_of

from .models import Todo
from .rules import may_list_todos

router = Router(tags=["deadlines"])
PlacePath = Annotated[str, Field(pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$")]


class TodosIn(Schema):
    """Which to-dos: of one app, in one place, from which page on."""

    app: Annotated[str, Field(max_length=40, pattern="^[a-z]*$")] = ""
    place: PlacePath = ""
    token: Annotated[str, Field(max_length=300)] = ""


class TodoOut(Schema):
    """One act owed by a body."""

    about: str
    verb: str
    title: str
    body: Annotated[int, Field(alias="body_id")]
    place_path: str
    due_at: datetime
    is_waiting: bool


class TodosOut(Schema):
    """A page of to-dos."""

    items: list[TodoOut]
    next: str | None


@router.get("/todos", response={200: TodosOut, 403: Fault})
@guarded(may_list_todos)
def list_todos(request: HttpRequest, asked: Query[TodosIn]) -> dict[str, object]:
    """List the open to-dos that the post may see, the soonest first."""
    todos = Todo.objects.visible_to(actor_of(request)).open().at(asked.place)
    page = page_of(todos.of_app(asked.app) if asked.app else todos, keys=("due_at", "id"), token=asked.token)
    return {"items": page.items, "next": page.next}
