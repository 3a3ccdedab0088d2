"""Twelve months of cases, made through the actions that people use, with the clock moved along."""

import heapq
import random
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from django.utils.timezone import localtime

from linli.commons.deadlines.actions import chase
from linli.commons.routing.models import Category
from linli.flows.callbacks import actions as callbacks
from linli.flows.cases import actions
from linli.flows.cases.models import Case, Channel, Ground, Missed, Satisfied, Solved, Way
from linli.flows.dispatch import actions as dispatch
from linli.flows.intake import actions as intake
from linli.ground.authority.actors import SYSTEM, Actor, Person
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.organisations.models import Holding
from linli.ground.organisations.queries import actor_in_post, office_above
from linli.ground.places.models import Place

from .names import DATA, NAMES

CASES = 320
NEEDS = tomllib.loads((DATA / "needs.toml").read_text(encoding="utf-8"))["need"]
REOPENED = "还是没有彻底解决，昨天又出现了同样的情况。"
ANSWERED_AGAIN = "已经再次上门，找到了上次没有处理到的原因，处理后观察三天没有复发。"
CLOSED = {
    "yes": "电话回访，居民表示问题已经解决。",
    "partly": "电话回访，居民表示大部分已经解决，余下部分社区继续跟进。",
}
SILENT = "答复后居民没有提出异议，按期办结。"
NOT_OURS = "不属于本单位职责，请按职责清单改派。"
STAYS = "经核对职责清单，仍由原单位牵头，终局裁定。"
PRIVATE_MATTER = "属于邻里之间的民事纠纷，社区可以协助调解，不能代为裁决。"
WAITS = "配件需要外地调货，已同居民说明，到货后继续办理。"
WAITED = "配件已经到货。"
ODDITIES, SENT_BACK, REFUSED, SUSPENDED = 11, 4, 7, 2  # by the remainder of its number: what befalls one case in eleven
UNREACHED, TRIES = 0.15, 3
HOURS = (8, 9, 9, 10, 10, 11, 14, 15, 15, 16, 17, 19, 20)
FORTNIGHT, GOES_ON = timedelta(days=14), 0.85
NO_PHONE, BY_WEB, RATED, IN_TIME = 0.125, 0.7, 0.6, 0.93
HASTE = {"critical": (0.2, 1.2), "urgent": (0.5, 14)}  # hours
HOME_SHARE = 0.12  # the cast's own community has more to show
TOWN_EVERY = 26  # matters of the street itself, which belong to no community: the sub-district leads
MORNING = 8  # when those who are late are chased


@dataclass(order=True)
class Turn:
    """Something that happens at a moment of the year."""

    at: datetime
    number: int
    act: Callable[[], object] = field(compare=False)


class Year:
    """The year as a queue of turns: each runs with the clock at its moment and may plan the next."""

    def __init__(self, chance: random.Random, home: Place, places: Sequence[Place], now: datetime) -> None:
        self.chance, self.home, self.places, self.now = chance, home, places, now
        self.turns: list[Turn] = []
        self.numbers = count()
        self.workers: dict[int, Actor] = {}
        self.categories = {one.code: one for one in Category.objects.all()}

    def plan(self, at: datetime, act: Callable[[], object]) -> None:
        """Let something happen at a moment, unless it lies in the future: then it is still waiting today."""
        if at < self.now:
            heapq.heappush(self.turns, Turn(at, next(self.numbers), act))

    def run(self) -> None:
        """Live the year in order."""
        while self.turns:
            turn = heapq.heappop(self.turns)
            with clock.stopped_at(turn.at):
                turn.act()

    def working_moment(self, day: datetime) -> datetime:
        """Return a moment of that day when people are about."""
        local = localtime(day)
        return local.replace(
            hour=self.chance.choice(HOURS), minute=self.chance.randrange(60), second=self.chance.randrange(60)
        )

    def after(self, at: datetime, days: float) -> datetime:
        """Return a moment in office hours, some days later, never before `at`."""
        return max(at + timedelta(hours=1), self.working_moment(at + timedelta(days=days)))

    def soon(self, at: datetime, case: Case, days: Sequence[int]) -> datetime:
        """Return when the next act comes: within hours where it is urgent, else some days later in office hours."""
        hours = HASTE.get(case.category.urgency)
        return at + timedelta(hours=self.chance.uniform(*hours)) if hours else self.after(at, self.chance.choice(days))

    def goes_on(self, at: datetime) -> bool:
        """Say whether the next act comes at all: of the latest fortnight's cases some are forgotten so far."""
        return at < self.now - FORTNIGHT or self.chance.random() < GOES_ON

    def worker_of(self, case: Case) -> Actor:
        """Return somebody who works in the leading body: whoever handles cases there."""
        return self.worker_in(case.lead_id)

    def worker_in(self, body: int) -> Actor:
        """Return somebody who handles cases in a body."""
        if body not in self.workers:
            held = Holding.objects.on(clock.today()).filter(post__body=body, post__role__in=HANDLERS).order_by("pk")
            chosen = held.first()
            actor = actor_in_post(f"organisations.holding:{chosen.pk}") if chosen else None
            self.workers[body] = actor or SYSTEM
        return self.workers[body]


