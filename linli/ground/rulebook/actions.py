"""Setting rules: a change is a new version from a day on; the packs of a release are loaded, never edited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Conflict
from linli.ground.places.divisions import DIGITS, Level
from linli.ground.places.queries import communities_of

from .models import Pack, Rule, RuleVersion, Withdrawal
from .packs import Entry, PackText, shipped
from .queries import in_force
from .rules import may_change_in, may_lodge_for, may_withdraw
from .units import Mark, Meeting, cleaned, is_number

Errors = dict[str, str | ValidationError]

ENDS: Final = {"min": "max", "max": "min"}
"""The last words of the keys of the two ends of a range."""
SELF_GOVERNMENT: Final = date(1989, 12, 26)
"""The day of the first Residents' Committee Law: no charter of a community is older."""
AHEAD: Final = timedelta(days=5 * 366)
"""A term of those who decide; a later first day is a slip of the pen."""
RULE_FACTS: Final = (
    *("pack", "subject", "title", "unit", "base"),
    *("deviates_from", "deviates_to", "down_to", "in_use", "order"),
)


@dataclass(frozen=True)
class Setting:
    """What a competent post sets: the value, where and from when it holds, whose word it is, and why."""

    value: str
    place_path: str
    effective_from: date
    reason: str
    mark: Mark = Mark.DEFAULT
    basis: str = ""
    """The local regulation or decision; a LOCAL value needs one."""


@dataclass(frozen=True)
class Charter:
    """What a community decided: the value, from when, in which charter or convention, and the meeting that decided it."""

    value: str
    place_path: str
    effective_from: date
    name: str
    """The charter or convention and its article, e.g. 湖东社区居民公约第五条."""
    decided_by: Meeting
    decided_on: date


@dataclass(frozen=True)
class Loaded:
    """What a load of packs found: rules in the packs, and versions that were new."""

    rules: int
    new_versions: int


@transaction.atomic
def change(rule: Rule, *, to: Setting, seen: int, by: Actor) -> RuleVersion:
    """Set a rule's value in one jurisdiction from a day on, as a new version; `seen` is the newest version that the person saw.

    Raises PermissionDenied (law, or another's place), Conflict (somebody was first) and ValidationError by field.
    """
    rule = Rule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if not may_change_in(by, rule, to.place_path):
        raise PermissionDenied("rulebook.change")
    errors: Errors = {}
    if not to.reason.strip():
        errors["reason"] = _("Say why the rule is changed.")
    if to.mark not in {Mark.DEFAULT, Mark.LOCAL}:
        errors["mark"] = _("Law is set by the law alone.")
    if to.mark == Mark.LOCAL and not to.basis.strip():
        errors["basis"] = _("Name the local regulation and its article.")
    if len(to.place_path) >= DIGITS[Level.COMMUNITY]:
        errors["place"] = _("A community has its own value by its charter; lodge that.")
    if to.effective_from < clock.today():
        errors["effective_from"] = _("A rule cannot be changed for days that have passed. Choose today or later.")
    return _set(rule, "rulebook.ruleversion.change", to, {"mark": to.mark}, errors, seen=seen, by=by)


@transaction.atomic
def lodge(rule: Rule, *, charter: Charter, seen: int, by: Actor) -> RuleVersion:
    """Put on record what a community's meeting decided on a rule, as a new version there; errors as for `change`.

    Residents' Committee Law 2025 art. 30 (who decides), art. 31 (with whom it is filed; no conflict with law).
    """
    rule = Rule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if not may_lodge_for(by, rule, charter.place_path):
        raise PermissionDenied("rulebook.lodge")
    errors: Errors = {}
    if not communities_of(charter.place_path).filter(path=charter.place_path).exists():
        errors["place"] = _("Choose a community or village that governs itself today.")
    if not charter.name.strip():
        errors["basis"] = _("Name the charter or convention and its article.")
    if charter.decided_on > min(clock.today(), charter.effective_from):
        errors["decided_on"] = _(
            "The meeting comes first: its day is neither to come nor after the first day of the value."
        )
    if min(charter.decided_on, charter.effective_from) < SELF_GOVERNMENT:
        text = _("Write the day as it stands in the charter; there are none from before %(day)s.")
        errors["effective_from"] = text % {"day": date_format(SELF_GOVERNMENT, "DATE_FORMAT")}
    to = Setting(charter.value, charter.place_path, charter.effective_from, charter.name, basis=charter.name)
    facts = {"mark": Mark.CHARTER, "decided_by": charter.decided_by, "decided_on": charter.decided_on}
    return _set(rule, "rulebook.ruleversion.lodge", to, facts, errors, seen=seen, by=by)


