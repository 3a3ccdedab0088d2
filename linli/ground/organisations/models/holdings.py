"""Who holds which post from when to when. The database refuses one seat too many and one person twice in one post."""

from datetime import date
from typing import ClassVar, Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.lifecycle import Stateful, change

from .bodies import Post

# Locks the posts first, so that two transactions that fill the last seat wait for each other. Planned anew each time and
# driven from the fresh rows by index: a plan kept from an empty table, or joined by its statistics, takes minutes for a city.
_SEATS = """
PERFORM 1 FROM organisations_post WHERE id = ANY (ARRAY(SELECT post_id FROM fresh)) ORDER BY id FOR NO KEY UPDATE;
EXECUTE $check$SELECT EXISTS (
    SELECT 1 FROM (SELECT post_id, min(begins_on) AS first FROM fresh GROUP BY post_id) AS f
    CROSS JOIN LATERAL (
        SELECT DISTINCT s.begins_on AS day FROM organisations_holding s
        WHERE s.post_id = f.post_id AND s.begins_on >= f.first AND s.withdrawn_on IS NULL
    ) AS d
    CROSS JOIN LATERAL (
        SELECT count(*) AS held FROM organisations_holding h
        WHERE h.post_id = f.post_id AND d.day <@ daterange(h.begins_on, h.ends_on, '[]') AND h.withdrawn_on IS NULL
    ) AS h
    WHERE h.held > (SELECT p.seats FROM organisations_post p WHERE p.id = f.post_id)
)$check$ INTO broken;
IF broken THEN
    RAISE EXCEPTION 'more holders than seats' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_within_seats';
END IF;
EXECUTE $check$SELECT EXISTS (
    SELECT 1 FROM fresh f WHERE f.ends_on IS NULL AND (
        SELECT k.rules ? 'term' FROM organisations_post p
        JOIN organisations_body b ON b.id = p.body_id JOIN kinds_bodykind k ON k.id = b.kind_id WHERE p.id = f.post_id
    )
)$check$ INTO broken;
IF broken THEN
    RAISE EXCEPTION 'a term without an end' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_has_its_term';
END IF;
EXECUTE $check$SELECT EXISTS (
    SELECT 1 FROM fresh f
    WHERE coalesce(f.ends_on, 'infinity') > (SELECT p.abolished_on FROM organisations_post p WHERE p.id = f.post_id)
)$check$ INTO broken;
IF broken THEN
    RAISE EXCEPTION 'no such post any more' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_of_a_living_post';
END IF;
RETURN NULL;
"""


def _guard(name: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(new="fresh"),  # type: ignore[no-untyped-call]
        declare=[("broken", "boolean")],
        func=_SEATS,
    )


class How(models.TextChoices):
    """How a person came to a post."""

    ELECTED = "elected", _("elected")
    APPOINTED = "appointed", _("appointed")
    ASSIGNED = "assigned", _("assigned")
    HIRED = "hired", _("hired")
    SECONDED = "seconded", _("sent by a department")


class Why(models.TextChoices):
    """Why a person left a post before or at the end of the term."""

    TERM_OVER = "term_over", _("the term is over")
    RESIGNED = "resigned", _("resigned")
    DISMISSED = "dismissed", _("dismissed or recalled")
    MOVED = "moved", _("moved to another post")
    DIED = "died", _("died")
    DISSOLVED = "dissolved", _("the body was dissolved")


class _Between(Func):
    """The days of a holding, both ends included."""

    function = "daterange"
    output_field = DateRangeField()


class _Same(Func):
    """A key as a range of one, so that `&&` means equal: PostgreSQL alone, without btree_gist, can then exclude by it."""

    function = "int8range"
    output_field = BigIntegerRangeField()


