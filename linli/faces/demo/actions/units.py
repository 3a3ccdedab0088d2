"""What a resident unit, a property provider and an association of the cast's community lead: by routes, by being given it, by rulings."""

import secrets
import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from linli.commons.routing.actions import add
from linli.commons.routing.models import Category, Route
from linli.flows.callbacks import actions as callbacks
from linli.flows.cases import actions
from linli.flows.cases.models import Case, Satisfied, Solved
from linli.flows.dispatch import actions as dispatch
from linli.flows.supports.actions import How
from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.core import clock
from linli.ground.organisations.models import Body, Holding
from linli.ground.organisations.queries import office_above
from linli.ground.people.actions import create_staff_account
from linli.ground.places.divisions import DIGITS, Level
from linli.ground.places.models import Place

from . import words
from .cast import own_body
from .names import DATA, NAMES
from .needs import Need, phone_of, receive
from .year import Year

UNITS: Final = tomllib.loads((DATA / "units.toml").read_text(encoding="utf-8"))
WITHOUT_CAST: Final = ("property_provider", "association")


def take_part(home: Place, today: date) -> None:
    """Let whoever speaks for each of the bodies have an account, and the sub-district's routes lead there."""
    for kind in WITHOUT_CAST:
        for held in Holding.objects.on(today).filter(post__body=own_body(kind, home)).select_related("person"):
            secret = secrets.token_urlsafe(24)
            create_staff_account(username=f"demo-{kind}", password=secret, name="", person=held.person, by=SYSTEM)
    for row in UNITS["route"]:
        facts = {name: row.get(name, "") for name in ("name", "reason", "question", "answer")}
        category, lead = Category.objects.get(code=row["category"]), own_body(row["of"], home)
        area = home.path[: DIGITS[Level.TOWN]]
        add(route=Route(place_path=area, category=category, lead=lead, **facts), by=SYSTEM)


def live(year: Year) -> None:
    """Plan what is brought to them, each at its time."""
    for row in UNITS["case"]:
        year.plan(year.working_days_ago(row["days"]), partial(_bring, year, row))


def _bring(year: Year, row: dict[str, Any]) -> None:
    name = year.chance.choice(NAMES["surnames"]) + year.chance.choice(["先生", "女士"])
    need: Need = {
        "category": row["category"],
        "answers": row.get("answers", {}),
        "text": row["text"],
        "where": row["where"],
        "answer": row.get("answer", ""),
    }
    became = receive(year, need, year.home, (name, phone_of(year.chance.randint(2000, 8999))))
    assert became.how is How.NEW
    _plan(year, became.case, row, row["acts"])


def _plan(year: Year, case: Case, row: dict[str, Any], acts: Sequence[str]) -> None:
    if acts:
        year.plan(year.after(clock.now(), 0), partial(_act, year, case, row, acts))


def _act(year: Year, case: Case, row: dict[str, Any], acts: Sequence[str]) -> None:
    """Let whoever's turn it is do the first of the acts."""
    body: Body = own_body(row["of"], year.home)
    lead, above = year.worker_of(case.lead_id), year.worker_of(office_above(case.lead).pk)
    resident = Person(contact=case.reporter.contact)
    moved = words.MOVES.format(body=body.name)
    judged = partial(callbacks.rate, contacted=True, solved=Solved.YES, satisfied=Satisfied.YES, remark="")
    known: dict[str, Callable[[], object]] = {
        "assign": partial(dispatch.assign, case, body=body, by=above),
        "send_back": partial(dispatch.send_back, case, text=words.NOT_OURS, by=lead),
        "designate": partial(dispatch.designate, case, body=body, is_final=False, text=moved, by=above),
        "accept": partial(actions.accept, case, by=lead),
        "inform": partial(actions.inform, case, text=words.NEWS, by=lead),
        "answer": partial(actions.answer, case, text=row.get("answer", ""), by=lead),
        "rate": partial(judged, case, by=resident),
        "close": partial(actions.close, case, text=words.SOLVED["yes"], by=lead),
    }
    known[acts[0]]()
    _plan(year, case, row, acts[1:])
