"""Departments are asked on a joint application and have their say. Each action is one transaction."""

from typing import Final

from django.db import transaction

from linli.commons.calendar.models import Unit
from linli.commons.calendar.queries import due
from linli.commons.deadlines.actions import close_todos, open_todo
from linli.flows.services.models import Application
from linli.flows.services.queries import GIVE_OPINION
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Refused

from . import queries
from .models import Opinion

ASK_OPINIONS: Final = "services.application.ask_opinions"


@transaction.atomic
def ask_opinions(one: Application, by: Actor) -> None:
    """Ask every department that a joint item names, each once and with a time of its own from now on (行政许可法 art. 26)."""
    asking, now = queries.to_ask(one), clock.now()
    for each in asking:
        due_at = due(now, each.days, Unit.WORKING_DAY, one.place_path).due_at
        Opinion.objects.create(
            application=one,
            body=each.body,
            stands_in="、".join(each.stands_in),
            about=each.about,
            asked_at=now,
            due_at=due_at,
        )
        open_todo(about=one, verb=GIVE_OPINION, title=one.title, body=each.body, due_at=due_at, by=by)
    if asking:
        bodies = [each.body.pk for each in asking]
        record(ASK_OPINIONS, one, by=by, place_path=one.place_path, data={"bodies": bodies})


@transaction.atomic
def give_opinion(one: Application, *, agrees: bool, text: str = "", by: Actor) -> None:
    """Take down what the actor's body says, once, also after its time as long as nothing is decided.

    Raises Refused for a body that was not asked or has had its say, and for an opinion against it without a reason.
    """
    one.lock()
    body = by.post.body if by.post else 0
    asked = Opinion.objects.open().filter(application=one, body=body).select_related("body").first()
    if asked is None or not (agrees or text):
        raise Refused(one, "give_opinion")
    one.give_opinion(by=by)
    asked.agrees, asked.text, asked.given_at, asked.given_by = agrees, text, clock.now(), by.post_ref
    asked.save(update_fields=["agrees", "text", "given_at", "given_by"])
    close_todos(about=one, verb=GIVE_OPINION, body=asked.body, by=by)
