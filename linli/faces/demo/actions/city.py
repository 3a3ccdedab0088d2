"""The demo city in stages: each stands complete or not at all and is on record, so that a set-up that was killed goes on where it was."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypedDict

from django.db import connection, transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime

from linli.flows.overview.actions import recount_all
from linli.flows.replies.actions import load_replies
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock, feed
from linli.ground.core.actions import record, relay
from linli.ground.core.models import Event
from linli.ground.database.statements import plan_anew
from linli.ground.organisations.actions import BodyPlan, set_up_bodies, set_up_missing
from linli.ground.places.actions import open_city
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place

from . import applications, bodies, cases, cast, contacts, figures, units
from .parts import COUNT, live_in_parts

WUHAI: Final = "1503"
LIVELY: Final = timedelta(days=7)  # messages of the last week are in the inboxes
SEED: Final = 2006  # the year of the survey
SET_UP, MADE = "demo.city.set_up", "demo.city.made"


class Agreed(TypedDict):
    """How the year is lived, whoever goes on with it: how many needs, in how many parts, until when."""

    needs: int
    parts: int
    now: str


def make_city(say: Callable[[str], None], *, needs: int = cases.NEEDS_A_YEAR, parts: int = COUNT) -> None:
    """Make Wuhai with invented people who bring so many needs, or go on making it; `say` hears of each step.

    The year is lived in so many processes. Raises what `open_city` raises where another city stands.
    """
    set_up = on_record(SET_UP)
    agreed = set_up.data if set_up else _set_up(say, {"needs": needs, "parts": parts, "now": clock.now().isoformat()})
    now = parse_datetime(agreed["now"])
    assert now is not None
    communities = _communities()
    year = cases.Plan(SEED, now, _home(communities), communities, _residents(), agreed["needs"])
    live_in_parts(year, agreed["parts"], say)
    if not on_record(MADE):
        _complete(say, year)


def on_record(stage: str) -> Event | None:
    """Return what was written at the end of a stage; None before."""
    return Event.objects.filter(verb=stage).first()


def _communities() -> list[Place]:
    return list(Place.objects.current().under(WUHAI).filter(level=Level.COMMUNITY).order_by("path").with_parents())


def _home(communities: list[Place]) -> Place:
    return next(place for place in communities if place.short_name == cast.HOME)


def _residents() -> list[tuple[str, str]]:
    """Return those of the cast who bring needs, each three times."""
    return [(part.name, part.phone) for part in cast.CAST if part.phone] * 3


@transaction.atomic
def _set_up(say: Callable[[str], None], agreed: Agreed) -> Agreed:
    """Open the city with its bodies, people and cast, and put on record how its year is lived."""
    chance, today = random.Random(SEED), localtime(clock.now()).date()  # noqa: S311 (an invented city is no secret)
    say("places")
    plan_anew()
    city = open_city(code=WUHAI, is_demo=True, by=SYSTEM)
    communities = _communities()
    say("bodies of the city, its districts and towns")
    set_up_missing(places=[city.place], founded_on=bodies.FOUNDED, by=SYSTEM)
    offices = set_up_bodies(_offices(), by=SYSTEM)
    _analyze()
    say(f"people and bodies of {len(communities)} communities")
    plans = [one for place in communities for one in bodies.plans_of(bodies.populate(chance, place, today))]
    contacts.tell(chance, [*offices, *set_up_bodies(plans, by=SYSTEM)])
    figures.declare_figures(communities, today)
    _analyze()
    home = _home(communities)
    cast.assemble(home, today)
    units.take_part(home, today)
    for number in "一二三四":
        home.draw_grid(name=f"第{number}网格", by=SYSTEM)
    load_replies(place_path=WUHAI, by=SYSTEM)
    record(SET_UP, city, by=SYSTEM, place_path=WUHAI, data={**agreed})
    _analyze()
    return agreed


@transaction.atomic
def _complete(say: Callable[[str], None], year: cases.Plan) -> None:
    """Add the applications for services, and bring the log and the tallies up to date."""
    say("services and applications")
    applications.apply_for_services(random.Random(SEED), year.home, year.places, year.now, year.residents)  # noqa: S311
    _analyze()
    record(MADE, f"places.place:{year.home.pk}", by=SYSTEM, place_path=WUHAI)
    say("the log")
    while relay():
        pass
    for name in feed.followers():
        feed.begin_at(name, clock.now() - LIVELY)
    recount_all()


def _analyze() -> None:
    """Let the database count what was written so far: after a try that was killed, it goes on planning for empty tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _offices() -> list[BodyPlan]:
    """Return the government bodies between the city and its communities."""
    plans = []
    for place in Place.objects.current().under(WUHAI).order_by("path").with_parents():
        if place.level == Level.COUNTY:
            plans.append(BodyPlan("district_government", place, bodies.FOUNDED))
        elif place.level == Level.TOWN:
            kind = "town_government" if place.name.endswith("镇") else "subdistrict_office"
            plans.append(BodyPlan(kind, place, bodies.FOUNDED))
    return plans
