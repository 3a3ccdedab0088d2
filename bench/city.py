"""A city to measure: ten districts, a hundred sub-districts, 1,500 communities, all invented, and as many cases as are asked for.

`python -m bench.city CASES` makes it in an empty database. Places, bodies and three seats are made by their actions; the cases by sets.
"""

import os
import secrets
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

import psycopg  # noqa: E402 (the settings come first)
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from linli.flows.cases.models import Case  # noqa: E402
from linli.flows.overview.actions import recount_all  # noqa: E402
from linli.ground.authority.actors import SYSTEM  # noqa: E402
from linli.ground.authority.models import ApiToken  # noqa: E402
from linli.ground.core import clock  # noqa: E402
from linli.ground.core.registry import ref  # noqa: E402
from linli.ground.database.sessions import BACKEND  # noqa: E402
from linli.ground.database.statements import plan_anew  # noqa: E402
from linli.ground.organisations.actions import Appointment, BodyPlan, appoint, set_up_bodies  # noqa: E402
from linli.ground.organisations.models import Holding, How, Post  # noqa: E402
from linli.ground.people.actions import create_staff_account  # noqa: E402
from linli.ground.people.models import Account  # noqa: E402
from linli.ground.places.actions import load_places, open_city  # noqa: E402
from linli.ground.places.divisions import Level  # noqa: E402
from linli.ground.places.models import City, Place  # noqa: E402

from .filling import fill_city  # noqa: E402
from .sets import said  # noqa: E402

CODE = "9901"
DISTRICTS, TOWNS, COMMUNITIES = 10, 10, 15
SEATS = {
    "worker": ("workstation", "worker"),
    "officer": ("subdistrict_office", "officer"),
    "reviewer": ("reviewing_office", "officer"),
}
"""Who asks: kind of body and code of the post. The first station is the busiest one; the officer watches over its sub-district."""
KINDS = {
    Level.PREFECTURE: ("city_government", "reviewing_office"),
    Level.COUNTY: ("district_government",),
    Level.TOWN: ("subdistrict_office",),
    Level.COMMUNITY: ("workstation",),
}
BARE = """
    CREATE TABLE bench_row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text NOT NULL);
    GRANT SELECT, INSERT ON bench_row TO {role};
    INSERT INTO bench_row (words) VALUES ('one row');
"""


class NotDisposable(Exception):
    """The database holds a city that was not made here."""


@dataclass(frozen=True)
class Seat:
    """What one of the three shows at the doors: a token, a session, the place of their body."""

    token: str
    cookie: str
    place: str
    body: int


def make(cases: int) -> None:
    """Make the city with its cases in a database without one; raises NotDisposable."""
    if City.objects.exists():
        raise NotDisposable("this database holds a city; the bench needs one of its own")
    began = time.monotonic()
    with transaction.atomic():
        plan_anew()
        _set_up()
    said("places, bodies, seats", began)
    owner_url = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(psycopg.sql.SQL(BARE).format(role=psycopg.sql.Identifier(settings.APP_ROLE)))
        fill_city(owner, cases)
        began = time.monotonic()
        owner.execute("VACUUM ANALYZE")  # as the server does by itself in a city that has been open for a while
        said("vacuum, statistics", began)
        began = time.monotonic()
        recount_all()  # with statistics: without them a clock is looked for among all of them for each case
        owner.execute("VACUUM ANALYZE overview_tally")
        said("tallies", began)
    connection.close()


def seats() -> dict[str, Seat]:
    """Give each of the three a token and a session."""
    return {name: _seat(name) for name in SEATS}


def some_cases(body: int, count: int, **narrowed: str) -> list[Case]:
    """Return cases that a body leads, picked without regard to their time."""
    return list(Case.objects.filter(lead=body, **narrowed).select_related("category").order_by("reference")[:count])


def _seat(name: str) -> Seat:
    account = Account.objects.get(username=f"bench-{name}")
    holding = Holding.objects.select_related("post__body__place").get(person=account.person)
    client = Client()
    client.force_login(account, backend=BACKEND)
    session = client.session
    session["strong"], session["seen"] = True, int(clock.now().timestamp())
    session.save()
    _token, secret = ApiToken.issue(post=ref(holding), label="bench", by=SYSTEM)
    body = holding.post.body
    return Seat(secret, client.cookies[settings.SESSION_COOKIE_NAME].value, body.place.path, body.pk)


def _set_up() -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.write("code,name\n" + "".join(f"{code},{name}\n" for code, name in _places()))
        file.flush()
        load_places(file=Path(file.name), edition=date(2024, 1, 1), by=SYSTEM)
    open_city(code=CODE, is_demo=False, by=SYSTEM)
    places = Place.objects.current().under(CODE).order_by("path")
    for level, kinds in KINDS.items():  # from above, so that each finds under whom it stands
        at = places.filter(level=level)
        set_up_bodies([BodyPlan(kind, place, date(2019, 1, 1)) for place in at for kind in kinds], by=SYSTEM)
    for name, (kind, post) in SEATS.items():
        account = create_staff_account(
            username=f"bench-{name}", password=secrets.token_urlsafe(24), name="测试", by=SYSTEM
        )
        assert account.person is not None
        appoint(Appointment(_post(kind, post), account.person, clock.today(), None, How.APPOINTED), by=SYSTEM)


def _post(kind: str, code: str) -> Post:
    return Post.objects.filter(body__kind__code=kind, code=code).order_by("body__place__path")[0]


def _places() -> list[tuple[str, str]]:
    """Return the codes and names of the invented city, the province first."""
    found = [(CODE[:2], "测试省"), (CODE, "测试市")]
    for district in range(1, DISTRICTS + 1):
        found.append((f"{CODE}{district:02}", f"第{district}区"))
        for town in range(1, TOWNS + 1):
            found.append((f"{CODE}{district:02}{town:03}", f"{district}区第{town}街道"))
            for one in range(1, COMMUNITIES + 1):
                path = f"{CODE}{district:02}{town:03}{one:03}"
                found.append((path, f"第{district * 10000 + town * 100 + one}社区居民委员会"))
    return found


if __name__ == "__main__":
    make(int(sys.argv[1]))
