"""To-dos: every state that waits has exactly one open to-do per party waited for."""

from datetime import datetime
from typing import ClassVar, Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock as city_clock
from linli.ground.core.lifecycle import Refused, Stateful, change

from .clock import Clock

OVERDUE: Final = ".overdue"
"""What an escalated to-do's verb ends with: the body above urges the one below, whose date it shares."""


PARTS: Final[dict[str, frozenset[Power]]] = {}
"""By which powers in a body one has a part in the matters whose verbs begin so (`cases.`); their apps add them in `ready()`."""


class TodoQuerySet(models.QuerySet["Todo"]):
    """How to-dos are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the to-dos of the body of the actor's post in whose matters they have a part, and those of the place that they oversee."""
        if actor.post is None:
            return self if actor.area(Power.OVERSEE_CASES) == "" else self.none()
        area, body = actor.area(Power.OVERSEE_CASES), actor.post.body
        own = models.Q(body_id=body)
        for beginning, powers in PARTS.items():
            if not any(actor.holds_in(power, body) for power in powers):
                own &= ~models.Q(verb__startswith=beginning)
        return self.filter(own if area is None else own | models.Q(place_path__startswith=area))

    def open(self) -> Self:
        """Return those that wait."""
        return self.filter(done_at__isnull=True)

    def counting(self) -> Self:
        """Return the open ones whose time runs: not those that stand with their clock."""
        return self.open().filter(is_waiting=False)

    def overdue(self) -> Self:
        """Return those whose time has run out: the one rule of what is overdue, for what is owed and for who urges it."""
        return self.counting().filter(due_at__lt=city_clock.now())

    def to_escalate(self) -> Self:
        """Return those of which the body above is to be told now."""
        is_time = models.Q(escalates_at=None) | models.Q(escalates_at__lt=city_clock.now())
        return self.overdue().filter(is_time, escalated_at__isnull=True)

    def urging(self, verb: str) -> Self:
        """Return those of the bodies above that look into an act."""
        return self.open().filter(verb=verb + OVERDUE)

    def of_app(self, app: str) -> Self:
        """Return those whose verb belongs to one app, e.g. `cases`."""
        return self.filter(verb__startswith=f"{app}.")

    def at(self, place_path: str) -> Self:
        """Return those of a place and of every place and grid below it."""
        return self.filter(place_path__startswith=place_path)


class Todo(Stateful):
    """One act that one body owes by a moment: what it is about, which verb, and until when. Follows a clock where it has one."""

    about = models.CharField(max_length=100)
    verb = models.CharField(max_length=100)
    title = models.CharField(_("what is to be done"), max_length=200)
    body = models.ForeignKey("organisations.Body", models.PROTECT, related_name="todos", db_index=False)
    place_path = models.CharField(max_length=20, blank=True, db_collation="C")
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, blank=True, related_name="todos")
    opened_at = models.DateTimeField(_("owed since"))
    due_at = models.DateTimeField(_("due"))
    is_waiting = models.BooleanField(_("standing"), default=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    escalates_at = models.DateTimeField(_("escalates"), null=True, blank=True)
    """From when on the body above is told, where that is not at once when it is overdue."""
    escalated_at = models.DateTimeField(_("escalated"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = TodoQuerySet.as_manager()

    class Meta:
        """One open to-do per matter, verb and body. Indexes carry the desk at a million rows."""

        verbose_name = _("to-do")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["about", "verb", "body"],
                condition=models.Q(done_at__isnull=True),
                name="one_open_todo",
                violation_error_message=_("This body has this to-do already."),
            ),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(done_at__gte=models.F("opened_at")),
                name="done_after_opened",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["body", "is_waiting", "due_at", "id"],
                name="todo_desk",
                condition=models.Q(done_at__isnull=True),
            ),
            models.Index(fields=["body", "done_at"], name="todo_done", condition=models.Q(done_at__isnull=False)),
            models.Index(
                fields=["place_path", "due_at"],
                include=["verb", "is_waiting"],  # what is overdue in a city is counted from the index alone
                name="todo_by_place",
                condition=models.Q(done_at__isnull=True),
            ),
            models.Index(
                fields=["due_at"],
                name="todo_to_escalate",
                condition=models.Q(done_at__isnull=True, is_waiting=False, escalated_at__isnull=True),
            ),
            models.Index(
                fields=["due_at"],
                name="todo_to_remind",
                condition=models.Q(done_at__isnull=True, is_waiting=False, reminded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        """Say what is to be done."""
        return self.title

    @property
    def is_urging(self) -> bool:
        """Whether it looks into the act of a body below."""
        return self.verb.endswith(OVERDUE)

    @property
    def is_late(self) -> bool:
        """Whether the time has run out."""
        return self.done_at is None and not self.is_waiting and self.due_at < city_clock.now()

    @change
    def close(self, *, by: Actor, at: datetime | None = None) -> None:  # noqa: ARG002 (the log takes who)
        """Tick it off: the act is done, or not owed any more; raises Refused for one that is ticked off."""
        self._must_be_open("close")
        self.done_at = at or city_clock.now()

    @change
    def remind(self, *, by: Actor) -> None:  # noqa: ARG002
        """Note that the body is told that the time is nearly up; once. The notice itself follows the log."""
        self._must_be_open("remind")
        self.reminded_at = city_clock.now()

    @change
    def escalate(self, *, by: Actor) -> None:  # noqa: ARG002
        """Note that the time is up and the body above is told; once. `actions.chase` opens the to-do above."""
        self._must_be_open("escalate")
        self.escalated_at = city_clock.now()

    @change
    def urge(self, *, until: datetime, by: Actor) -> None:  # noqa: ARG002
        """Note that a body above has urged it (督办): it is to be done by `until`, then the body above is told again."""
        self._must_be_open("urge")
        self.escalates_at, self.escalated_at = until, None

    @change
    def stand(self, *, by: Actor) -> None:  # noqa: ARG002
        """Let it stand while the matter stands: nobody is late meanwhile."""
        self._must_be_open("stand")
        self.is_waiting = True

    @change
    def go_on(self, *, until: datetime, by: Actor) -> None:  # noqa: ARG002
        """Let it go on, to be done by another moment; who has that time is reminded and escalated anew."""
        self._must_be_open("go_on")
        if until > self.due_at:
            self.reminded_at = self.escalated_at = None
        self.is_waiting, self.due_at = False, until

    def _must_be_open(self, verb: str) -> None:
        if self.done_at is not None:
            raise Refused(self, verb)
