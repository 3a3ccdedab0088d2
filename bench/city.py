"""A city to measure: Wuhai's places, a workstation in every community, a worker, and 2,000 cases in all their states."""

import os
import random
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

import psycopg
from django.conf import settings
from django.db import transaction
from django.test import Client

from linli.commons.calendar.models import Unit
from linli.commons.deadlines.models import Clock, ClockMove, ClockStatus, MoveKind, Todo
from linli.commons.routing.models import Category
from linli.flows.cases.models import Case, Channel, LeadBy, Reporter, Statement, Status, Word
from linli.flows.intake import actions
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.organisations.actions import Appointment, BodyPlan, appoint, set_up_bodies
from linli.ground.organisations.models import Body, Holding, How
from linli.ground.people.actions import create_staff_account
from linli.ground.people.models import Account
from linli.ground.places.actions import open_city
from linli.ground.places.divisions import Level
from linli.ground.places.models import City, Place

WUHAI, WORKER, CASES = "1503", "bench-worker", 2000
TEXT = "小区东门外人行道路灯连续四晚不亮。前天晚上有老人差点摔倒，请尽快安排维修。"
ANSWER, CLOSING = "已联系市政维修，当晚恢复照明。", "电话回访，居民表示问题已经解决。"
IN_ORDER = (Status.RECEIVED, Status.ACCEPTED, Status.ANSWERED, Status.CLOSED)
STATES = (Status.RECEIVED, Status.ACCEPTED, Status.ANSWERED, *[Status.CLOSED] * 7)
HOME_SHARE = 0.3
TABLE = """
    CREATE TABLE bench_row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text NOT NULL);
    GRANT SELECT, INSERT ON bench_row TO {role};
    INSERT INTO bench_row (words) VALUES ('one row');
"""


class NotDisposable(Exception):
    """The database holds a city that was not made here."""


@dataclass(frozen=True)
class Keys:
    """What the clients show at the doors: a token and a session of the worker, a place and a case of theirs."""

    token: str
    cookie: str
    place: str
    case: str


def prepare() -> int:
    """Make the city, or take the one of an earlier run; return its cases. Raises NotDisposable."""
    with psycopg.connect(_owner()) as owner:
        known = owner.execute("SELECT to_regclass('bench_row')").fetchone()
        is_ours = known is not None and known[0] is not None
        if City.objects.exists() and not is_ours:
            raise NotDisposable("this database holds a city; `bench` needs one of its own")
        if not is_ours:
            owner.execute(psycopg.sql.SQL(TABLE).format(role=psycopg.sql.Identifier(settings.APP_ROLE)))
    if not City.objects.exists():
        _build()
    with psycopg.connect(_owner(), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")  # as the server does by itself in a city that has been open for an hour
    return Case.objects.count()


def _owner() -> str:
    return os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]


def keys() -> Keys:
    """Give the worker a token and a session."""
    account = Account.objects.get(username=WORKER)
    holding = Holding.objects.select_related("post__body__place").get(person=account.person)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["strong"], session["seen"] = True, int(clock.now().timestamp())
    session.save()
    case = Case.objects.filter(lead=holding.post.body, status=Status.ACCEPTED).order_by("pk")[0]
    _token, secret = ApiToken.issue(post=ref(holding), label="bench", by=SYSTEM)
    return Keys(secret, client.cookies[settings.SESSION_COOKIE_NAME].value, case.place.path, case.get_absolute_url())


def receive(known: Keys, number: int) -> list[str]:
    """Take needs in at the worker's place; return their references."""
    place = Place.objects.current().get(path=known.place)
    need = {
        "category": Category.objects.get(code="safety-other"),
        "text": TEXT,
        "place": place,
        "where": "东门",
        "channel": Channel.DESK,
    }
    return [actions.receive(**need, name="张女士", phone="", by=SYSTEM).case.reference for _case in range(number)]


