"""Clocks: one running term each, with every start, pause, extension and stop on the record and a date that explains itself."""

from datetime import datetime
from typing import ClassVar, Final

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linli.commons.calendar.models import DayMark, Days, Pause, Reckoned, Term, Unit, reckon
from linli.commons.calendar.models.strip import strip_of
from linli.commons.calendar.models.wording import explain, moment, quantity
from linli.ground.authority.actors import Actor
from linli.ground.core import clock as city_clock
from linli.ground.core.lifecycle import Refused, Stateful, status_field, step
from linli.ground.core.models import APPEND_ONLY
from linli.ground.database.writing import insert


class ClockStatus(models.TextChoices):
    """What a clock does."""

    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    STOPPED = "stopped", _("stopped")


OPEN: Final = (ClockStatus.RUNNING.value, ClockStatus.PAUSED.value)
PAUSED_AND_OVER: Final = 3
"""The version of a clock whose first pause has ended, at the earliest."""


class Clock(Stateful):
    """A term that runs for one matter: how much of which unit from which moment, in which place's calendar, by which rule."""

    about = models.CharField(max_length=100)
    name = models.CharField(_("name"), max_length=60)
    amount = models.PositiveSmallIntegerField(_("amount"))
    extended = models.PositiveSmallIntegerField(_("extended by"), default=0)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices)
    place_path = models.CharField(_("place"), max_length=20, blank=True, db_collation="C")
    started_at = models.DateTimeField(_("started"))
    due_at = models.DateTimeField(_("due"))
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    rule_ref = models.CharField(max_length=100, blank=True)
    status = status_field(ClockStatus, ClockStatus.RUNNING)

    class Meta:
        """One open clock of a name per matter; each status has its time."""

        verbose_name = _("clock")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["about", "name"],
                condition=models.Q(status__in=OPEN),
                name="one_open_clock_per_name",
                violation_error_message=_("This clock is already running."),
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=1), name="clock_amount"),
            models.CheckConstraint(condition=models.Q(unit__in=Unit.values), name="clock_unit"),
            models.CheckConstraint(condition=models.Q(status__in=ClockStatus.values), name="clock_status"),
            models.CheckConstraint(
                condition=models.Q(status=ClockStatus.STOPPED, stopped_at__isnull=False)
                | (~models.Q(status=ClockStatus.STOPPED) & models.Q(stopped_at__isnull=True)),
                name="stopped_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(status=ClockStatus.PAUSED, paused_at__isnull=False)
                | (~models.Q(status=ClockStatus.PAUSED) & models.Q(paused_at__isnull=True)),
                name="paused_has_its_time",
            ),
            models.CheckConstraint(condition=models.Q(due_at__gt=models.F("started_at")), name="due_after_start"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["about"], name="clock_by_matter"),
            models.Index(fields=["due_at"], name="open_clock_by_due", condition=models.Q(status__in=OPEN)),
        ]

    def __str__(self) -> str:
        """Name the clock."""
        return f"{self.name} {self.about}"

    @step(source=[ClockStatus.RUNNING], target=ClockStatus.PAUSED)
    def pause(self, *, reason: str, by: Actor) -> None:
        """Let the clock stand while somebody else is waited for; raises Refused for a term that has run out."""
        now = city_clock.now()
        if now > self.due_at:
            raise Refused(self, "pause")
        self.paused_at = now
        self._moved(MoveKind.PAUSE, by=by, reason=reason)
        self._tell_todos(is_waiting=True)

    @step(source=[ClockStatus.PAUSED], target=ClockStatus.RUNNING)
    def resume(self, *, by: Actor, reason: str = "") -> None:
        """Let the clock go on; its date moves by the counting time that was lost. This day counts again."""
        self._move(MoveKind.RESUME, by=by, reason=reason, until=city_clock.now())
        self._tell_todos(is_waiting=False, due_at=self.due_at)

    @step(source=OPEN, target=None)
    def extend(self, *, amount: int, reason: str, by: Actor) -> None:
        """Add to the term, in its own unit; raises OutsideCalendar for an amount that leads out of the calendar."""
        self.extended += amount
        self._move(MoveKind.EXTEND, by=by, reason=reason, amount=amount)
        self._tell_todos(due_at=self.due_at)

    @step(source=OPEN, target=ClockStatus.STOPPED)
    def stop(self, *, by: Actor, at: datetime | None = None) -> None:
        """End the clock: what was due is done, now or at the moment that the paper shows. A pause ends with it."""
        self.stopped_at = at or city_clock.now()
        if self.paused_at:
            self._move(MoveKind.STOP, by=by, until=max(self.stopped_at, self.paused_at))
        else:
            self._moved(MoveKind.STOP, by=by)

    @step(source=OPEN, target=None)
    def recompute(self, *, by: Actor) -> None:
        """Count again after the calendar has changed."""
        self._move(MoveKind.RECOMPUTE, by=by)
        self._tell_todos(due_at=self.due_at)

    @property
    def is_waiting(self) -> bool:
        """Whether the clock stands."""
        return self.paused_at is not None

    @property
    def is_late(self) -> bool:
        """Whether the term ran out before the clock was stopped; a standing clock is not late."""
        return self.paused_at is None and (self.stopped_at or city_clock.now()) > self.due_at

    def reckon(self, days: Days | None = None) -> Reckoned:
        """Count the term on today's calendar; `days` is the place's where the caller has just read it."""
        return reckon(self._term(self._pauses()), days) if days else self._counted[2]

    @property
    def stretch(self) -> Days:
        """The stretch of the calendar on which the term is counted."""
        return self._counted[1]

    def sentence(self) -> str:
        """Explain the date: from when, what counts, what was added, and whether the clock stands."""
        term, _days, found = self._counted
        text = explain(term, found)
        if self.paused_at:
            text += _t(" The clock has been standing since %(moment)s.") % {
                "moment": moment(self.paused_at, term.first)
            }
        return text

    def days(self, *, done: str = "") -> tuple[DayMark, ...]:
        """Return the strip of days that shows how the term was counted; empty for terms longer than six weeks.

        `done` names what stopped the clock where that is not simply the end of the matter.
        """
        term, days, found = self._counted
        today = timezone.localdate(self.stopped_at or self.paused_at or city_clock.now())
        stopped = (done or _t("finished on this day")) if self.stopped_at else ""
        return tuple(strip_of(term, found, days, today=today, done=stopped))

    @property
    def limit(self) -> str:
        """The term in words: 5 个工作日."""
        return quantity(self.amount + self.extended, Unit(self.unit))

    @cached_property
    def _counted(self) -> tuple[Term, Days, Reckoned]:
        """The term with every pause that is over, its stretch of the calendar, and where it ends."""
        return self._count(self._pauses())

    def _count(self, pauses: list[Pause]) -> tuple[Term, Days, Reckoned]:
        term = self._term(pauses)
        until = timezone.localdate(self.stopped_at or city_clock.now())
        days = Days(self.place_path, term.first, timezone.localdate(self.due_at), also=until)
        return term, days, reckon(term, days)

    def _term(self, pauses: list[Pause]) -> Term:
        return Term(self.started_at, self.amount, Unit(self.unit), self.extended, tuple(pauses))

    def _pauses(self) -> list[Pause]:
        """Return the pauses that are over, from the moves; nothing is asked where there cannot be one: start, pause, end are three."""
        if self.version < PAUSED_AND_OVER:
            return []
        begun: datetime | None = None
        pauses = []
        for move in self.moves.all():
            if move.kind == MoveKind.PAUSE:
                begun = move.at
            elif begun is not None and move.kind in {MoveKind.RESUME, MoveKind.STOP}:
                pauses.append(Pause(begun, max(begun, move.at)))
                begun = None
        return pauses

    def _move(
        self, kind: "MoveKind", *, by: Actor, reason: str = "", amount: int | None = None, until: datetime | None = None
    ) -> None:
        """Write the move and set the date that follows from all of them; `until` ends the pause that is open."""
        pauses = self._pauses()
        if until is not None and self.paused_at is not None:
            pauses.append(Pause(self.paused_at, until))
            self.paused_at = None
        before = self.due_at
        self.due_at = self._count(pauses)[2].due_at
        self._moved(kind, by=by, reason=reason, amount=amount, before=before)

    def _moved(
        self,
        kind: "MoveKind",
        *,
        by: Actor,
        reason: str = "",
        amount: int | None = None,
        before: datetime | None = None,
    ) -> None:
        move = ClockMove(
            clock=self,
            kind=kind,
            at=self.stopped_at or city_clock.now(),
            reason=reason,
            amount=amount,
            by=by.ref,
            post=by.post_ref,
            due_before=before or self.due_at,
            due_after=self.due_at,
        )
        insert(move, later=True)
        self.__dict__.pop("_counted", None)

    def _tell_todos(self, **changed: object) -> None:
        """Keep the dates of those who wait for this clock in step with it."""
        self.todos.filter(done_at__isnull=True).update(**changed)