def _same(key: str) -> tuple[_Same, str]:
    return _Same(F(key), F(key), RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS


class HoldingQuerySet(models.QuerySet["Holding"]):
    """How holdings are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the holdings whose record the actor keeps, and their own."""
        area, own = actor.area(Power.MANAGE_BODIES), Q(person_id=actor.person) if actor.person else Q(pk__in=[])
        kept = own if area is None else own | Q(post__body__place__path__startswith=area)
        return self.filter(kept).select_related("post__body__place", "post__body__kind", "person__personal")

    def on(self, day: date) -> Self:
        """Return who is in office on a day, the first and the last day included."""
        return self.since(day).filter(begins_on__lte=day)

    def since(self, day: date) -> Self:
        """Return who is in office on a day or will be later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class _Standing(models.Manager["Holding"]):
    """Who holds, held or will hold a post; an appointment that was withdrawn is nobody's."""

    def get_queryset(self) -> models.QuerySet["Holding"]:
        """Leave out what was withdrawn."""
        return super().get_queryset().filter(withdrawn_on__isnull=True)


HoldingManager = _Standing.from_queryset(HoldingQuerySet)


class Holding(Stateful):
    """One person in one post for a term: authority begins and ends with it."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name=_("post"))
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="holdings", verbose_name=_("person"))
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    how = models.CharField(_("how"), max_length=20, choices=How.choices)
    why_ended = models.CharField(_("why it ended"), max_length=20, choices=Why.choices, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    """The day on which the appointment was taken back, before it began."""
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    """Why it was taken back."""

    objects = HoldingManager()
    recorded = HoldingQuerySet.as_manager()
    """What was withdrawn included."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="holding_ends_after_it_began",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(why_ended="") | Q(ends_on__isnull=False), name="holding_reason_needs_an_end"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, reason="")
                | (Q(withdrawn_on__lt=F("begins_on")) & ~Q(reason="")),
                name="holding_withdrawn_before_it_began",
                violation_error_message=_("Only an appointment that has not begun is withdrawn, with a reason."),
            ),
            ExclusionConstraint(
                name="holding_not_twice_at_once",
                expressions=[
                    _same("post_id"),
                    _same("person_id"),
                    (
                        _Between(F("begins_on"), F("ends_on"), RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_on__isnull=True),
                violation_error_message=_("This person holds this post in that time already."),
            ),
        ]
        triggers: ClassVar = [_guard("seats_on_insert", pgtrigger.Insert), _guard("seats_on_update", pgtrigger.Update)]
        indexes: ClassVar = [models.Index(fields=["person", "begins_on"], name="holding_by_person")]
        verbose_name = _("holding of a post")

    def __str__(self) -> str:
        """Name the post and the days."""
        return f"{self.post} {self.begins_on} – {self.ends_on or ''}"

    @property
    def place_path(self) -> str:
        """The path of the body's place."""
        return self.post.body.place.path

    def is_on(self, day: date) -> bool:
        """Say whether the person is in office on that day."""
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)

    @change
    def end(self, *, on: date, why: Why, by: Actor) -> None:  # noqa: ARG002 (the log takes it)
        """End the holding with a day as its last; powers are gone the day after. Raises ValidationError.

        What was recorded once stays; only an end still to come can be brought forward. A death is recorded once it has happened.
        """
        self._refuse_withdrawn()
        today, over = clock.today(), self.ends_on
        if over is not None and (over < today or (self.why_ended and over == today)):
            raise ValidationError(gettext("This term has ended already."), code="ended")
        if over is not None and self.why_ended and on >= over:
            text = gettext("The end of this term on %(day)s is on record already; it can only be brought forward.")
            raise ValidationError(text % {"day": date_format(over, "DATE_FORMAT")}, code="recorded")
        if why == Why.DIED and on > today:
            raise ValidationError(gettext("The day of a death is today at the latest."), code="future")
        if on < self.begins_on:
            raise ValidationError(gettext("The last day cannot be before the first."), code="order")
        if self.ends_on is not None and on > self.ends_on:
            raise ValidationError(
                gettext("A term can be cut short but not made longer; elect or appoint anew."), code="longer"
            )
        self.ends_on, self.why_ended = on, why

    @change
    def withdraw(self, *, reason: str, by: Actor) -> None:  # noqa: ARG002
        """Take back an appointment that has not begun; it stays on record and the seat is free. Raises ValidationError."""
        self._refuse_withdrawn()
        if self.begins_on <= clock.today():
            raise ValidationError(gettext("This term has begun; end it instead."), code="begun")
        if not reason:
            raise ValidationError(gettext("Write why the appointment is withdrawn."), code="reason")
        self.withdrawn_on, self.reason = clock.today(), reason

    def _refuse_withdrawn(self) -> None:
        if self.withdrawn_on is not None:
            raise ValidationError(gettext("This appointment has been withdrawn already."), code="withdrawn")
