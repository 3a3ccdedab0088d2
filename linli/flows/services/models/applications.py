"""One application (办件) and its life."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.codes import new_code
from linli.ground.core.lifecycle import Stateful, status_field, step
from linli.ground.organisations.models import Body

from .choices import ApplicationChannel, ApplicationStatus, Outcome

OPEN: Final = (
    ApplicationStatus.RECEIVED,
    ApplicationStatus.RETURNED,
    ApplicationStatus.ACCEPTED,
    ApplicationStatus.DECIDED,
)
ENDED: Final = (ApplicationStatus.DELIVERED, ApplicationStatus.WITHDRAWN)
"""Nobody has to act on these any more."""
ENDED_AT: Final = Coalesce("delivered_at", "withdrawn_at")
ALSO_SEEN: Final[list[Callable[[Actor], Q]]] = []
"""By what else somebody sees an application: apps above add theirs in `ready()`."""
MOMENTS: Final = ("returned", "accepted", "decided", "delivered", "withdrawn")


def _at(status: ApplicationStatus, *has: str, lacks: tuple[str, ...]) -> Q:
    """Return the condition that ties a status to its moments."""
    return Q(
        status=status, **{f"{one}_at__isnull": False for one in has}, **{f"{one}_at__isnull": True for one in lacks}
    )


class ApplicationQuerySet(models.QuerySet["Application"]):
    """How applications are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the actor's own, those of the place they watch over, those that their body handles, decides, is competent for or asked."""
        seen = reduce(or_, (also(actor) for also in ALSO_SEEN), Q(pk__in=[]))
        if actor.contact:
            seen |= Q(applicant__contact=actor.contact)
        if actor.person:
            seen |= Q(applicant__person=actor.person)
        if actor.post and actor.holds_in(Power.HANDLE_APPLICATIONS, actor.post.body):
            seen |= Q(handler=actor.post.body)
        if actor.post and actor.holds_in(Power.DECIDE_APPLICATIONS, actor.post.body):
            own = Body.objects.filter(pk=actor.post.body).exclude(slot="").values("slot")
            seen |= Q(decider=actor.post.body)
            seen |= Q(item__department__in=own, place__path__startswith=actor.post.place_path)
        area = actor.area(Power.OVERSEE_APPLICATIONS)
        if area is not None:
            seen |= Q(place__path__startswith=area)
        return self.filter(seen).select_related(
            "item", "place__parent__parent__parent", "handler", "decider", "applicant"
        )

    def open(self) -> Self:
        """Return those that somebody still has to act on."""
        return self.filter(status__in=OPEN)

    def ended(self) -> Self:
        """Return those that nobody has to act on any more, each with its end (`ended_at`)."""
        return self.filter(status__in=ENDED).annotate(ended_at=ENDED_AT)


