"""The need of a resident and its life."""

from functools import partial, reduce
from operator import or_
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor, reach_of
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.codes import new_code
from linli.ground.core.crypto import EncryptedField
from linli.ground.core.lifecycle import Stateful, status_field, step
from linli.ground.database.prepared import Prepared
from linli.ground.database.writing import insert
from linli.ground.people import identity
from linli.ground.people.models import Person, PersonalData

from .choices import Channel, Satisfied, ServiceField, Solved, Status

TITLE_LENGTH, SENTENCE_ENDS = 40, "。！？；\n"
NOBODY: Final = {"person": None, "name": "", "name_index": "", "phone": "", "contact": ""}
"""What a reporter's row says once nobody may be known by it."""
_reach = partial(reach_of, leads=Power.HANDLE_CASES, body="lead", area="place__path__startswith")
_own_reach = partial(_reach, watches=Power.OVERSEE_CASES, contact="reporter__contact", person="reporter__person")


class CaseQuerySet(models.QuerySet["Case"]):
    """How cases are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the cases of the actor's own phone, those their body leads, and those of the place they watch over."""
        return self.within(**_own_reach(actor)).with_faces()

    def within(self, **reach: str | int) -> Self:
        """Return the cases that any of these look-ups finds; none without one."""
        return self.filter(reduce(or_, (Q(**{name: value}) for name, value in reach.items()), Q(pk__in=[])))

    def one_visible_to(self, actor: Actor, reference: str) -> "Case | None":
        """Return the case of a reference, if the actor may see it (`visible_to`, worded once); None otherwise."""
        reach = _own_reach(actor)
        return _VISIBLE.first(reference=reference, **reach) if reach else None

    def whose_name_may_be_known_to(self, actor: Actor) -> Self:
        """Return the cases whose reporter the actor may see in full (`rules.may_unmask`): led by their body, or within their power."""
        return self.within(**_reach(actor, watches=Power.UNMASK_PEOPLE))

    def with_faces(self) -> Self:
        """Load in the same query what a case's page shows of it: the place with those above up to its district, the lead, who asked."""
        return self.select_related("place__parent__parent__parent", "lead__place", "reporter")

    def with_unrated(self) -> Self:
        """Say of each case whether its present round waits for a rating (`is_unrated`)."""
        return self.annotate(is_unrated=~Exists(Rating.objects.filter(case=OuterRef("pk"), round=OuterRef("round"))))

    def open(self) -> Self:
        """Return the cases that somebody still has to act on."""
        return self.exclude(status=Status.CLOSED)

    def named(self) -> Self:
        """Return the cases that still say who brought them."""
        return self.exclude(reporter__person=None, reporter__name="", reporter__phone="")


