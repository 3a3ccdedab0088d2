"""Which body owes an answer that one of its posts decides, and until when."""

from collections.abc import Sequence
from typing import Final

from linli.commons.deadlines.models import Clock
from linli.commons.deadlines.models.clock import OPEN
from linli.ground.authority.powers import Power
from linli.ground.authority.roles import ROLES, Reach
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body, Holding
from linli.ground.organisations.queries import lead_for
from linli.ground.organisations.queries.bodies import LEADS
from linli.ground.places.divisions import ancestors_of
from linli.ground.places.queries import city_path
from linli.ground.residents.models import DataRequest
from linli.ground.residents.sections import Due

from .left import left

DECIDE: Final = "residents.decide"
KEEPERS: Final = [
    code for code, role in ROLES.items() if Power.KEEP_REGISTER in role.powers and role.reach is Reach.PLACE
]


def body_that_decides(request: DataRequest) -> Body | None:
    """Return the nearest body in which somebody may decide a request about personal data today (`residents.rules.may_decide`).

    Where nobody may, the one that leads what nobody else does: there it is seen that the place lacks a keeper of the register.
    """
    path = request.place_path or city_path()
    paths = [path, *ancestors_of(path)]
    there = Holding.objects.on(clock.today()).filter(post__role__in=KEEPERS, post__body__place__path__in=paths)
    keeping = there.exclude(person=request.person_id).values("post__body")
    bodies = Body.objects.current().filter(pk__in=keeping).select_related("kind", "place")
    return min(bodies, key=_nearness, default=None) or lead_for(path)


def _nearness(body: Body) -> tuple[int, int, int]:
    """Sort the nearest first; at one place whoever residents meet first."""
    code = body.kind.code
    return -len(body.place.path), LEADS.index(code) if code in LEADS else len(LEADS), body.pk


def dues_of(requests: Sequence[DataRequest]) -> dict[int, Due]:
    """Return until when each of the requests waits whose clock runs, by key; three queries for any number."""
    keys = {ref(one): one.pk for one in requests}
    clocks = list(Clock.objects.filter(about__in=keys, name=DECIDE, status__in=OPEN)) if keys else []
    remaining = left(clocks)
    return {keys[one.about]: Due(one.due_at, remaining[one.pk].text, remaining[one.pk].kind) for one in clocks}
