"""What was said on a case, and how the resident judged it when called back or of their own accord."""

from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.ground.core.crypto import EncryptedField
from linli.ground.database.prepared import Prepared
from linli.ground.redaction.queries import masked

from .choices import LONGEST, ONCE_A_ROUND, Missed, Satisfied, Solved, Way, Word

if TYPE_CHECKING:
    from .cases import Case


class Statement(models.Model):
    """What was said on a case, or noted for those who work on it. Free text stays out of the log."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="statements")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Word.choices)
    text = models.TextField(max_length=LONGEST)
    original = EncryptedField(blank=True, default="")
    """As it was written, where personal numbers in it are masked in `text`: for who asked, and on record for who may unmask."""
    post = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("statement")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "round", "kind"], condition=Q(kind__in=ONCE_A_ROUND), name="statement_once_a_round"
            ),
            models.CheckConstraint(condition=Q(kind__in=Word.values), name="statement_kind_is_known"),
        ]


class CallBackQuerySet(models.QuerySet["CallBack"]):
    """How call-backs are found."""

    def judged(self) -> Self:
        """Return those in which the resident judged the work."""
        return self.filter(missed="")

    def missed(self) -> Self:
        """Return the calls that did not reach the resident."""
        return self.exclude(missed="")


def without_numbers(text: str) -> dict[str, str]:
    """Return the columns of a statement: its text without personal numbers, and as it was written, where that differs."""
    shown = masked(text)
    return {"text": shown, "original": "" if shown == text else text}


class CallBack(models.Model):
    """A call-back (回访): the resident's judgement of one round, whichever way it came, or a call that did not reach them.

    One row a round counts: the judgement, else the call after which the resident is taken as unreached.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="call_backs")
    round = models.PositiveSmallIntegerField()
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)
    lead = models.ForeignKey("organisations.Body", models.PROTECT, related_name="+", verbose_name=_("lead"))
    """Whose work is judged: the lead at that moment."""
    missed = models.CharField(_("why not reached"), max_length=10, choices=Missed.choices, blank=True)
    contacted = models.BooleanField(_("contacted in time"), null=True)
    solved = models.CharField(_("solved"), max_length=10, choices=Solved.choices, blank=True)
    satisfied = models.CharField(_("satisfied"), max_length=10, choices=Satisfied.choices, blank=True)
    remark = models.TextField(_("remark"), max_length=500, blank=True)
    is_counted = models.BooleanField(default=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=100, blank=True)
    post = models.CharField(max_length=100, blank=True)

    objects = CallBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("call-back")
        ordering: ClassVar = ["round", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "round"], condition=Q(is_counted=True), name="call_back_counts_once_a_round"
            ),
            models.CheckConstraint(
                condition=Q(
                    missed="",
                    is_counted=True,
                    contacted__isnull=False,
                    solved__in=Solved.values,
                    satisfied__in=Satisfied.values,
                )
                | Q(missed__in=Missed.values, contacted=None, solved="", satisfied="", remark=""),
                name="call_back_judged_or_missed",
            ),
            models.CheckConstraint(
                condition=Q(way=Way.SELF, missed="") | Q(way__in=[Way.PHONE, Way.DESK]), name="call_back_way_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["at"], name="call_back_by_time", condition=Q(is_counted=True)),
            models.Index(fields=["lead", "at"], name="call_back_by_lead", condition=Q(is_counted=True)),
        ]


_JUDGED: Final = Prepared(
    lambda keys: CallBack.objects.judged().filter(case__among=keys).order_by("case", "round"), keys=[-1001]
)


def ratings_of(cases: Collection["Case"]) -> dict[int, list[CallBack]]:
    """Return how the resident judged each round of each of the cases; one query, none where no case has ever had an answer."""
    found: dict[int, list[CallBack]] = {one.pk: [] for one in cases if one.round > 1 or one.answered_at}
    for rating in _JUDGED(keys=[*found]) if found else []:
        found[rating.case_id].append(rating)
    return {one.pk: found.get(one.pk, []) for one in cases}