HANDLERS = ("worker", "chair", "subdistrict", "department")


def live(
    chance: random.Random, home: Place, places: Sequence[Place], now: datetime, residents: Sequence[tuple[str, str]]
) -> None:
    """Live twelve months of cases: most answered in time, some late, some rated, some reopened, the latest still open."""
    year = Year(chance, home, places, now)
    for number in range(CASES):
        age = chance.uniform(0, 365) if number % 4 else chance.uniform(0, 12)
        at = year.working_moment(now - timedelta(days=age))
        name, phone = residents[number] if number < len(residents) else _stranger(chance, number)
        at_home = number < len(residents) or chance.random() < HOME_SHARE
        place = home if at_home else chance.choice(places)
        if number % TOWN_EVERY == 0 and number >= len(residents) and home.parent:
            place = home.parent
        year.plan(at, partial(_receive, year, at, place, name, phone))
    for days in range(FORTNIGHT.days):
        morning = localtime(now - timedelta(days=days)).replace(hour=MORNING, minute=30)
        year.plan(morning, partial(chase, by=SYSTEM))
    year.run()


def _stranger(chance: random.Random, number: int) -> tuple[str, str]:
    """Return an invented name and phone; one in eight has no phone."""
    name = chance.choice(NAMES["surnames"]) + chance.choice(["先生", "女士"])
    return name, "" if chance.random() < NO_PHONE else f"1390473{number + 1000:04}"


def _receive(year: Year, at: datetime, place: Place, name: str, phone: str) -> None:
    month = localtime(at).month
    need = year.chance.choice([one for one in NEEDS if month in one.get("months", range(1, 13))])
    case = intake.receive(
        category=year.categories[need["category"]],
        answers=need.get("answers", {}),
        text=need["text"],
        place=place,
        where=need["where"],
        channel=Channel.WEB if phone and year.chance.random() < BY_WEB else Channel.DESK,
        name=name,
        phone=phone,
        by=SYSTEM,
    )
    if year.goes_on(at):
        later = year.soon(at, case, [0, 0, 0, 1, 1, 2])
        turn = {SENT_BACK: _send_back, REFUSED: _refuse}.get(case.pk % ODDITIES, _accept)
        year.plan(later, lambda: turn(year, later, case, need["answer"]))


def _refuse(year: Year, _at: datetime, case: Case, _answer: str) -> None:
    actions.refuse(case, ground=Ground.MARKET, text=PRIVATE_MATTER, by=year.worker_of(case))


def _send_back(year: Year, at: datetime, case: Case, answer: str) -> None:
    try:
        dispatch.send_back(case, text=NOT_OURS, by=year.worker_of(case))
    except Refused:  # its day for it is over
        return _accept(year, at, case, answer)
    if at < year.now - FORTNIGHT or case.pk % 2:  # of the latest, half still wait for the ruling
        later = year.after(at, 2)
        year.plan(later, lambda: _designate(year, later, case, answer))
    return None


def _designate(year: Year, at: datetime, case: Case, answer: str) -> None:
    dispatch.designate(case, body=case.lead, is_final=True, text=STAYS, by=SYSTEM)
    later = year.after(at, 1)
    year.plan(later, lambda: _accept(year, later, case, answer))


