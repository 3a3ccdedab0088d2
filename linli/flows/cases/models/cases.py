"""The need of a resident: what it is about, where, who leads it."""

from collections.abc import Callable
from copy import copy
from functools import reduce
from operator import or_
from typing import ClassVar, Final, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from linli.commons.deadlines.queries import Standing, standings
from linli.commons.routing.models import Category, Route
from linli.commons.routing.queries import why
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core.codes import new_code
from linli.ground.organisations.models import Body
from linli.ground.places.queries import within

from .choices import ENDED, LONGEST, OPEN, Channel, Ground, LeadBy, Status
from .life import Life
from .words import CallBack, ratings_of

TITLE_LENGTH: Final = 40
SENTENCE_ENDS: Final = "。！？；\n"
LED: Final = "led"
"""The part of the scope that an index has in the order of a list."""
FOLLOWED: Final[list[Callable[[Actor], Q]]] = []
"""Whose matter a case is: of who brought it (`reporters.brought_by`); apps above add a condition in `ready()`.

Each compares the case's own key with keys that are found first: a join within the scope would keep every index of a case from being used.
"""


def parts_for(actor: Actor) -> dict[str, Q]:
    """Return the conditions of which each shows an actor a case, wherever it is, by what they are about."""
    found = {matters.__name__: matters(actor) for matters in FOLLOWED}
    if actor.post and actor.holds_in(Power.HANDLE_CASES, actor.post.body):
        found |= {LED: Q(lead=actor.post.body), "helped": Q(helped_by__contains=[actor.post.body])}
    return {name: part for name, part in found.items() if part}


class CaseQuerySet(models.QuerySet["Case"]):
    """How cases are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the actor's own matters, the cases that their body leads or helps with, and those of the place they watch over."""
        area = actor.area(Power.OVERSEE_CASES)
        mine = reduce(or_, parts_for(actor).values(), Q(pk__in=[]))
        return self.filter(mine if area is None else mine | within(area)).with_faces()

    def whose_name_may_be_known_to(self, actor: Actor) -> Self:
        """Return the cases whose reporter the actor may see in full (`rules.may_unmask`): led by their body, or within their power."""
        mine = (
            Q(lead=actor.post.body)
            if actor.post and actor.holds_in(Power.HANDLE_CASES, actor.post.body)
            else Q(pk=None)
        )
        area = actor.area(Power.UNMASK_PEOPLE)
        return self.filter(mine if area is None else mine | Q(place__path__startswith=area))

    def with_faces(self) -> Self:
        """Load in the same query what a case's page shows of it: the place with those above up to its district, the lead, who asked."""
        return self.select_related(
            "place__parent__parent__parent", "lead__kind", "lead__place", "reporter", "category", "route", "merged_into"
        )

    def with_unrated(self) -> Self:
        """Say of each case whether its present round waits for the resident's judgement (`is_unrated`)."""
        judged = CallBack.objects.judged().filter(case=OuterRef("pk"), round=OuterRef("round"))
        return self.annotate(is_unrated=~Exists(judged))

    def open(self) -> Self:
        """Return the cases that somebody still has to act on."""
        return self.filter(status__in=OPEN)

    def closed(self) -> Self:
        """Return the cases that nobody has to act on any more."""
        return self.filter(status__in=ENDED)

    def named(self) -> Self:
        """Return the cases that still say who brought them."""
        return self.exclude(reporter__person=None, reporter__name="", reporter__phone="")


