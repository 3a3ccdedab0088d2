"""What befalls one case of the invented year: each act plans the next, and somebody in the right post does it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from linli.flows.callbacks import actions as callbacks
from linli.flows.cases import actions
from linli.flows.cases.models import Case, Ground, Missed, Satisfied, Solved, Way
from linli.flows.dispatch import actions as dispatch
from linli.flows.dispatch.queries import takers_of
from linli.flows.escalations import actions as escalations
from linli.flows.escalations.models import Answer
from linli.flows.escalations.queries import higher_than
from linli.flows.supports import actions as supports
from linli.flows.supports.actions import Followed, How
from linli.ground.authority.actors import SYSTEM, Actor, Person
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.organisations.queries import LEADS, office_above

from . import words
from .needs import Need
from .year import Year

PLAIN: Final = "plain"
TURNS: Final = {
    PLAIN: 57,
    "extend": 8,
    "send_back": 8,
    "suspend": 6,
    "ask_help": 6,
    "inform": 6,
    "merge": 3,
    "divide": 2,
    "whistle": 3,
    "assign": 1,
}
"""What is odd about a case, by how often it happens in a hundred."""
LATELY: Final = dict.fromkeys(TURNS, 1) | {PLAIN: 9}
"""The same for the latest fortnight, in which whoever looks at the city wants to meet each of them."""
AT_FIRST: Final = ("send_back", "merge", "assign")
"""Happens before the case is accepted; everything else while it is under way."""
HASTE: Final = {"critical": (0.1, 0.5), "urgent": (0.5, 9)}
"""Hours until the next act, where it is urgent."""
RATED, CALLED, REACHED, IN_TIME, STAYS_SHARE, RULED_SOON, NOTED = 0.45, 0.8, 0.85, 0.93, 0.5, 0.2, 0.1


class Life:
    """A case on its way through the year."""

    def __init__(self, year: Year, case: Case, need: Need, again: Callable[[], Followed]) -> None:
        """`again` lets somebody else bring the same matter in words by which it is not known again."""
        self.year, self.case, self.need, self.again = year, case, need, again
        self.answer_text: str = need["answer"]
        self.turn = year.dealt(LATELY if year.is_recent(clock.now()) else TURNS)

    def begin(self) -> None:
        """Plan the first act of whoever leads it."""
        first = self.refuse if "ground" in self.need else self._turn() if self.turn in AT_FIRST else self.accept
        self._towards_turn(first, [0, 0, 0, 1, 1, 2])

    def _turn(self) -> Callable[[], None]:
        act: Callable[[], None] = getattr(self, self.turn)
        return act

    def _towards_turn(self, act: Callable[[], None], days: Sequence[float]) -> None:
        """Plan what leads to what is odd about it: of the latest it comes at once, since whoever looks today wants to meet it."""
        if self.turn == PLAIN or not self.year.is_recent(clock.now()):
            self._then(act, days)
        else:
            self.year.plan(self._soon() or self.year.after(clock.now(), 0), act)

    def _soon(self) -> datetime | None:
        """Return a moment within hours where it is urgent."""
        hours = HASTE.get(self.case.category.urgency)
        return self.year.on_duty(clock.now(), self.year.chance.uniform(*hours)) if hours else None

    def _then(self, act: Callable[[], None], days: Sequence[float]) -> None:
        """Plan an act: within hours where it is urgent, else some days later in office hours; of the latest cases some wait for it."""
        at = clock.now()
        if self.year.goes_on(at):
            self.year.plan(self._soon() or self.year.after(at, self.year.chance.choice(days)), act)

    def _later(self, act: Callable[[], None], days: Sequence[float]) -> None:
        """Plan an act that comes for certain, in office hours."""
        self.year.plan(self.year.after(clock.now(), self.year.chance.choice(days)), act)

    def _by_resident(self, act: Callable[[], None], days: Sequence[float]) -> None:
        """Plan what the resident does, some days later."""
        self.year.plan(self.year.some_day_after(clock.now(), self.year.chance.choice(days)), act)

    def _tried(self, act: Callable[[], None]) -> bool:
        """Do something unless it is too late for it, or overtaken."""
        try:
            act()
        except Refused:
            return False
        return True

    # --- before it is accepted

    def refuse(self) -> None:
        """Not take it on, for the reason that lies in the need."""
        worker = self.year.worker_of(self.case.lead_id)
        actions.refuse(self.case, ground=Ground(self.need["ground"]), text=self.answer_text, by=worker)

    def send_back(self) -> None:
        """Say that it is somebody else's; of the latest, most still wait for the ruling."""
        worker = self.year.worker_of(self.case.lead_id)
        if not self._tried(lambda: dispatch.send_back(self.case, text=words.NOT_OURS, by=worker)):
            self.accept()
        elif not self.year.is_recent(clock.now()) or self.year.likely(RULED_SOON):
            self._later(self.designate, [1, 2])

    def designate(self) -> None:
        """Rule: half of them stay where they were for good, the others go to a body above."""
        others = [one for one in takers_of(self.case) if one.kind.code in LEADS]
        if not others or self.year.likely(STAYS_SHARE):
            dispatch.designate(self.case, body=self.case.lead, is_final=True, text=words.STAYS, by=SYSTEM)
        else:
            body = self.year.chance.choice(others[:3])
            dispatch.designate(self.case, body=body, is_final=False, text=words.MOVES.format(body=body.name), by=SYSTEM)
        self._then(self.accept, [1])

    def assign(self) -> None:
        """Be given to another body before anybody has accepted it."""
        others = takers_of(self.case)
        if others:
            dispatch.assign(self.case, body=others[0], by=SYSTEM)
        self._then(self.accept, [0, 1])

    def merge(self) -> None:
        """Answer what somebody else has brought about the same with it."""
        became, worker = self.again(), self.year.worker_of(self.case.lead_id)
        if became.how is How.NEW:  # else it has a life of its own
            self._tried(lambda: supports.merge(became.case, into=self.case, by=worker))
        self._then(self.accept, [0])

    # --- under way

    def accept(self) -> None:
        """Take it on; what is odd about it comes next, else the answer."""
        actions.accept(self.case, by=self.year.worker_of(self.case.lead_id))
        if self.year.likely(NOTED):
            actions.note(self.case, text=words.NOTED_TEXT, by=self.year.worker_of(self.case.lead_id))
        odd = self.turn != PLAIN and self.turn not in AT_FIRST and self.case.round == 1
        days = [1, 1, 1, 2, 2, 3, 3, 4, 5, 8]
        if odd:
            self._towards_turn(self._turn(), days)
        else:
            self._then(self.answer, days)

    def inform(self) -> None:
        """Tell the resident how far it is."""
        worker = self.year.worker_of(self.case.lead_id)
        self._tried(lambda: actions.inform(self.case, text=words.NEWS, by=worker))
        self._then(self.answer, [1, 2])

    def extend(self) -> None:
        """Take longer, unless its time is up."""
        worker = self.year.worker_of(self.case.lead_id)
        self._tried(lambda: actions.extend(self.case, amount=3, text=words.LONGER, by=worker))
        self._then(self.answer, [2, 3, 4])

    def suspend(self) -> None:
        """Wait for a part, unless its time is up; of the latest it has not come yet."""
        worker = self.year.worker_of(self.case.lead_id)
        if self._tried(lambda: actions.suspend(self.case, text=words.WAITS, by=worker)):
            self._later(self.resume, [15] if self.year.is_recent(clock.now()) else [7, 9, 12])
        else:
            self.answer()

    def resume(self) -> None:
        """Go on with it."""
        worker = self.year.worker_of(self.case.lead_id)
        if self._tried(lambda: actions.resume(self.case, text=words.WAITED, by=worker)):
            self._later(self.answer, [1])

    def ask_help(self) -> None:
        """Ask a body above to help; mostly it reports in time."""
        others = takers_of(self.case)
        body, worker = (others[0] if others else None), self.year.worker_of(self.case.lead_id)
        if body and self._tried(lambda: dispatch.ask_help(self.case, body=body, wanted=words.HELP_WANTED, by=worker)):
            helper = self.year.worker_of(body.pk)
            if helper is not SYSTEM:
                self._later(lambda: self.contribute(helper), [0, 1])
        self._then(self.answer, [2, 3])

    def contribute(self, helper: Actor) -> None:
        """Let the co-handler report, unless the answer was given before."""
        self._tried(lambda: dispatch.contribute(self.case, text=words.HELPED, by=helper))

    def divide(self) -> None:
        """Give a part of it to a body above, which answers for itself; the whole is answered after it."""
        others = takers_of(self.case)
        if others:
            part = supports.divide(self.case, body=others[0], text=words.A_PART, by=self.caller)
            other = Life(self.year, part, self.need | {"answer": words.HELPED}, self.again)
            other.turn = PLAIN
            other.begin()
        self._then(self.answer, [8, 10])

    def whistle(self) -> None:
        """Call for a higher body, which reports in; mostly in time."""
        higher, worker = higher_than(self.case), self.year.worker_of(self.case.lead_id)
        body = higher[0] if higher else None
        if body and self._tried(lambda: escalations.whistle(self.case, body=body, text=words.WHISTLED, by=worker)):
            called = self.year.worker_of(body.pk)
            if called is not SYSTEM:
                self._then(lambda: self.report_in(called), [0, 1])
        self._then(self.answer, [2, 3, 4])

    def report_in(self, called: Actor) -> None:
        """Let the higher body take part, unless the answer was given before."""
        say = {"answer": Answer.TAKES_PART, "text": words.REPORTED_IN}
        self._tried(lambda: escalations.report_in(self.case, **say, by=called))  # type: ignore[arg-type]

    # --- its end

    def answer(self) -> None:
        """Tell the resident what was done, and wait for their judgement."""
        worker = self.year.worker_of(self.case.lead_id)
        if not self._tried(lambda: actions.answer(self.case, text=self.answer_text, by=worker)):
            return  # a part of it is still open
        has_phone = bool(self.case.reporter.contact)
        if has_phone and self.year.likely(RATED):
            self._by_resident(self.rate, [1, 1, 2, 3, 5])
        elif has_phone and self.year.likely(CALLED):
            self._then(self.call_back, [1, 2, 2, 3])
        else:
            self._later(lambda: self.close(words.SILENT), [15, 16, 16, 18])

    def rate(self) -> None:
        """Let the resident judge of their own accord, and reopen what is not solved."""
        judgement = self._judgement()
        callbacks.rate(self.case, **judgement, by=Person(contact=self.case.reporter.contact))
        if judgement["solved"] is Solved.NO and self.case.round == 1:
            self._by_resident(self.reopen, [1])
        else:
            self._close_as(judgement["solved"])

    def call_back(self) -> None:
        """Call the resident: some are not reached and called again."""
        if not self.year.likely(REACHED):
            callbacks.miss(self.case, way=Way.PHONE, missed=Missed.NO_ANSWER, by=self.caller)
            self._later(self.call_again, [1, 2])
            return
        self.call_again()

    def call_again(self) -> None:
        """Take down what the resident says."""
        judgement = self._judgement()
        callbacks.call_back(self.case, way=Way.PHONE, **judgement, by=self.caller)
        self._close_as(judgement["solved"])

    @property
    def caller(self) -> Actor:
        """Somebody of the office above the lead."""
        return self.year.worker_of(office_above(self.case.lead).pk)

    def _judgement(self) -> dict[str, Any]:
        chance = self.year.chance
        solved = chance.choices(list(Solved), [80, 12, 8])[0]
        satisfied = chance.choices(list(Satisfied), [75, 20, 5] if solved is Solved.YES else [10, 50, 40])[0]
        return {"contacted": self.year.likely(IN_TIME), "solved": solved, "satisfied": satisfied, "remark": ""}

    def _close_as(self, solved: Solved) -> None:
        self._later(lambda: self.close(words.SOLVED.get(solved.value, words.SOLVED["partly"])), [1])

    def reopen(self) -> None:
        """Begin again, and find the cause this time."""
        actions.reopen(self.case, text=words.REOPENED, by=Person(contact=self.case.reporter.contact))
        self.answer_text = words.ANSWERED_AGAIN
        self._later(self.accept, [1])

    def close(self, text: str) -> None:
        """End it."""
        actions.close(self.case, text=text, by=self.year.worker_of(self.case.lead_id))