class Application(Stateful):
    """An application for one item, from receipt to the result (办件)."""

    reference = models.CharField(_("reference"), max_length=12, unique=True, default=new_code, editable=False)
    sent_as = models.UUIDField(null=True, unique=True, editable=False)
    """The one sending of a form that brought it; pressed twice it brings no second one."""
    status = status_field(ApplicationStatus, ApplicationStatus.RECEIVED)
    item = models.ForeignKey("guides.Item", models.PROTECT, related_name="+", verbose_name=_("service item"))
    item_version = models.PositiveIntegerField(editable=False)
    promised_days = models.PositiveSmallIntegerField(editable=False)
    """What the item promised when it was applied for."""
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("place"))
    handler = models.ForeignKey("organisations.Body", models.PROTECT, related_name="+", verbose_name=_("handler"))
    decider = models.ForeignKey(
        "organisations.Body", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decides")
    )
    """The competent department to which it was forwarded when it was accepted (报批); none where the handler decides itself."""
    channel = models.CharField(_("channel"), max_length=10, choices=ApplicationChannel.choices)
    helped_by = models.CharField(max_length=100, blank=True)
    """The post whose holder applied for somebody who cannot (代办)."""
    received_at = models.DateTimeField(_("received"), default=clock.now)
    submitted_at = models.DateTimeField(_("papers handed in"), default=clock.now)
    """When the papers came last: the time to accept counts from it."""
    returned_at = models.DateTimeField(_("papers asked for"), null=True, blank=True)
    returned_by = models.CharField(max_length=100, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.CharField(max_length=100, blank=True)
    is_deemed = models.BooleanField(default=False)
    """Accepted by law because nobody answered in time (行政许可法 art. 32)."""
    extended_at = models.DateTimeField(_("extended"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    outcome = models.PositiveSmallIntegerField(_("decision"), choices=Outcome.choices, null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    remedies = models.TextField(_("remedies"), max_length=1000, blank=True)
    rule_ref = models.CharField(max_length=100, blank=True)
    """The version of the rule, or of the item, by which its time was counted."""
    delivered_at = models.DateTimeField(_("result handed out"), null=True, blank=True)
    delivered_by = models.CharField(max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.CharField(max_length=100, blank=True)

    objects = ApplicationQuerySet.as_manager()
    applicant: Any

    class Meta:
        verbose_name = _("application")
        indexes: ClassVar = [
            models.Index(fields=["handler", "-received_at", "-id"], name="application_by_handler"),
            models.Index(fields=["place", "-received_at", "-id"], name="application_by_place"),
            models.Index(ENDED_AT, name="application_by_end", condition=Q(status__in=ENDED)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{moment}_at__isnull": True, f"{moment}_by": ""})
                    | (Q(**{f"{moment}_at__isnull": False}) & ~Q(**{f"{moment}_by": ""})),
                    name=f"application_{moment}_by_somebody",
                )
                for moment in MOMENTS
            ),
            models.CheckConstraint(
                condition=_at(ApplicationStatus.RECEIVED, lacks=("accepted", "decided", "delivered", "withdrawn"))
                | _at(ApplicationStatus.RETURNED, "returned", lacks=("accepted", "decided", "delivered", "withdrawn"))
                | _at(ApplicationStatus.ACCEPTED, "accepted", lacks=("decided", "delivered", "withdrawn"))
                | _at(ApplicationStatus.DECIDED, "accepted", "decided", lacks=("delivered", "withdrawn"))
                | _at(ApplicationStatus.DELIVERED, "accepted", "decided", "delivered", lacks=("withdrawn",))
                | _at(ApplicationStatus.WITHDRAWN, "withdrawn", lacks=("decided", "delivered")),
                name="application_status_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome=None, decided_at=None)
                | Q(outcome=Outcome.GRANTED, decided_at__isnull=False)
                | (Q(outcome=Outcome.REFUSED, decided_at__isnull=False) & ~Q(reason="") & ~Q(remedies="")),
                name="refused_with_reason_and_remedies",
            ),
            models.CheckConstraint(
                condition=(Q(accepted_at=None) | Q(accepted_at__gte=F("received_at")))
                & (Q(decided_at=None) | Q(decided_at__gte=F("accepted_at"))),
                name="application_in_order",
            ),
            models.CheckConstraint(
                condition=Q(decider=None) | Q(accepted_at__isnull=False), name="only_accepted_is_forwarded"
            ),
            models.CheckConstraint(
                condition=Q(is_deemed=False) | Q(accepted_at__isnull=False), name="only_accepted_is_deemed"
            ),
        ]

    def __str__(self) -> str:
        """Name it by its reference."""
        return self.reference

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("services:show", args=[self.reference])

    @property
    def title(self) -> str:
        """What is applied for."""
        return self.item.name

    @property
    def place_path(self) -> str:
        """The place of the matter, for the log."""
        return self.place.path

    @step(source=[ApplicationStatus.RECEIVED], target=ApplicationStatus.RETURNED)
    def ask_papers(self, *, by: Actor) -> None:
        """Name all gaps at once (一次性告知, 行政许可法 art. 32); the notice itself stands beside it, once for each application."""
        self.returned_at, self.returned_by = clock.now(), by.post_ref or by.ref

    @step(source=[ApplicationStatus.RETURNED], target=ApplicationStatus.RECEIVED)
    def complete(self, *, by: Actor) -> None:  # noqa: ARG002 (the log takes `by`)
        """Hand in what was missing (补正): the time to accept begins anew."""
        self.submitted_at = clock.now()

    @step(source=[ApplicationStatus.RECEIVED], target=ApplicationStatus.ACCEPTED)
    def accept(self, *, decider: Body | None = None, by: Actor) -> None:
        """Take it on (受理), and forward it to the department that decides, where one does."""
        self.decider = decider
        self.accepted_at, self.accepted_by = clock.now(), by.post_ref or by.ref

    @step(source=[ApplicationStatus.RECEIVED], target=ApplicationStatus.ACCEPTED)
    def deem_accepted(self, *, decider: Body | None = None, by: Actor) -> None:
        """Count as accepted since the papers came, for nobody has answered in time (行政许可法 art. 32)."""
        self.decider = decider
        self.accepted_at, self.accepted_by, self.is_deemed = self.submitted_at, by.ref, True

    @step(source=[ApplicationStatus.ACCEPTED], target=None)
    def extend(self, *, by: Actor) -> None:  # noqa: ARG002
        """Give the decision more time, once, with the head's approval (行政许可法 art. 42)."""
        self.extended_at = clock.now()

    @step(source=[ApplicationStatus.ACCEPTED], target=None)
    def give_opinion(self, *, by: Actor) -> None:
        """Note that a department has had its say (行政许可法 art. 26); what it said stands beside it, once for each body."""

    @step(source=[ApplicationStatus.ACCEPTED], target=ApplicationStatus.DECIDED)
    def decide(self, *, outcome: Outcome, reason: str, remedies: str, rule_ref: str, by: Actor) -> None:
        """Grant or refuse it; a refusal says why and where to appeal (行政许可法 art. 38)."""
        self.decided_at, self.decided_by = clock.now(), by.post_ref or by.ref
        self.outcome, self.reason, self.remedies, self.rule_ref = outcome, reason, remedies, rule_ref

    @step(source=[ApplicationStatus.DECIDED], target=ApplicationStatus.DELIVERED)
    def deliver(self, *, by: Actor) -> None:
        """Hand the result out (送达)."""
        self.delivered_at, self.delivered_by = clock.now(), by.post_ref or by.ref

    @step(
        source=[ApplicationStatus.RECEIVED, ApplicationStatus.RETURNED, ApplicationStatus.ACCEPTED],
        target=ApplicationStatus.WITHDRAWN,
    )
    def withdraw(self, *, by: Actor) -> None:
        """Take it back before it is decided (撤回)."""
        self.withdrawn_at, self.withdrawn_by = clock.now(), by.post_ref or by.ref

    @step(source=[ApplicationStatus.DELIVERED], target=None)
    def rate(self, *, by: Actor) -> None:
        """Note that the applicant has judged it (好差评); the judgement stands beside it, once."""

    @step(source=ENDED, target=None)
    def forget(self, *, by: Actor) -> None:  # noqa: ARG002
        """Let go of who applied, for the time of keeping is over (`retention.application.years`); that it was decided stays."""
        self.applicant.forget()

    @step(source=ENDED, target=None)
    def forget_contact(self, *, by: Actor) -> None:  # noqa: ARG002
        """Let go of the phone of somebody without an account (`retention.contact.days`)."""
        self.applicant.forget("phone", "contact")