class MoveKind(models.TextChoices):
    """What happened to a clock."""

    START = "start", _("started")
    PAUSE = "pause", _("paused")
    RESUME = "resume", _("went on")
    EXTEND = "extend", _("extended")
    STOP = "stop", _("stopped")
    RECOMPUTE = "recompute", _("counted again")


class ClockMove(models.Model):
    """One thing that happened to a clock: when, why, by whom, and what it did to the date. Append-only."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="moves")
    kind = models.CharField(_("kind"), max_length=20, choices=MoveKind.choices)
    at = models.DateTimeField(_("when"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    amount = models.PositiveSmallIntegerField(_("amount"), null=True, blank=True)
    by = models.CharField(max_length=100, blank=True)
    post = models.CharField(max_length=100, blank=True)
    due_before = models.DateTimeField(_("due before"), null=True, blank=True)
    due_after = models.DateTimeField(_("due after"))

    class Meta:
        """In order."""

        verbose_name = _("move of a clock")
        ordering: ClassVar = ["pk"]
        triggers: ClassVar = [APPEND_ONLY]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=MoveKind.values), name="clockmove_kind"),
            models.CheckConstraint(
                condition=models.Q(kind=MoveKind.EXTEND, amount__isnull=False, amount__gte=1)
                | (~models.Q(kind=MoveKind.EXTEND) & models.Q(amount__isnull=True)),
                name="only_extensions_have_an_amount",
            ),
        ]

    def __str__(self) -> str:
        """Say what happened."""
        return f"{self.kind} {self.at:%Y-%m-%d}"