class Case(Stateful):
    """A resident's need (诉求) from receipt to closing."""

    reference = models.CharField(_("reference"), max_length=12, unique=True, default=new_code, editable=False)
    sent_as = models.UUIDField(null=True, unique=True, editable=False)
    """The one sending of a form or a call that brought it; pressed or sent twice it brings no second case."""
    status = status_field(Status, Status.RECEIVED)
    field = models.CharField(_("field of service"), max_length=20, choices=ServiceField.choices)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name=_("place"), related_name="+")
    where = models.CharField(_("where exactly"), max_length=100, blank=True)
    text = models.TextField(_("what it is about"), max_length=2000)
    lead = models.ForeignKey("organisations.Body", models.PROTECT, verbose_name=_("lead"), related_name="+")
    lead_reason = models.CharField(_("why this lead"), max_length=30)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    received_at = models.DateTimeField(_("received"), default=clock.now)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.CharField(max_length=100, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.CharField(max_length=100, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.CharField(max_length=100, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        indexes: ClassVar = [
            models.Index(fields=["lead", "-received_at", "-id"], name="case_by_lead"),
            models.Index(fields=["place", "-received_at", "-id"], name="case_by_place"),
            models.Index(fields=["-received_at", "-id"], name="case_by_time"),
            models.Index(fields=["status", "-received_at", "-id"], name="case_by_status"),
            models.Index(fields=["closed_at"], name="case_by_end", condition=Q(status=Status.CLOSED)),
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
                condition=Q(status=Status.RECEIVED, accepted_at=None, answered_at=None, closed_at=None)
                | Q(status=Status.ACCEPTED, accepted_at__isnull=False, answered_at=None, closed_at=None)
                | Q(status=Status.ANSWERED, accepted_at__isnull=False, answered_at__isnull=False, closed_at=None)
                | Q(
                    status=Status.CLOSED, accepted_at__isnull=False, answered_at__isnull=False, closed_at__isnull=False
                ),
                name="case_status_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("accepted_at")), name="case_in_order"
            ),
            models.CheckConstraint(condition=Q(round__gte=1), name="case_round_from_one"),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("cases:show", args=[self.reference])

    @property
    def title(self) -> str:
        """The first sentence of what the resident wrote, cut to fit a line."""
        end = min((at for mark in SENTENCE_ENDS if (at := self.text.find(mark)) > 0), default=len(self.text))
        first = self.text[:end].strip()
        return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"

    @cached_property
    def judged(self) -> "list[Rating]":
        """How the resident judged each round; nothing is asked where no round can have been judged."""
        return list(self.ratings.all()) if self.answered_at or self.round > 1 else []

    @property
    def place_path(self) -> str:
        """The place of the matter, for the log."""
        return self.place.path

    @step(source=[Status.RECEIVED], target=Status.ACCEPTED)
    def accept(self, *, by: Actor) -> None:
        """Take the case on (受理): from now on the lead is at work on it."""
        self.accepted_at, self.accepted_by = clock.now(), by.post_ref or by.ref

    @step(source=[Status.ACCEPTED], target=Status.ANSWERED)
    def answer(self, *, text: str, by: Actor) -> None:
        """Tell the resident what was done (答复)."""
        self.answered_at, self.answered_by = clock.now(), by.post_ref or by.ref
        self._say(Statement.Kind.ANSWER, text, by)

    @step(source=[Status.ANSWERED], target=Status.CLOSED)
    def close(self, *, text: str, by: Actor) -> None:
        """End the case after the answer (办结), saying how it ended."""
        self.closed_at, self.closed_by = clock.now(), by.post_ref or by.ref
        self._say(Statement.Kind.CLOSING, text, by)

    @step(source=[Status.ANSWERED, Status.CLOSED], target=Status.RECEIVED)
    def reopen(self, *, text: str, by: Actor) -> None:
        """Begin the next round because the matter is not solved (重新办理)."""
        self.accepted_at = self.answered_at = self.closed_at = None
        self.accepted_by = self.answered_by = self.closed_by = ""
        self.round += 1
        self._say(Statement.Kind.REOPENING, text, by)

    @step(source=[Status.RECEIVED, Status.ACCEPTED, Status.ANSWERED], target=None)
    def urge(self, *, text: str, by: Actor) -> None:
        """Tell the lead that what it owes is overdue, and what is expected of it (督办)."""
        self._say(Statement.Kind.URGING, text, by)

    @step(source=[Status.ANSWERED, Status.CLOSED], target=None)
    def rate(self, *, contacted: bool, solved: str, satisfied: str, remark: str, by: Actor) -> None:
        """Take down the resident's own judgement of this round (评价); once a round, the database sees to it."""
        judgement = {"contacted": contacted, "solved": solved, "satisfied": satisfied, "remark": remark}
        insert(Rating(case=self, round=self.round, at=clock.now(), by=by.ref, **judgement), later=True)

    @step(source=[Status.CLOSED], target=None)
    def forget(self, *, by: Actor) -> None:  # noqa: ARG002 (the log takes `by`)
        """Let go of who brought it, for the time of keeping is over (`retention.case.years`); the matter stays."""
        Reporter.objects.filter(case=self).update(**NOBODY)

    @step(source=[Status.CLOSED], target=None)
    def forget_contact(self, *, by: Actor) -> None:  # noqa: ARG002
        """Let go of the phone of somebody without an account (`retention.contact.days`); the name stays with the matter."""
        Reporter.objects.filter(case=self).update(phone="", contact="")

    def _say(self, kind: "Statement.Kind", text: str, by: Actor) -> None:
        said = Statement(case=self, round=self.round, kind=kind, text=text, at=clock.now(), post=by.post_ref)
        insert(said, later=True)


_VISIBLE: Final = Prepared(
    lambda reference, **reach: Case.objects.within(**reach).with_faces().filter(reference=reference),
    reference="a reference",
    reporter__contact="a phone",
    reporter__person=-1001,
    lead=-1002,
    place__path__startswith="an area",
)


class ReporterQuerySet(models.QuerySet["Reporter"]):
    """How reporters are found."""

    def behind(self, person: Person) -> Self:
        """Return who brought needs as this person: signed in, or by a phone of theirs where no other person is known for it."""
        phones = {*person.accounts.values_list("contact", flat=True)}
        phones |= {*PersonalData.objects.filter(person=person).values_list("phone_index", flat=True)}
        return self.filter(Q(person=person) | Q(person=None, contact__in=phones - {"", None}))


class Reporter(models.Model):
    """Who brought the need: personal data, apart from the case, so that it can be erased and the case stays.

    Basis: handling what the person asked for (个人信息保护法 art. 13 (3), statutory duty). Kept after the closing as long as
    `retention.case.years` says, a phone without account `retention.contact.days`; `actions.forget_old` sees to it.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.CharField(max_length=64, blank=True, db_index=True)
    name = EncryptedField(_("name"), blank=True)
    name_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    phone = EncryptedField(_("phone"), blank=True)

    objects = ReporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporter")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(phone="", contact="") | (~Q(phone="") & ~Q(contact="")), name="reporter_phone_has_its_index"
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(name_index=""), name="reporter_name_index_goes_with_the_name"
            ),
        ]

    @property
    def masked_name(self) -> str:
        """王某某."""
        return identity.mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        """139****0001, or empty for somebody without a phone."""
        return identity.mask_phone(self.phone) if self.phone else ""


class Statement(models.Model):
    """What was said on a case: an answer, a closing word, the reason for reopening, a word to the lead. Free text stays out of the log."""

    class Kind(models.TextChoices):
        """What kind of word it is."""

        ANSWER = "answer", _("answer")
        CLOSING = "closing", _("closing word")
        REOPENING = "reopening", _("reason for reopening")
        URGING = "urging", _("word to the lead")

    case = models.ForeignKey(Case, models.PROTECT, related_name="statements")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(max_length=2000)
    post = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("statement")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "round", "kind"], condition=~Q(kind="urging"), name="statement_once_a_round"
            )
        ]


class Rating(models.Model):
    """The resident's own judgement of one round: contacted in time, solved, satisfied."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    contacted = models.BooleanField(_("contacted in time"))
    solved = models.CharField(_("solved"), max_length=10, choices=Solved.choices)
    satisfied = models.CharField(_("satisfied"), max_length=10, choices=Satisfied.choices)
    remark = models.TextField(_("remark"), max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("rating")
        ordering: ClassVar = ["round"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "round"], name="rating_once_a_round")]
