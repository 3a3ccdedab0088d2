"""The rules in force: packs, rules and their versions by jurisdiction and date. Versions are only ever added."""

import re
from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final, Self

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core.models import APPEND_ONLY
from linli.ground.core.registry import ref
from linli.ground.database.models import STANDS_STILL
from linli.ground.places.divisions import DIGITS, LEVELS, Level

from .units import Mark, Meeting, Unit, in_words

AFTER_A_CHARACTER: Final = re.compile(r"(?<=\w)\{value\}")
OWNS: Final = "pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')"
OWNER_ONLY = pgtrigger.Trigger(
    name="only_packs_write",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
        IF NOT {OWNS} THEN
            RAISE EXCEPTION 'rulebook: rules and packs are written by load_rules alone' USING ERRCODE = 'check_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)
LAW_IS_LOCKED = pgtrigger.Trigger(
    name="law_is_locked",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("lowest", "integer"), ("highest", "integer")],
    func=f"""
        IF NEW.jurisdiction = '' AND NOT {OWNS} THEN
            RAISE EXCEPTION 'rulebook: what holds in the whole nation comes from the packs' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.mark <> 'LAW' AND EXISTS (SELECT FROM rulebook_ruleversion WHERE rule_id = NEW.rule_id AND mark = 'LAW') THEN
            SELECT deviates_from, deviates_to INTO lowest, highest FROM rulebook_rule WHERE id = NEW.rule_id;
            IF lowest IS NULL AND highest IS NULL THEN
                RAISE EXCEPTION 'rulebook: this value is set by law and cannot be changed' USING ERRCODE = 'check_violation';
            END IF;
            IF NEW.value !~ '^[0-9]{{1,6}}$' OR NEW.value::integer < lowest OR NEW.value::integer > highest THEN
                RAISE EXCEPTION 'rulebook: the law allows no such deviation' USING ERRCODE = 'check_violation';
            END IF;
        END IF;
        RETURN NEW;
    """,  # noqa: S608 (OWNS is a constant)
)

CHARTER_IS_DECIDED = pgtrigger.Trigger(
    name="charter_is_decided",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF (length(NEW.jurisdiction) >= {DIGITS[Level.COMMUNITY]}) <> (NEW.mark = 'CHARTER')
           OR (NEW.mark = 'CHARTER') <> (NEW.decided_by <> '' AND NEW.decided_on IS NOT NULL) THEN
            RAISE EXCEPTION 'rulebook: a community has values by charter that its meeting decided' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class PackQuerySet(models.QuerySet["Pack"]):
    """How packs are found."""

    def visible_to(self, _actor: Actor) -> Self:
        """Return all: what the city decides by is public."""
        return self


class Pack(models.Model):
    """One law, regulation or set of customs, as the release ships it."""

    code = models.CharField(max_length=60, unique=True)
    title = models.CharField(_("law or custom"), max_length=100)
    source = models.CharField(_("source"), max_length=300, blank=True)
    order = models.PositiveIntegerField(default=0)

    objects = PackQuerySet.as_manager()

    class Meta:
        """In the order of pages."""

        ordering: ClassVar = ["order", "code"]
        triggers: ClassVar = [OWNER_ONLY, STANDS_STILL]
        verbose_name = _("rule pack")

    def __str__(self) -> str:
        """Name the law."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the page on which its rules stand."""
        return f"{reverse('rulebook:index')}#{self.code}"


class RuleQuerySet(models.QuerySet["Rule"]):
    """How rules are found."""

    def visible_to(self, _actor: Actor) -> Self:
        """Return all: what the city decides by is public."""
        return self


class Rule(models.Model):
    """One number of a law or custom: what it is about and in which unit; its value stands in its versions."""

    key = models.CharField(max_length=100, unique=True)
    pack = models.ForeignKey(Pack, models.PROTECT, related_name="rules", verbose_name=_("law or custom"))
    subject = models.CharField(_("subject"), max_length=40)
    title = models.CharField(_("rule"), max_length=100)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices)
    base = models.CharField(_("share of what"), max_length=60, blank=True)
    deviates_from = models.PositiveIntegerField(_("smallest local value that the law allows"), null=True, blank=True)
    deviates_to = models.PositiveIntegerField(_("largest local value that the law allows"), null=True, blank=True)
    down_to = models.CharField(_("may be set down to"), max_length=10, choices=Level.choices, default=Level.PREFECTURE)
    """The innermost level of places that may have its own value, where the rule may be changed at all."""
    in_use = models.BooleanField(_("in use"), default=True)
    """Whether any function of this release works by it; the packs say so and a test compares them with the code."""
    order = models.PositiveIntegerField(default=0)

    objects = RuleQuerySet.as_manager()

    class Meta:
        """In the order of the law."""

        ordering: ClassVar = ["pack__order", "order", "key"]
        triggers: ClassVar = [OWNER_ONLY, STANDS_STILL]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(deviates_from__isnull=True)
                | models.Q(deviates_to__isnull=True)
                | models.Q(deviates_from__lte=models.F("deviates_to")),
                name="rule_limits_in_order",
                violation_error_message=_("The smallest local value is above the largest."),
            )
        ]
        verbose_name = _("rule")

    def __str__(self) -> str:
        """Name the rule."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("rulebook:show", args=[self.key])

    def allows(self, place_path: str) -> bool:
        """Say whether places of this level may have their own value."""
        level = LEVELS.get(len(place_path))
        return level is not None and len(place_path) <= DIGITS[Level(self.down_to)]

    @property
    def may_deviate(self) -> bool:
        """Say whether the law itself allows other values locally."""
        return self.deviates_from is not None or self.deviates_to is not None


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    """How versions are found."""

    def visible_to(self, _actor: Actor) -> Self:
        """Return all: what the city decides by is public."""
        return self

    def known_on(self, day: date) -> Self:
        """Return the versions that have begun by a day and stand, the latest first: later date, then later entry."""
        return self.filter(effective_from__lte=day, withdrawal=None).order_by("-effective_from", "-pk")

    def over(self, place_path: str) -> Self:
        """Return the versions of all jurisdictions that a place lies in, the nation's included."""
        return self.filter(jurisdiction__in=jurisdictions_of(place_path))


