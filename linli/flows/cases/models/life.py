"""The life of a case: every step that moves it (docs/lifecycles.md)."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused, Stateful, status_field, step
from linli.ground.database.writing import insert
from linli.ground.redaction.queries import masked

from .choices import ENDED, LIVE, OPEN, Ground, LeadBy, Status, Word
from .words import Statement, without_numbers

if TYPE_CHECKING:
    from linli.ground.organisations.models import Body

    from .cases import Case
    from .words import CallBack


class Life(Stateful):
    """A need from receipt to its end: where it stands, since when, by whose hand."""

    status = status_field(Status, Status.RECEIVED)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    received_at = models.DateTimeField(_("received"), default=clock.now)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.CharField(max_length=100, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.CharField(max_length=100, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.CharField(max_length=100, blank=True)
    ground = models.CharField(_("why it is not taken on"), max_length=10, choices=Ground.choices, blank=True)
    returns = models.PositiveSmallIntegerField(_("times sent back"), default=0)
    is_final = models.BooleanField(_("finally designated"), default=False)
    merged_into = models.ForeignKey("cases.Case", models.PROTECT, null=True, editable=False, related_name="merged")

    statements: Any
    call_backs: Any
    reporter: Any
    lead: "Body"
    lead_by: str
    route: Any

    class Meta:
        abstract = True

    def lock(self) -> None:
        """Lock it for a step; how it stood before the step is asked anew."""
        super().lock()
        for name in ("standing", "ratings"):
            self.__dict__.pop(name, None)

    @step(source=[Status.RECEIVED], target=Status.ACCEPTED)
    def accept(self, *, by: Actor) -> None:
        """Take the case on (受理): from now on the lead is at work on it."""
        self.accepted_at, self.accepted_by = clock.now(), by.post_ref or by.ref

    @step(source=[Status.RECEIVED], target=Status.RETURNED)
    def send_back(self, *, text: str, by: Actor) -> None:
        """Say why it is not the lead's (退回), for the dispatcher to rule on; raises Refused for a final designation."""
        if self.is_final:
            raise Refused(self, "send_back")
        self.returns += 1
        self._say(Word.RETURN, text, by)

    @step(source=[Status.RETURNED], target=Status.RECEIVED)
    def designate(self, *, lead: "Body", is_final: bool, text: str, by: Actor) -> None:
        """Rule on a case that was sent back (裁定): who leads it, and whether that is final (潍坊市 2021 art. 22)."""
        self._give(lead)
        self.is_final = is_final
        self._say(Word.RULING, text, by)

    @step(source=[Status.RECEIVED], target=None)
    def assign(self, *, lead: "Body", by: Actor) -> None:  # noqa: ARG002 (the log takes `by`)
        """Give a case that nobody has accepted yet to another lead (改派); raises Refused where it leads already."""
        if lead.pk == self.lead.pk:
            raise Refused(self, "assign")
        self._give(lead)

    @step(source=[Status.RECEIVED, Status.ACCEPTED, Status.SUSPENDED], target=None)
    def hand_over(self, *, lead: "Body", text: str, by: Actor) -> None:
        """Rule on a higher body's offer to lead (接手牵头); where it names the present lead, that one keeps the case (首接负责)."""
        if lead.pk != self.lead.pk:
            self._give(lead)
        self._say(Word.HAND_OVER, text, by)

    @step(source=[Status.ACCEPTED], target=None)
    def extend(self, *, text: str, by: Actor) -> None:
        """Say why it takes longer (延期); the resident is told. The clock itself moves with it (`actions.extend`)."""
        self._say(Word.EXTENSION, text, by)

    @step(source=[Status.ACCEPTED], target=Status.SUSPENDED)
    def suspend(self, *, text: str, by: Actor) -> None:
        """Let it stand for a reason that the resident has agreed to (挂账); the clock stands with it."""
        self._say(Word.SUSPENSION, text, by)

    @step(source=[Status.SUSPENDED], target=Status.ACCEPTED)
    def resume(self, *, text: str, by: Actor) -> None:
        """Take it up again (恢复办理)."""
        self._say(Word.RESUMPTION, text, by)

    @step(source=[Status.RECEIVED, Status.ACCEPTED], target=Status.REFUSED)
    def refuse(self, *, ground: str, text: str, by: Actor) -> None:
        """Not take it on (不予受理), for one of the grounds, each of which names the lawful channel."""
        self.ground = ground
        self.closed_at, self.closed_by = clock.now(), by.post_ref or by.ref
        self._say(Word.REFUSAL, text, by)

    @step(source=LIVE, target=Status.MERGED)
    def merge(self, *, into: "Case", by: Actor) -> None:
        """End as part of another case about the same matter (并案): that one is answered for both."""
        self.merged_into = into
        self.closed_at, self.closed_by = clock.now(), by.post_ref or by.ref

    @step(source=[Status.MERGED], target=Status.RECEIVED)
    def split(self, *, by: Actor) -> None:  # noqa: ARG002
        """Go on by itself again (撤销并案), because it was another matter after all."""
        self.merged_into = self.accepted_at = self.closed_at = None
        self.accepted_by = self.closed_by = ""

    @step(source=[Status.ACCEPTED], target=Status.ANSWERED)
    def answer(self, *, text: str, by: Actor) -> None:
        """Tell the resident what was done (答复)."""
        self.answered_at, self.answered_by = clock.now(), by.post_ref or by.ref
        self._say(Word.ANSWER, text, by)

    @step(source=[Status.ANSWERED], target=Status.CLOSED)
    def close(self, *, text: str, by: Actor) -> None:
        """End the case after the answer (办结), saying how it ended."""
        self.closed_at, self.closed_by = clock.now(), by.post_ref or by.ref
        self._say(Word.CLOSING, text, by)

    @step(source=[Status.ANSWERED, Status.CLOSED], target=Status.RECEIVED)
    def reopen(self, *, text: str, by: Actor) -> None:
        """Begin the next round because the matter is not solved (重新办理)."""
        self.accepted_at = self.answered_at = self.closed_at = None
        self.accepted_by = self.answered_by = self.closed_by = ""
        self.round += 1
        self._say(Word.REOPENING, text, by)

    @step(source=OPEN, target=None)
    def urge(self, *, text: str, by: Actor) -> None:
        """Tell the lead that what it owes is overdue, and what is expected of it (督办)."""
        self._say(Word.URGING, text, by)

    @step(source=[Status.ACCEPTED, Status.SUSPENDED], target=None)
    def inform(self, *, text: str, by: Actor) -> None:
        """Tell the resident how far it is (进展), before there is an answer."""
        self._say(Word.UPDATE, text, by)

    @step(source=list(Status), target=None)
    def note(self, *, text: str, by: Actor) -> None:
        """Write something down for those who work on it (内部记录); the resident never sees it."""
        self._say(Word.NOTE, text, by)

    @step(source=[Status.ANSWERED, Status.CLOSED], target=None)
    def rate(self, *, heard: "CallBack", by: Actor) -> None:
        """Take down the resident's own judgement of this round (评价); once a round, the database sees to it."""
        self._hear(heard, by)

    @step(source=[Status.ANSWERED, Status.CLOSED], target=None)
    def call_back(self, *, heard: "CallBack", by: Actor) -> None:
        """Take down what the resident said when called back (回访), or that the call did not reach them."""
        self._hear(heard, by)

    @step(source=ENDED, target=None)
    def forget(self, *, by: Actor) -> None:  # noqa: ARG002
        """Let go of who brought it, for the time of keeping is over (`retention.case.years`); the matter stays."""
        self.reporter.forget()
        self.statements.exclude(original="").update(original="")

    @step(source=ENDED, target=None)
    def forget_contact(self, *, by: Actor) -> None:  # noqa: ARG002
        """Let go of the phone of somebody without an account (`retention.contact.days`); the name stays with the matter."""
        self.reporter.forget("phone", "contact", "original")
        self.statements.exclude(original="").update(original="")

    def _hear(self, heard: "CallBack", by: Actor) -> None:
        heard.remark = masked(heard.remark)
        heard.round, heard.lead, heard.at, heard.by, heard.post = (
            self.round,
            self.lead,
            clock.now(),
            by.ref,
            by.post_ref,
        )
        self.call_backs.add(heard, bulk=False)

    def _give(self, lead: "Body") -> None:
        self.lead, self.lead_by, self.route = lead, LeadBy.RULING, None

    def _say(self, kind: Word, text: str, by: Actor) -> None:
        said = {"kind": kind, "at": clock.now(), "post": by.post_ref, **without_numbers(text)}
        insert(Statement(case_id=self.pk, round=self.round, **said), later=True)
