"""Requests about personal data: a copy, a correction, erasure."""

from typing import ClassVar, Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock, codes
from linli.ground.core.crypto import EncryptedField
from linli.ground.core.lifecycle import Stateful, status_field, step
from linli.ground.people.models import Person


class RequestKind(models.TextChoices):
    """What a person may ask about their own data (PIPL art. 44–47)."""

    EXPORT = "export", _("a copy of my data")
    CORRECTION = "correction", _("correct my data")
    ERASURE = "erasure", _("erase my data")


class RequestStatus(models.TextChoices):
    """Where a request stands."""

    REQUESTED = "requested", _("waiting")
    DONE = "done", _("fulfilled")
    REFUSED = "refused", _("refused")


class Refusal(models.TextChoices):
    """Why a request may be refused; each is a reason that the law knows (PIPL art. 13, 45, 47)."""

    DUTY = "duty", _("the law requires the data to be kept")
    HOLD = "hold", _("the data are under a legal hold")
    OPEN_MATTER = "open_matter", _("a matter of yours is still open")
    IDENTITY = "identity", _("it could not be shown that the data are yours")
    CORRECT = "correct", _("the data agree with the papers")


REASONS: Final = {
    RequestKind.EXPORT: (Refusal.IDENTITY,),
    RequestKind.CORRECTION: (Refusal.CORRECT, Refusal.IDENTITY),
    RequestKind.ERASURE: (Refusal.DUTY, Refusal.HOLD, Refusal.OPEN_MATTER, Refusal.IDENTITY),
}
"""Which reasons answer which request."""


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    """How requests are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the actor's own requests and those of the place whose register the actor keeps."""
        own = models.Q(person=actor.person) if actor.person else models.Q(pk__in=[])
        area = actor.area(Power.KEEP_REGISTER)
        if area is None:
            return self.filter(own)
        return self.filter(own | models.Q(person__place__path__startswith=area))

    def waiting(self) -> Self:
        """Return those that nobody has answered."""
        return self.filter(status=RequestStatus.REQUESTED)


class DataRequest(Stateful):
    """A person's request about their own personal data; it waits for the keeper of the register of their place."""

    reference = models.CharField(max_length=8, unique=True, default=codes.new_code, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="data_requests", verbose_name=_("person"))
    kind = models.CharField(_("request"), max_length=20, choices=RequestKind.choices)
    status = status_field(RequestStatus, RequestStatus.REQUESTED)
    wish = EncryptedField(_("what should be corrected"), blank=True)
    requested_at = models.DateTimeField(_("requested"), default=clock.now, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    refusal = models.CharField(_("reason"), max_length=20, choices=Refusal.choices, blank=True)
    reason = models.CharField(_("explanation"), max_length=500, blank=True)
    parting = EncryptedField(_("phone for the last message"), blank=True, editable=False)
    """The phone of somebody whose data are erased, until they have been told so: seconds, at most three days."""

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        """One open request of a kind; a refusal has its reason."""

        verbose_name = _("request about personal data")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(status="requested"),
                name="one_open_request_of_a_kind",
                violation_error_message=_("A request of this kind is waiting already."),
            ),
            models.CheckConstraint(
                condition=models.Q(status="requested", decided_at__isnull=True, refusal="")
                | models.Q(status="done", decided_at__isnull=False, refusal="")
                | (models.Q(status="refused", decided_at__isnull=False) & ~models.Q(refusal="")),
                name="data_request_status_has_its_facts",
                violation_error_message=_("A decided request has its time, a refused one its reason."),
            ),
            models.CheckConstraint(
                condition=models.Q(parting="") | models.Q(kind="erasure", status="done"),
                name="last_message_after_erasure",
            ),
        ]

    def __str__(self) -> str:
        """Name the request."""
        return self.reference

    @property
    def place_path(self) -> str:
        """The place of the person."""
        return self.person.place_path

    @step(source=[RequestStatus.REQUESTED], target=RequestStatus.DONE)
    def finish(self, *, by: Actor, parting: str = "") -> None:  # noqa: ARG002 (the log takes `by`)
        """The request is fulfilled; `parting` is the phone of somebody whose data are erased now, for the last message."""
        self.decided_at, self.parting = clock.now(), parting

    @step(source=[RequestStatus.REQUESTED], target=RequestStatus.REFUSED)
    def refuse(self, *, refusal: Refusal, reason: str, by: Actor) -> None:  # noqa: ARG002
        """The request is refused for a reason that the law knows, explained in words."""
        self.decided_at, self.refusal, self.reason = clock.now(), refusal, reason
