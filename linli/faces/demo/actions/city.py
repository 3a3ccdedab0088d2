"""The whole demo city in one transaction: it stands complete or not at all, so that a killed set-up simply begins again."""

import random
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.utils.timezone import localtime

from linli.flows.overview.actions import recount_all
from linli.flows.replies.actions import load_replies
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock, feed
from linli.ground.core.actions import relay
from linli.ground.database.statements import plan_anew
from linli.ground.organisations.actions import BodyPlan, set_up_bodies, set_up_missing
from linli.ground.places.actions import open_city
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place

from . import applications, bodies, cases, cast, contacts, figures
from .year import Year

WUHAI = "1503"
LIVELY = timedelta(days=7)  # messages of the last week are in the inboxes
SEED = 2006  # the year of the survey


@transaction.atomic
def make_city(say: Callable[[str], None], *, needs: int = cases.CASES) -> None:
    """Make Wuhai with invented people who bring so many needs; `say` hears of each step.

    Raises what `open_city` raises where another city stands.
    """
    chance, today = random.Random(SEED), localtime(clock.now()).date()  # noqa: S311 (an invented city is no secret)
    say("places")
    plan_anew()
    open_city(code=WUHAI, is_demo=True, by=SYSTEM)
    city = Place.objects.current().get(path=WUHAI)
    places = list(Place.objects.current().under(WUHAI).order_by("path").with_parents())
    communities = [place for place in places if place.level == Level.COMMUNITY]
    home = next(place for place in communities if place.short_name == cast.HOME)
    say("bodies of the city, its districts and towns")
    set_up_missing(places=[city], founded_on=bodies.FOUNDED, by=SYSTEM)
    offices = set_up_bodies(_offices(places), by=SYSTEM)
    _analyze()
    say(f"people and bodies of {len(communities)} communities")
    plans = [plan for place in communities for plan in bodies.plans_of(bodies.populate(chance, place, today))]
    contacts.tell(chance, [*offices, *set_up_bodies(plans, by=SYSTEM)])
    figures.declare_figures(communities, today)
    _analyze()
    cast.assemble(home, today)
    for number in range(1, 5):
        home.draw_grid(name=f"第{'一二三四'[number - 1]}网格", by=SYSTEM)
    load_replies(place_path=WUHAI, by=SYSTEM)
    say(f"a year of {needs} needs")
    residents = [(part.name, part.phone) for part in cast.CAST if part.phone] * 3
    cases.live(Year(chance, home, communities, clock.now()), residents, needs)
    say("services and applications")
    applications.apply_for_services(random.Random(SEED), home, communities, clock.now(), residents)  # noqa: S311
    _analyze()
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


def _offices(places: list[Place]) -> list[BodyPlan]:
    """Return the government bodies between the city and its communities."""
    plans = []
    for place in places:
        if place.level == Level.COUNTY:
            plans.append(BodyPlan("district_government", place, bodies.FOUNDED))
        elif place.level == Level.TOWN:
            kind = "town_government" if place.name.endswith("镇") else "subdistrict_office"
            plans.append(BodyPlan(kind, place, bodies.FOUNDED))
    return plans