@transaction.atomic
def withdraw(version: RuleVersion, *, reason: str, by: Actor) -> None:
    """Take back a charter that was lodged wrongly: it counts no more, the version stays on record.

    Raises PermissionDenied, and ValidationError where it is withdrawn already or another charter rests on it.
    """
    rule = Rule.objects.select_for_update(of=("self",)).get(pk=version.rule_id)
    if not may_withdraw(by, version):
        raise PermissionDenied("rulebook.withdraw")
    if Withdrawal.objects.filter(version=version).exists():
        raise ValidationError(_("This charter has been withdrawn already."), code="withdrawn")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the charter is withdrawn.")})
    known = rule.versions.over(version.jurisdiction).known_on(max(version.effective_from, clock.today()))
    after = next(one for one in in_force(known.exclude(pk=version.pk).select_related("rule")))
    place = Setting(after.value, version.jurisdiction, version.effective_from, reason)
    if is_number(rule.unit) and (other := _at_odds(rule, after.number, place)):
        said = {"rule": other.rule.title, "value": other.words}
        raise ValidationError(_("Without it, “%(rule)s” would not go together: %(value)s. Withdraw that first.") % said)
    Withdrawal.objects.create(version=version, reason=reason.strip(), set_in_post=by.post_ref, set_at=clock.now())
    data = {"rule": rule.key, "value": [version.value, after.value]}
    record("rulebook.ruleversion.withdraw", version, by=by, place_path=version.jurisdiction, data=data)


def _set(
    rule: Rule, verb: str, to: Setting, facts: dict[str, object], errors: Errors, *, seen: int, by: Actor
) -> RuleVersion:
    """Check what both ways of setting a value share, and write the version with its event."""
    if not rule.in_use:
        raise ValidationError(not_in_use())
    if newest(rule) != seen:
        raise Conflict(rule)
    value = _checked(rule, to, errors)
    known = list(rule.versions.over(to.place_path).known_on(to.effective_from).select_related("rule"))
    before = next(iter(in_force(known)), None) or rule.versions.earliest("effective_from", "pk")
    basis = to.basis.strip()
    version = RuleVersion.objects.create(
        rule=rule,
        jurisdiction=to.place_path,
        value=value,
        law=basis or before.law,
        article="" if basis else before.article,
        statement=before.statement,
        effective_from=to.effective_from,
        reason=to.reason.strip(),
        set_by=by.ref,
        set_in_post=by.post_ref,
        set_at=clock.now(),
        **facts,
    )
    data = {"rule": rule.key, "value": [before.value, value], "effective_from": to.effective_from}
    record(verb, version, by=by, place_path=to.place_path, data=data)
    return version


def not_in_use() -> str:
    """Return the sentence why a rule cannot be changed that no function of this release works by."""
    return _("Not yet in use: no function of this version works by this rule, so a change would change nothing.")


def newest(rule: Rule) -> int:
    """Return the key of the newest version of a rule, wherever it holds: what a form remembers to notice a conflict."""
    return rule.versions.order_by("-pk").values_list("pk", flat=True).first() or 0