class Case(Life):
    """A resident's need (诉求) from receipt to closing."""

    reference = models.CharField(_("reference"), max_length=12, unique=True, default=new_code, editable=False)
    sent_as = models.UUIDField(null=True, unique=True, editable=False)
    """The one sending of a form or a call that brought it; pressed or sent twice it brings no second case."""
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category of needs"), related_name="+")
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    """What was said to the questions of the category, by their codes."""
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name=_("place"), related_name="+", db_index=False)
    where = models.CharField(_("where exactly"), max_length=100, blank=True)
    is_private = models.BooleanField(_("not to be shown to others"), default=False)
    """Who asked wants it kept off every public page; who they are is on none anyway."""
    came_at = models.DateTimeField(_("when it was said"), null=True, blank=True)
    """When somebody called, wrote or was visited, if that was before it was taken down."""
    text = models.TextField(_("what it is about"), max_length=LONGEST)
    """As everybody may read it: personal numbers in it, in `where` and in the answers are masked before it is kept (`as_written`)."""
    lead = models.ForeignKey(
        "organisations.Body", models.PROTECT, verbose_name=_("lead"), related_name="+", db_index=False
    )
    helped_by = ArrayField(models.BigIntegerField(), verbose_name=_("co-handlers"), default=list, editable=False)
    """The keys of the bodies that were asked to help, so that the scope needs no join."""
    lead_by = models.CharField(_("why this lead"), max_length=10, choices=LeadBy.choices)
    route = models.ForeignKey(Route, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("route"))

    is_joint = models.BooleanField(default=False, editable=False)
    """Whether it was ever followed, merged with another or split into parts; who asks about those need not ask where it was not."""

    objects = CaseQuerySet.as_manager()
    is_scope_worded = True

    class Meta:
        verbose_name = _("case")
        indexes: ClassVar = [
            models.Index(fields=["lead", "-received_at", "-id"], name="case_by_lead"),
            models.Index(fields=["place", "-received_at", "-id"], name="case_by_place"),
            models.Index(fields=["-received_at", "-id"], name="case_by_time"),
            models.Index(fields=["status", "-received_at", "-id"], name="case_by_status"),
            models.Index(fields=["-received_at", "-id"], name="case_open", condition=Q(status__in=OPEN)),
            GinIndex(fields=["helped_by"], name="case_by_helper"),
            models.Index(fields=["closed_at"], name="case_by_end", condition=Q(status__in=ENDED)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{moment}_at__isnull": True, f"{moment}_by": ""})
                    | (Q(**{f"{moment}_at__isnull": False}) & ~Q(**{f"{moment}_by": ""})),
                    name=f"case_{moment}_by_somebody",
                )
                for moment in ("accepted", "answered", "closed")
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[Status.RECEIVED, Status.RETURNED], accepted_at=None, answered_at=None, closed_at=None
                )
                | Q(
                    status__in=[Status.ACCEPTED, Status.SUSPENDED],
                    accepted_at__isnull=False,
                    answered_at=None,
                    closed_at=None,
                )
                | Q(status=Status.ANSWERED, accepted_at__isnull=False, answered_at__isnull=False, closed_at=None)
                | Q(status=Status.CLOSED, accepted_at__isnull=False, answered_at__isnull=False, closed_at__isnull=False)
                | Q(status__in=[Status.REFUSED, Status.MERGED], answered_at=None, closed_at__isnull=False),
                name="case_status_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("accepted_at")), name="case_in_order"
            ),
            models.CheckConstraint(condition=Q(round__gte=1), name="case_round_from_one"),
            models.CheckConstraint(
                condition=Q(status=Status.REFUSED, ground__in=Ground.values)
                | (~Q(status=Status.REFUSED) & Q(ground="")),
                name="case_refused_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.MERGED, merged_into__isnull=False) & ~Q(merged_into=F("id"))
                | (~Q(status=Status.MERGED) & Q(merged_into=None)),
                name="case_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(lead_by=LeadBy.ROUTE, route__isnull=False)
                | Q(lead_by__in=[LeadBy.NEAREST, LeadBy.RULING], route=None),
                name="case_lead_by_its_route",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RETURNED) | Q(returns__gte=1, is_final=False),
                name="case_final_is_not_returned",
            ),
            models.CheckConstraint(
                condition=Q(came_at=None) | Q(came_at__lte=F("received_at")), name="case_said_before_received"
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("cases:show", args=[self.reference])

    def get_status_display(self) -> str:  # type: ignore[no-redef]  # written by the plugin
        """Return the status in words; Django's own puts every status into words for it."""
        return str(Status(self.status).label)

    def ask(self, body: Body) -> None:
        """Note who was asked to help; the caller holds the lock and writes the event."""
        if body.pk not in self.helped_by:
            self.helped_by = [*self.helped_by, body.pk]
            Case.objects.filter(pk=self.pk).update(helped_by=self.helped_by)

    def as_written(self) -> "Case":
        """Return the case, to read only, as it was written: for who wrote it, and on record for who may unmask."""
        whole = copy(self)
        for name, said in self.reporter.wrote.items():
            setattr(whole, name, said)
        return whole

    @property
    def title(self) -> str:
        """The first sentence of what the resident wrote, cut to fit a line."""
        end = min((at for mark in SENTENCE_ENDS if (at := self.text.find(mark)) > 0), default=len(self.text))
        first = self.text[:end].strip()
        return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"

    @property
    def place_path(self) -> str:
        """The place of the matter, for the log."""
        return self.place.path

    @property
    def lead_reason(self) -> str:
        """Why this lead, in words: the route's, the dispatcher's, or that it is the nearest."""
        if self.lead_by == LeadBy.RULING:
            return str(_("The dispatcher has given it to this body."))
        return why(self.route, self.lead.kind.code)

    @cached_property
    def standing(self) -> Standing:
        """Until when its answer is due and what is overdue; a list reads it for all its cases at once."""
        return standings([self])[self.pk]

    @cached_property
    def ratings(self) -> list[CallBack]:
        """How the resident judged each round; a list reads it for all its cases at once."""
        return ratings_of([self])[self.pk]

    @property
    def said(self) -> list[tuple[str, str]]:
        """What was answered to the questions of the category, in their order, each with what was asked."""
        asked = {one.code: one.text for one in self.category.questions.all()} if self.answers else {}
        order = {code: number for number, code in enumerate(asked)}
        answers = sorted(self.answers.items(), key=lambda one: order.get(one[0], len(order)))
        return [(asked.get(code, code), answer) for code, answer in answers]
