"""The invented year in parts: each part of the city lives it in a process of its own, in one transaction, side by side."""

import ctypes
import os
import signal
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final

from django.db import connection, connections, transaction

from linli.commons.calendar.models import CalendarDay, OfficeHours
from linli.commons.routing.models import Category, Route
from linli.ground.authority.actors import SYSTEM
from linli.ground.core.actions import record
from linli.ground.core.models import Event
from linli.ground.database.prepared import steady
from linli.ground.database.statements import plan_anew
from linli.ground.organisations.models import Body
from linli.ground.rulebook.models import RuleVersion

from .cases import TOWN, Plan, live
from .year import quietly

COUNT: Final = min(os.cpu_count() or 1, 4)
LIVED: Final = "demo.year.lived"
LOCK: Final = 7231002
"""Advisory, with the number of the part: one process at a time lives it."""
STANDS: Final = (Body, CalendarDay, Category, OfficeHours, Route, RuleVersion)
"""What nobody changes in the invented year."""
END_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of prctl(2)


def live_in_parts(plan: Plan, count: int, say: Callable[[str], None]) -> None:
    """Live the year in every part of the city that has not lived it yet."""
    left = [number for number in range(count) if not _is_lived(number)]
    if not left:
        return
    say(f"a year of {plan.needs} needs")
    first, *others = left
    connections.close_all()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's own; a pool does not outlive a fork
    with ProcessPoolExecutor(len(others) or 1, get_context("fork"), _end_with, (os.getpid(),)) as pool:
        parts = [pool.submit(_live_part, plan, number, count, quietly) for number in others]
        _live_part(plan, first, count, say)
        for part in parts:
            part.result()


def _end_with(parent: int) -> None:
    """Let this process end with the one that began it, however that ends."""
    ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _is_lived(number: int) -> bool:
    return Event.objects.filter(verb=LIVED, data__part=number).exists()


@transaction.atomic
def _live_part(plan: Plan, number: int, count: int, say: Callable[[str], None]) -> None:
    """Live the year in one part, unless another process did meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, number])
    if _is_lived(number):
        return
    plan_anew()
    with steady(*STANDS):
        live(plan, number, towns_of(plan, count)[number], say)
    record(LIVED, f"places.place:{plan.home.pk}", by=SYSTEM, data={"part": number})


def towns_of(plan: Plan, count: int) -> list[set[str]]:
    """Return the towns of each part by their paths: the largest first, each to the part that has fewest communities so far."""
    communities = Counter(place.path[:TOWN] for place in plan.places)
    parts: list[set[str]] = [set() for _number in range(count)]
    for town in sorted(communities, key=lambda one: (-communities[one], one)):
        min(parts, key=lambda part: sum(communities[one] for one in part)).add(town)
    return parts