def _suspend(year: Year, at: datetime, case: Case, answer: str) -> None:
    try:
        actions.suspend(case, text=WAITS, by=year.worker_of(case))
    except Refused:  # its time is up
        return _answer(year, at, case, answer)
    later = year.after(at, 9)
    year.plan(later, lambda: _resume(year, later, case, answer))
    return None


def _resume(year: Year, at: datetime, case: Case, answer: str) -> None:
    actions.resume(case, text=WAITED, by=year.worker_of(case))
    later = year.after(at, 1)
    year.plan(later, lambda: _answer(year, later, case, answer))


def _accept(year: Year, at: datetime, case: Case, answer: str) -> None:
    actions.accept(case, by=year.worker_of(case))
    if year.goes_on(at):
        later = year.soon(at, case, [1, 1, 2, 2, 3, 3, 4, 5, 6, 9])
        turn = _suspend if case.pk % ODDITIES == SUSPENDED else _answer
        year.plan(later, lambda: turn(year, later, case, answer))


def _answer(year: Year, at: datetime, case: Case, answer: str) -> None:
    actions.answer(case, text=answer, by=year.worker_of(case))
    rated = year.chance.random() < RATED and case.reporter.contact
    later = year.after(at, year.chance.choice([1, 1, 2, 3, 5]))
    turn = _rate if rated else _call_back
    year.plan(later, lambda: turn(year, later, case))


def _rate(year: Year, at: datetime, case: Case) -> None:
    solved = year.chance.choices(list(Solved), [80, 12, 8])[0]
    satisfied = _mood(year, solved)
    resident = Person(contact=case.reporter.contact)
    callbacks.rate(
        case, contacted=year.chance.random() < IN_TIME, solved=solved, satisfied=satisfied, remark="", by=resident
    )
    later = year.after(at, 1)
    if solved is Solved.NO and case.round == 1:
        year.plan(later, lambda: _reopen(year, later, case))
    else:
        year.plan(later, lambda: _close(year, case, CLOSED.get(solved.value, CLOSED["partly"])))


def _call_back(year: Year, at: datetime, case: Case, tries: int = 1) -> None:
    """Let the office above the lead call who has not rated: most are reached, some on another day, some never."""
    above, later = office_above(case.lead).pk, year.after(at, 1)
    caller, close = year.worker_in(above), partial(_close, year, case, SILENT)
    if above == case.lead_id:
        year.plan(later, close)
    elif not case.reporter.phone or year.chance.random() < UNREACHED:
        missed = Missed.NO_ANSWER if case.reporter.phone else Missed.NO_PHONE
        callbacks.miss(case, way=Way.PHONE, missed=missed, by=caller)
        again = tries < TRIES and bool(case.reporter.phone)
        year.plan(later, partial(_call_back, year, later, case, tries + 1) if again else close)
    else:
        solved = year.chance.choices(list(Solved), [80, 12, 8])[0]
        reopen = solved is Solved.NO and case.round == 1
        callbacks.call_back(
            case,
            way=Way.PHONE,
            contacted=year.chance.random() < IN_TIME,
            solved=solved,
            satisfied=_mood(year, solved),
            remark=REOPENED if reopen else "",
            reopen=reopen,
            by=caller,
        )
        words = CLOSED.get(solved.value, CLOSED["partly"])
        turn = partial(_accept, year, later, case, ANSWERED_AGAIN) if reopen else partial(_close, year, case, words)
        year.plan(later, turn)


def _mood(year: Year, solved: Solved) -> Satisfied:
    return year.chance.choices(list(Satisfied), [75, 20, 5] if solved is Solved.YES else [10, 50, 40])[0]


def _reopen(year: Year, at: datetime, case: Case) -> None:
    actions.reopen(case, text=REOPENED, by=Person(contact=case.reporter.contact))
    later = year.after(at, 1)
    year.plan(later, lambda: _accept(year, later, case, ANSWERED_AGAIN))


def _close(year: Year, case: Case, text: str) -> None:
    actions.close(case, text=text, by=year.worker_of(case))