@transaction.atomic
def _build() -> None:
    """Places, bodies and the worker by their actions, the cases in sets."""
    open_city(code=WUHAI, is_demo=True, by=SYSTEM)
    communities = list(Place.objects.current().under(WUHAI).filter(level=Level.COMMUNITY).order_by("path"))
    plans = [BodyPlan("workstation", place, date(2019, 1, 1)) for place in communities]
    stations = set_up_bodies(plans, by=SYSTEM)
    account = create_staff_account(username=WORKER, password=secrets.token_urlsafe(24), name="测试", by=SYSTEM)
    assert account.person is not None
    seat = Appointment(stations[0].posts.get(code="worker"), account.person, clock.today(), None, How.APPOINTED)
    appoint(seat, by=SYSTEM)
    _fill(stations)


def _fill(stations: list[Body]) -> None:
    """Write the cases with reporter, clock, to-do, words and events; three in ten at the worker's own station."""
    chance, now = random.Random(2006), clock.now()
    categories = list(Category.objects.filter(is_rest=True))
    cases = [_case(chance, now, stations, categories) for _number in range(CASES)]
    cases.sort(key=lambda case: case.received_at)
    Case.objects.bulk_create(cases)
    Reporter.objects.bulk_create(Reporter(case=case, name="张女士") for case in cases)
    clocks = Clock.objects.bulk_create([_clock(case) for case in cases])
    ClockMove.objects.bulk_create(
        ClockMove(clock=one, kind=MoveKind.START, at=one.started_at, due_after=one.due_at) for one in clocks
    )
    waiting = [pair for pair in zip(cases, clocks, strict=True) if pair[0].status != Status.CLOSED]
    Todo.objects.bulk_create(_todo(case, one) for case, one in waiting)
    Statement.objects.bulk_create(chain.from_iterable(_words(case) for case in cases))
    Event.objects.bulk_create(chain.from_iterable(_events(case) for case in cases))


def _case(chance: random.Random, now: datetime, stations: list[Body], categories: list[Category]) -> Case:
    body = stations[0] if chance.random() < HOME_SHARE else chance.choice(stations)
    status, at = chance.choice(STATES), now - timedelta(days=chance.uniform(5, 365))
    reached = IN_ORDER[1 : IN_ORDER.index(status) + 1]
    moments = {f"{name.value}_at": at + timedelta(hours=20 * rank) for rank, name in enumerate(reached, 1)}
    doers = {f"{name.value}_by": "system" for name in reached}
    return Case(
        status=status,
        category=chance.choice(categories),
        channel=Channel.WEB,
        place=body.place,
        where="东门",
        text=TEXT,
        lead=body,
        lead_by=LeadBy.NEAREST,
        received_at=at,
        **moments,
        **doers,
    )


def _clock(case: Case) -> Clock:
    return Clock(
        about=ref(case),
        name="cases.answer",
        amount=5,
        unit=Unit.WORKING_DAY,
        place_path=case.place.path,
        started_at=case.received_at,
        due_at=case.received_at + timedelta(days=7),
        stopped_at=case.answered_at,
        status=ClockStatus.STOPPED if case.answered_at else ClockStatus.RUNNING,
    )


def _todo(case: Case, one: Clock) -> Todo:
    verb = {Status.RECEIVED: "accept", Status.ACCEPTED: "answer", Status.ANSWERED: "close"}[Status(case.status)]
    return Todo(
        about=ref(case),
        verb=f"cases.{verb}",
        title=case.title,
        body=case.lead,
        place_path=case.place.path,
        opened_at=case.received_at,
        due_at=one.due_at,
    )


def _words(case: Case) -> list[Statement]:
    said = ((Word.ANSWER, ANSWER, case.answered_at), (Word.CLOSING, CLOSING, case.closed_at))
    return [Statement(case=case, round=1, kind=kind, text=text, at=at) for kind, text, at in said if at]


def _events(case: Case) -> list[Event]:
    happened = (
        ("receive", case.received_at),
        ("accept", case.accepted_at),
        ("answer", case.answered_at),
        ("close", case.closed_at),
    )
    return [
        Event(verb=f"cases.case.{verb}", subject=ref(case), place_path=case.place.path, actor="system", at=at)
        for verb, at in happened
        if at
    ]