def _checked(rule: Rule, to: Setting, errors: Errors) -> str:
    """Return the value as stored; raises ValidationError with every field that is wrong, those found before included."""
    value = ""
    try:
        value = cleaned(to.value, rule.unit)
    except ValidationError as error:
        errors["value"] = error
    if (
        value
        and is_number(rule.unit)
        and not (rule.deviates_from or 0) <= int(value) <= (rule.deviates_to or int(value))
    ):
        errors["value"] = _("The law allows local values %(limits)s only.") % {"limits": limits(rule)}
    elif value and is_number(rule.unit) and (other := _at_odds(rule, int(value), to)):
        errors["value"] = _("This does not go together with “%(rule)s”: %(value)s.") % {
            "rule": other.rule.title,
            "value": other.words,
        }
    latest = clock.today() + AHEAD
    if to.effective_from > latest:
        text = _("A value is set five years ahead at most, until %(day)s.") % {
            "day": date_format(latest, "DATE_FORMAT")
        }
        errors["effective_from"] = text
    if not rule.allows(to.place_path):
        errors.setdefault("place", _("This rule may not be set for a place of this level."))
    if errors:
        raise ValidationError(errors)
    return value


def _at_odds(rule: Rule, value: int, to: Setting) -> RuleVersion | None:
    """Return the other end of a range (`….min`, `….max`) where this value would turn the range upside down there and then."""
    name, _dot, end = rule.key.rpartition(".")
    if end not in ENDS:
        return None
    known = RuleVersion.objects.filter(rule__key=f"{name}.{ENDS[end]}").over(to.place_path)
    day = max(to.effective_from, clock.today())
    other = next(iter(in_force(known.known_on(day).select_related("rule"))), None)
    if other is None:
        return None
    least, most = (value, other.number) if end == "min" else (other.number, value)
    return other if least > most else None


def limits(rule: Rule) -> str:
    """Return in words which local values the law allows; empty where it sets no limits."""
    if rule.deviates_from is not None and rule.deviates_to is not None:
        return _("from %(least)s to %(most)s") % {"least": rule.deviates_from, "most": rule.deviates_to}
    if rule.deviates_from is not None:
        return _("from %(least)s up") % {"least": rule.deviates_from}
    return _("up to %(most)s") % {"most": rule.deviates_to} if rule.deviates_to is not None else ""


@transaction.atomic
def load_rules(packs: Iterable[PackText] | None = None) -> Loaded:
    """Bring packs (those of this release) into the tables; idempotent. A new value is a new version; nothing is ever rewritten.

    Only the owner role may: the serving role can change neither law nor what holds in the whole nation.
    """
    count = added = 0
    for text in shipped() if packs is None else packs:
        pack, _made = Pack.objects.get_or_create(code=text.code, defaults={"title": text.title})
        _keep(pack, {"title": text.title, "source": text.source, "order": text.order})
        fresh = [entry for place, entry in enumerate(text.entries) if _load(entry, _rule(entry, pack, place))]
        count, added = count + len(text.entries), added + len(fresh)
        if fresh:
            record("rulebook.pack.load", pack, by=SYSTEM, data={"new_versions": len(fresh)})
    return Loaded(count, added)


def _rule(entry: Entry, pack: Pack, place: int) -> Rule:
    """Return the rule of an entry, brought up to the pack's words."""
    facts = {"pack": pack, "order": place} | {
        name: getattr(entry, name) for name in RULE_FACTS if name not in {"pack", "order"}
    }
    rule, made = Rule.objects.get_or_create(key=entry.key, defaults=facts)
    if not made:
        _keep(rule, facts)
    return rule


def _load(entry: Entry, rule: Rule) -> bool:
    """Add the entry as a version unless the packs' last word on it is the same; say whether it was new."""
    facts: dict[str, object] = {
        "value": entry.value,
        "mark": entry.mark,
        "law": entry.law,
        "article": entry.article,
        "effective_from": entry.effective_from,
        "statement": entry.sentence,
        "note": entry.note,
    }
    last = rule.versions.filter(jurisdiction=entry.jurisdiction, set_by=SYSTEM.ref).order_by("-pk").first()
    if last is not None and all(getattr(last, name) == fact for name, fact in facts.items()):
        return False
    RuleVersion.objects.create(
        rule=rule, jurisdiction=entry.jurisdiction, set_by=SYSTEM.ref, set_at=clock.now(), **facts
    )
    return True


def _keep(thing: Pack | Rule, facts: dict[str, object]) -> None:
    """Bring the changed facts of a row up to date."""
    changed = [name for name, fact in facts.items() if getattr(thing, name) != fact]
    for name in changed:
        setattr(thing, name, facts[name])
    if changed:
        thing.save(update_fields=changed)
