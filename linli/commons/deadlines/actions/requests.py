"""Requests about personal data wait for whoever keeps the register: one clock and one to-do each, as the log says (decision 0014).

Residents stands below and cannot ask for a to-do itself. Read seconds after the request, yet the term counts from the request.
"""

from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.commons.deadlines.models import Clock, Todo
from linli.commons.deadlines.models.clock import OPEN
from linli.commons.deadlines.queries import DECIDE, body_that_decides
from linli.ground.authority.actors import SYSTEM
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.people.models import Person
from linli.ground.residents.models import DataRequest, RequestKind
from linli.ground.residents.models.rights import DataRequestQuerySet
from linli.ground.rulebook.queries import rule

from .clocks import start_clock
from .todos import close_todos, open_todo

ASKED: Final = "residents.datarequest.ask"
DECIDED: Final = ("residents.datarequest.finish", "residents.datarequest.refuse")
MERGED: Final = ("people.person.merge", "people.person.undo_merge")
CORRECTED: Final = "people.person.correct"
TERM: Final = "people.rights_request.working_days"
TITLES: dict[str, Promise] = {
    RequestKind.CORRECTION: _("Correct a person's data"),
    RequestKind.ERASURE: _("Erase a person's data"),
}


def follow_requests(event: Event) -> None:
    """Wait where somebody has asked, stop where it is decided, wait for another body where the person has moved (follower "deadlines")."""
    key = event.subject.rpartition(":")[2]
    if event.verb == ASKED:
        _wait(DataRequest.objects.filter(pk=key))
    elif event.verb in DECIDED:
        _stop(event.subject, event.at)
    elif event.verb in MERGED or (event.verb == CORRECTED and "place_id" in event.data):
        entries = Person.objects.filter(pk=key).values_list("pk", "merged_into").first() or ()
        _wait(DataRequest.objects.filter(person__in=[one for one in entries if one]))


def _wait(requests: DataRequestQuerySet) -> None:
    """Let the body that decides have the one to-do of each request that is still open, whoever had it before."""
    for request in requests.waiting().select_related("person__place"):
        body = body_that_decides(request)
        had = Todo.objects.open().filter(about=ref(request), verb=DECIDE).first()
        if body is None or (had is not None and had.body_id == body.pk):
            continue
        close_todos(about=request, by=SYSTEM)
        title = f"{TITLES[request.kind]} {request.reference}"
        open_todo(about=request, verb=DECIDE, title=title, body=body, clock=_clock_of(request), by=SYSTEM)


def _clock_of(request: DataRequest) -> Clock:
    """Return the clock of a request, started with it: the term by rule, in working days."""
    running = Clock.objects.filter(about=ref(request), name=DECIDE, status__in=OPEN).first()
    if running is not None:
        return running
    limit = rule(TERM, place_path=request.place_path)
    return start_clock(
        about=request,
        name=DECIDE,
        amount=limit.number,
        unit=limit.unit,
        place_path=request.place_path,
        rule_ref=limit.version_ref,
        since=request.requested_at,
        by=SYSTEM,
    )


def _stop(about: str, at: datetime) -> None:
    """Nobody is waited for any more."""
    for running in Clock.objects.filter(about=about, name=DECIDE, status__in=OPEN):
        running.stop(by=SYSTEM, at=at)
    close_todos(about=about, by=SYSTEM)