class RuleVersion(models.Model):
    """The value of one rule in one jurisdiction from a day on; it ends when the next one of that jurisdiction begins."""

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="versions", verbose_name=_("rule"))
    jurisdiction = models.CharField(_("holds in"), max_length=15, blank=True)
    value = models.CharField(_("value"), max_length=40)
    mark = models.CharField(_("mark"), max_length=10, choices=Mark.choices)
    law = models.CharField(_("law or custom"), max_length=100)
    article = models.CharField(_("article"), max_length=40, blank=True)
    statement = models.CharField(_("sentence"), max_length=300)
    note = models.CharField(_("note"), max_length=300, blank=True)
    effective_from = models.DateField(_("in force from"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=20, choices=Meeting.choices, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    set_by = models.CharField(_("set by"), max_length=100)
    set_in_post = models.CharField(_("set in post"), max_length=100, blank=True)
    set_at = models.DateTimeField(_("set at"))

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        """Looked up by rule; a rule has few versions."""

        triggers: ClassVar = [APPEND_ONLY, STANDS_STILL, LAW_IS_LOCKED, CHARTER_IS_DECIDED]
        indexes: ClassVar = [
            models.Index(fields=["rule", "jurisdiction", "-effective_from", "-id"], name="rule_version_in_force")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(jurisdiction__regex=r"^[0-9]*$"),
                name="rule_jurisdiction_is_a_path",
                violation_error_message=_("A jurisdiction is the path of a place."),
            ),
            models.CheckConstraint(
                condition=~models.Q(mark=Mark.LAW) | (models.Q(jurisdiction="") & ~models.Q(article="")),
                name="rule_law_is_national_with_article",
                violation_error_message=_("Law holds in the whole nation and names its article."),
            ),
            models.CheckConstraint(
                condition=models.Q(set_by="system") | ~models.Q(reason=""),
                name="rule_change_has_reason",
                violation_error_message=_("Say why the rule is changed."),
            ),
        ]
        verbose_name = _("rule version")

    def __str__(self) -> str:
        """Say the value and where it holds."""
        return f"{self.rule_id} = {self.value} @{self.jurisdiction or 'nation'}"

    @property
    def key(self) -> str:
        """The rule's key."""
        return self.rule.key

    @property
    def unit(self) -> str:
        """The unit's code; those of time are the deadline engine's."""
        return self.rule.unit

    @property
    def number(self) -> int:
        """The value as a whole number in the rule's unit; raises ValueError for a share or a word."""
        return int(self.value)

    @property
    def version_ref(self) -> str:
        """What a decision stores: `rulebook.ruleversion:12`."""
        return ref(self)

    @property
    def place_path(self) -> str:
        """The jurisdiction, for the log."""
        return self.jurisdiction

    @property
    def words(self) -> str:
        """The value as people read it."""
        return in_words(self.value, self.rule.unit)

    @property
    def sentence(self) -> str:
        """The rule in one sentence, in the language of the law; a figure stands apart from the characters before it."""
        with translation.override("zh-hans"):
            words = self.words
        return AFTER_A_CHARACTER.sub(" {value}" if words[0].isdigit() else "{value}", self.statement).replace(
            "{value}", words
        )


class Withdrawal(models.Model):
    """That a lodged charter counts no more, with the reason; the version stays on record. Written once."""

    version = models.OneToOneField(RuleVersion, models.PROTECT, verbose_name=_("rule version"))
    reason = models.CharField(_("reason"), max_length=500)
    set_in_post = models.CharField(_("set in post"), max_length=100, blank=True)
    set_at = models.DateTimeField(_("set at"))

    class Meta:
        """Append-only, like the versions."""

        triggers: ClassVar = [APPEND_ONLY, STANDS_STILL]
        verbose_name = _("withdrawal")

    def __str__(self) -> str:
        """Name the version."""
        return str(self.version)


def jurisdictions_of(place_path: str) -> Sequence[str]:
    """Return the paths of all places that a place lies in, from the nation (empty) to itself."""
    lengths = (0, 2, 4, 6, 9, 12)
    inner = [place_path[:length] for length in lengths if length < len(place_path)]
    return [*inner, place_path]
