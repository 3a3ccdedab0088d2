"""What leaves the house: tried, tried again later and later, and at last put before a person.

Rows of this kind are the outbox itself. Their moves are not events of the log: a log that told of each sending would have to be sent too.
What a person does with them is.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Self, TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.places.queries import city

T = TypeVar("T", bound="Outgoing")
LEASE = timedelta(minutes=10)  # longer than a batch takes; a worker that dies holding a row gives it back after this
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)


class Sending(models.TextChoices):
    """How far something that leaves the house has come."""

    QUEUED = "queued", _("waiting to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed, will be tried again")
    DEAD = "dead", _("could not be delivered")
    DROPPED = "dropped", _("no longer due")


KINDS = {
    Sending.QUEUED: "wait",
    Sending.SENT: "done",
    Sending.FAILED: "soon",
    Sending.DEAD: "late",
    Sending.DROPPED: "stop",
}
OPEN = (Sending.QUEUED, Sending.FAILED)


class OutgoingQuerySet(models.QuerySet[T]):
    """How the outbox is worked through."""

    def due(self) -> Self:
        """Return what is to be tried now."""
        return self.filter(status__in=OPEN, next_try_at__lte=clock.now())

    def dead(self) -> Self:
        """Return what waits for a person."""
        return self.filter(status=Sending.DEAD)

    def claim(self, limit: int) -> list[T]:
        """Take the due rows that nobody else is working on, for as long as the lease; a row is sent at least once."""
        with transaction.atomic():
            rows = list(
                self.due().select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "pk")[:limit]
            )
            self.model._base_manager.filter(pk__in=[row.pk for row in rows]).update(next_try_at=clock.now() + LEASE)
        return rows


class Outgoing(models.Model):
    """One thing to be sent to one recipient over one channel."""

    FAULTS: ClassVar[Mapping[str, Promise]] = {}
    """The words for the codes of what may go wrong on this way."""

    status = models.CharField(_("status"), max_length=20, choices=Sending.choices, default=Sending.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"))
    last_fault = models.CharField(_("last fault"), max_length=60, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        """Only its heirs have tables; open rows have no time of settlement, all others have one."""

        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=OPEN, settled_at__isnull=True)
                | (~Q(status__in=OPEN) & Q(settled_at__isnull=False)),
                name="%(class)s_settled_has_time",
            ),
            models.CheckConstraint(condition=Q(status__in=Sending.values), name="%(class)s_status_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"], name="%(class)s_due", condition=Q(status__in=OPEN)),
            models.Index(fields=["-id"], name="%(class)s_dead", condition=Q(status=Sending.DEAD)),
            models.Index(fields=["settled_at"], name="%(class)s_settled", condition=Q(settled_at__isnull=False)),
        ]

    def __str__(self) -> str:
        """Say how far it has come."""
        return f"{self.pk} {self.status}"

    @property
    def kind(self) -> str:
        """How the status is drawn."""
        return KINDS[Sending(self.status)]

    @property
    def fault(self) -> str:
        """The last fault in words; an HTTP answer by its number."""
        return str(self.FAULTS.get(self.last_fault) or self.last_fault.replace("http_", "HTTP "))

    def sent(self) -> None:
        """Note that it has arrived."""
        self._settle(Sending.SENT, "")

    def dropped(self, reason: str) -> None:
        """Note that it is not to be sent any more; `reason` is a code."""
        self._settle(Sending.DROPPED, reason)

    def failed(self, fault: str) -> None:
        """Note a failed try by its code; after the last wait it is dead."""
        if self.tries >= len(WAITS):
            self._settle(Sending.DEAD, fault)
            return
        self.status, self.last_fault = Sending.FAILED, fault
        self.next_try_at = self.allowed_from(clock.now() + WAITS[self.tries])
        self.tries += 1
        self.save(update_fields=["status", "last_fault", "next_try_at", "tries"])

    def postponed(self, until: datetime) -> None:
        """Give it back untried."""
        self.next_try_at = until
        self.save(update_fields=["next_try_at"])

    def revive(self) -> None:
        """Queue it afresh, with all its tries; raises Refused for one that is not dead (any more)."""
        fresh = {
            "status": Sending.QUEUED,
            "tries": 0,
            "settled_at": None,
            "next_try_at": self.allowed_from(clock.now()),
        }
        if not type(self)._base_manager.filter(pk=self.pk, status=Sending.DEAD).update(**fresh):
            raise Refused(self, "revive")
        self.refresh_from_db(fields=list(fresh))

    def allowed_from(self, moment: datetime) -> datetime:
        """Return the first moment from this one on at which the channel may be used."""
        return moment

    def _settle(self, status: Sending, fault: str) -> None:
        self.status, self.last_fault, self.settled_at = status, fault, clock.now()
        self.tries += status != Sending.DROPPED
        self.save(update_fields=["status", "last_fault", "settled_at", "tries"])


def in_area(actor: Actor, field: str) -> Q:
    """Return the condition "belongs to the area this administrator answers for"; what has no place belongs to the whole city."""
    area = actor.area(Power.ADMINISTER)
    if area is None:
        return Q(pk__in=[])
    inside = Q(**{f"{field}__startswith": area})
    return inside | Q(**{field: ""}) if _is_whole_city(area) else inside


def covers(actor: Actor, place_path: str) -> bool:
    """Say the same as `in_area` of one thing's place."""
    area = actor.area(Power.ADMINISTER)
    if area is None:
        return False
    return place_path.startswith(area) or (not place_path and _is_whole_city(area))


def _is_whole_city(area: str) -> bool:
    opened = city()
    return opened is not None and opened.path.startswith(area)
