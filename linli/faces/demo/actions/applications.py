"""The catalogue of services from its draft, and some dozens of applications in every state, made through the actions that people use."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from linli.commons.guides.actions import take_draft
from linli.commons.guides.models import Item, Mode
from linli.flows.opinions.actions import give_opinion
from linli.flows.services import actions
from linli.flows.services.models import Application, ApplicationChannel, Outcome, Satisfied
from linli.flows.services.queries import is_held
from linli.ground.authority.actors import SYSTEM, Actor, Person
from linli.ground.core import clock
from linli.ground.people.queries import contact_of
from linli.ground.places.models import Place

from . import joint
from .names import NAMES
from .year import Year

APPLICATIONS: Final = 60
LONGEST_AGO: Final = 170
HOME_SHARE: Final = 0.6
SPOT_EVERY: Final = 9
LIVES: Final = (
    (),
    ("accept",),
    ("ask_papers",),
    ("ask_papers", "complete"),
    ("ask_papers", "complete", "accept", "grant", "deliver", "rate"),
    ("accept", "grant"),
    ("accept", "grant", "deliver"),
    ("accept", "grant", "deliver", "rate"),
    ("accept", "refuse", "deliver"),
    ("accept", "extend", "grant", "deliver", "rate"),
    ("withdraw",),
    ("silence",),
)
"""What happens to an application, one life after the other; `silence` lets the time to accept run out."""
GAP: Final = "复印件不清楚，请重新提交"
REASON: Final = "经核对，家庭人均收入高于当地标准，不符合申请条件。"


def apply_for_services(
    chance: random.Random, home: Place, places: Sequence[Place], now: datetime, residents: Sequence[tuple[str, str]]
) -> None:
    """Put the draft of the catalogue in force and live the applications of the last weeks."""
    take_draft(place_path=home.path[:4], by=SYSTEM)
    joint.man_departments(chance, home)
    year = Year(chance, home, places, now)
    for number, (called, ago, life) in enumerate(joint.LIVES):
        who = residents[number % len(residents)]
        at = year.awake(now - timedelta(days=ago))
        year.plan(at, partial(_receive, year, joint.called(called), home, who, life))
    items = list(Item.objects.exclude(mode=Mode.JOINT))
    for number in range(APPLICATIONS):
        life = LIVES[number % len(LIVES)]
        is_open = not life or life[-1] not in {"deliver", "rate", "withdraw", "silence"}
        day = now - timedelta(days=chance.uniform(0, 9) if is_open else chance.uniform(12, LONGEST_AGO))
        who = residents[number] if number < len(residents) else (chance.choice(NAMES["surnames"]) + "某", "")
        at = year.awake(day) if who[1] else year.at_work(day)
        place = home if number < len(residents) or chance.random() < HOME_SHARE else chance.choice(places)
        item = chance.choice([one for one in items if (one.mode == Mode.IMMEDIATE) == (number % SPOT_EVERY == 0)])
        year.plan(at, partial(_receive, year, item, place, who, life))
    year.run()


def _receive(year: Year, item: Item, place: Place, who: tuple[str, str], life: Sequence[str]) -> None:
    name, phone = who
    channel = ApplicationChannel.WEB if phone else ApplicationChannel.DESK
    given = [one.position for one in item.materials.all() if year.chance.random() < HOME_SHARE]
    one = actions.receive(
        item=item, place=place, name=name, phone=phone, channel=channel, given=given, is_helped=not phone, by=SYSTEM
    )
    if item.mode == Mode.IMMEDIATE and life:
        actions.settle(one, by=year.worker_of(one.handler.pk))
        return
    _plan(year, clock.now(), one, life)


def _plan(year: Year, at: datetime, one: Application, life: Sequence[str]) -> None:
    if life:
        later = year.after(at, 14 if life[0] == "silence" else year.chance.choice([0, 1, 1, 2, 3]))
        year.plan(later, partial(_act, year, later, one, life))


def _act(year: Year, at: datetime, one: Application, life: Sequence[str]) -> None:
    worker, decider = year.worker_of(one.handler.pk), year.worker_of((one.decider or one.handler).pk)
    asked = joint.next_asked(one)
    say = partial(give_opinion, one, by=year.worker_of(asked.body.pk) if asked else SYSTEM)
    reason = joint.REASON if one.item.mode == Mode.JOINT else REASON
    resident = Person(contact=contact_of(one.applicant.phone)) if one.applicant.phone else SYSTEM
    acts: dict[str, Callable[[], object]] = {
        "ask_papers": partial(_ask_papers, one, worker),
        "complete": partial(actions.complete, one, text="已经把缺的材料交到窗口。", by=resident),
        "accept": partial(actions.accept, one, by=worker),
        "silence": partial(actions.deem_accepted, by=SYSTEM),
        "extend": partial(actions.extend, one, text="需要向外地有关部门核实收入情况。", by=worker),
        "grant": partial(actions.decide, one, outcome=Outcome.GRANTED, reason="", by=decider),
        "refuse": partial(actions.decide, one, outcome=Outcome.REFUSED, reason=reason, by=decider),
        "agree": partial(say, agrees=True, text=year.chance.choice(joint.AGREED)),
        "against": partial(say, agrees=False, text=joint.AGAINST),
        "deliver": partial(actions.deliver, one, by=worker),
        "withdraw": partial(actions.withdraw, one, text="情况有变化，暂时不办了。", by=resident),
        "rate": partial(actions.rate, one, satisfied=year.chance.choices(list(Satisfied), [80, 15, 5])[0], by=resident),
    }
    if life[0] in {"grant", "refuse"} and is_held(one):  # somebody who has a say is silent
        _plan(year, at, one, life)
        return
    acts[life[0]]()
    _plan(year, at, one, life[1:])


def _ask_papers(one: Application, worker: Actor) -> None:
    paper = one.papers.filter(waived_why="").first()
    gaps = {paper.position: GAP} if paper else {}
    actions.ask_papers(one, gaps=gaps, text="" if gaps else "申请表没有签名。", by=worker)
