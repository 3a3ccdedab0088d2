"""Starting and stopping clocks."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from linli.commons.calendar.models import Days, Term, Unit, reckon
from linli.commons.deadlines.models import Clock, ClockMove, MoveKind
from linli.ground.authority.actors import Actor
from linli.ground.core import clock as city_clock
from linli.ground.core.actions import record
from linli.ground.core.registry import ref
from linli.ground.database.prepared import Prepared
from linli.ground.database.writing import insert, keep_ours

_LAST: Final = Prepared(
    lambda about: Clock.objects.filter(about=about).select_for_update().order_by("-pk")[:1], about="a matter"
)


@transaction.atomic(savepoint=False)
def start_clock(
    *,
    about: Model | str,
    name: str,
    amount: int,
    unit: Unit | str,
    by: Actor,
    place_path: str = "",
    rule_ref: str = "",
    days: Days | None = None,
    since: datetime | None = None,
) -> Clock:
    """Start a term for a matter, now or `since` a moment before; return its clock with the date, its first move and event written with it.

    `name` says which term it is (办理期限); `rule_ref` names the version of the rule that gave the amount, `days` is
    the place's calendar where the caller has read it already. Raises OutsideCalendar.
    """
    begun = since or city_clock.now()
    term = Term(begun, amount, Unit(unit))
    due_at = reckon(term, days or Days(place_path, timezone.localdate(begun))).due_at
    clock = Clock(
        about=about if isinstance(about, str) else ref(about),
        name=name,
        amount=amount,
        unit=term.unit,
        place_path=place_path,
        started_at=begun,
        due_at=due_at,
        rule_ref=rule_ref,
    )
    insert(clock)
    move = ClockMove(clock=clock, kind=MoveKind.START, at=begun, by=by.ref, post=by.post_ref, due_after=due_at)
    insert(move, later=True)
    data = {"due_at": due_at, "amount": amount, "unit": term.unit.value, "rule": rule_ref}
    record("deadlines.clock.start", clock, by=by, place_path=place_path, data=data)
    return clock


@transaction.atomic(savepoint=False)
def stop_clock(*, about: Model, by: Actor) -> None:
    """End the clock that was started last for a matter; raises Clock.DoesNotExist, and Refused for one that is stopped."""
    found = _LAST.first(about=ref(about))
    if found is None:
        raise Clock.DoesNotExist
    keep_ours([found])
    found.stop(by=by)
