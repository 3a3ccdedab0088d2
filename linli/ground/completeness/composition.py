"""What the rules of a place's kind ask of its bodies, and what the record shows instead. Pure functions over rosters and norms.

Every number comes from the rulebook: Residents' Committee Law 2025 art. 8, 14, 28, 36; Villagers' Committee Law art. 8, 14, 29, 37;
People's Mediation Law art. 8, 9; the rest are the city's own customs. A unit without self-government needs none of these bodies.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.ground.kinds.models import BodyKind, Group, Rule
from linli.ground.rulebook.fractions import least
from linli.ground.rulebook.units import Norm

WARNING: Final = "organisations.term.warning_days"
FLAG: Final = "true"
Norms = Mapping[str, Norm]


class Severity(models.TextChoices):
    """How a body falls short; a note does not make it incomplete."""

    MISSING = "missing", gettext_lazy("missing")
    VACANT = "vacant", gettext_lazy("vacant")
    EXPIRED = "expired", gettext_lazy("term over")
    WRONG = "wrong", gettext_lazy("against the rules")
    NOTE = "note", gettext_lazy("to be seen to")


@dataclass(frozen=True)
class Finding:
    """One thing that a rule asks for and the record does not show, in a sentence, with its source."""

    code: str
    severity: Severity
    kind: str
    title: str
    """What the kind is called inside the community."""
    sentence: str
    source: str
    """Law and article, or the custom."""
    rule_ref: str = ""
    """The version of the rule that was used, `rulebook.ruleversion:12`; empty where the kind itself names the law."""


@dataclass(frozen=True)
class Seat:
    """A post with those who hold it today."""

    code: str
    name: str
    head: bool
    seats: int
    persons: frozenset[int]
    women: int
    unknown: int
    """Holders whose sex is not recorded."""
    next_end: date | None
    """The first of the holders' last days."""
    last_end: date | None
    """The last day of the latest holder before today."""


@dataclass(frozen=True)
class Roster:
    """A body with its posts as they stand today."""

    body: int
    kind: BodyKind
    seats: tuple[Seat, ...]

    @property
    def persons(self) -> frozenset[int]:
        """Everybody who holds a post of the body."""
        return frozenset().union(*(seat.persons for seat in self.seats))

    @property
    def women(self) -> int:
        """How many of the holders are women."""
        return sum(seat.women for seat in self.seats)


@dataclass(frozen=True)
class Place:
    """What the checks of one community look at: its kind, its bodies, its norms, who is near kin of whom, and the day."""

    stand: str
    rosters: Sequence[Roster]
    norms: Norms
    kin: Collection[frozenset[int]]
    on: date

    def norm(self, kind: BodyKind, rule: Rule) -> Norm | None:
        """Return the norm by which a kind answers a question here; None where it asks none."""
        key = kind.rule_key(rule, self.stand)
        return self.norms.get(key)  # a day before the law asks nothing

    def members_asked(self, kind: BodyKind) -> str:
        """Return how many members a body of a kind has here, `5–9`; empty where no rule says."""
        least, most = self.norm(kind, Rule.SIZE_MIN), self.norm(kind, Rule.SIZE_MAX)
        if not least:
            return ""
        return f"{least.number}–{most.number}" if most else _("at least %(number)d") % {"number": least.number}

    @property
    def committee(self) -> frozenset[int]:
        """The members of the residents' or villagers' committee."""
        return frozenset().union(*(roster.persons for roster in self.rosters if roster.kind.group == Group.COMMITTEE))


def missing(place: Place, kinds: Sequence[BodyKind]) -> list[Finding]:
    """Return the kinds that the law or the city's rules ask for at this kind of place and that it does not have."""
    lacking = {kind.code for kind in kinds if kind.is_due_at(place.stand)} - {one.kind.code for one in place.rosters}
    text = _("%(body)s has not been set up.")
    return [
        _found(place, kind, "body.missing", Severity.MISSING, text % {"body": kind.title_at(place.stand)})
        for kind in kinds
        if kind.code in lacking
    ]


def findings(place: Place, roster: Roster) -> list[Finding]:
    """Return what is vacant, over, or against the rules in one body."""
    checks = (_head, _size, _women, _representatives, _kin, _term) if roster.persons else (_nobody,)
    return [finding for check in checks for finding in check(place, roster)] if roster.seats else []


def is_sound(found: Sequence[Finding]) -> bool:
    """Say whether a body stands as the rules ask: nothing but notes."""
    return all(one.severity == Severity.NOTE for one in found)


def _nobody(place: Place, roster: Roster) -> Iterator[Finding]:
    ended = max((seat.last_end for seat in roster.seats if seat.last_end), default=None)
    if ended is None:
        yield _found(place, roster.kind, "body.vacant", Severity.VACANT, _("Nobody holds a post yet."))
    else:
        text = _("The term ended on %(day)s and nobody has followed.") % {"day": date_format(ended, "DATE_FORMAT")}
        yield _found(place, roster.kind, "term.expired", Severity.EXPIRED, text)


def _head(place: Place, roster: Roster) -> Iterator[Finding]:
    for seat in roster.seats:
        if not seat.head or seat.persons:
            continue
        days = (place.on - seat.last_end).days if seat.last_end else 0
        text = _("The post of %(post)s is vacant.") if not days else ngettext(
            "The post of %(post)s has been vacant for %(days)d day.",
            "The post of %(post)s has been vacant for %(days)d days.",
            days,
        )  # fmt: skip
        yield _found(place, roster.kind, "head.vacant", Severity.VACANT, text % {"post": seat.name, "days": days})


def _size(place: Place, roster: Roster) -> Iterator[Finding]:
    held, kind = len(roster.persons), roster.kind
    fewest, most = place.norm(kind, Rule.SIZE_MIN), place.norm(kind, Rule.SIZE_MAX)
    if fewest and held < fewest.number:
        text = _("%(held)d members; at least %(least)d are needed.") % {"held": held, "least": fewest.number}
        yield _found(place, kind, "size.few", Severity.WRONG, text, norm=fewest)
    if most and held > most.number:
        text = _("%(held)d members; at most %(most)d are allowed.") % {"held": held, "most": most.number}
        yield _found(place, kind, "size.many", Severity.WRONG, text, norm=most)


def _women(place: Place, roster: Roster) -> Iterator[Finding]:
    """Check that a committee has a woman, and that a third of a village's meeting are women representatives."""
    fewest, share = place.norm(roster.kind, Rule.WOMEN_MIN), place.norm(roster.kind, Rule.WOMEN_SHARE)
    needed = [(fewest, fewest.number)] if fewest else []
    needed += [(share, least(share.value, len(roster.persons | place.committee)))] if share else []
    counted = {"women": roster.women, "unknown": sum(seat.unknown for seat in roster.seats)}
    for norm, number in needed:
        values = counted | {"least": number}
        if roster.women + counted["unknown"] < number:
            text = _("%(women)d women; at least %(least)d are needed.") % values
            yield _found(place, roster.kind, "women.few", Severity.WRONG, text, norm=norm)
        elif roster.women < number:
            text = _("The sex of %(unknown)d members is not recorded; %(least)d women are needed.") % values
            yield _found(place, roster.kind, "women.unknown", Severity.NOTE, text, norm=norm)


def _representatives(place: Place, roster: Roster) -> Iterator[Finding]:
    norm = place.norm(roster.kind, Rule.REPRESENTATIVES_SHARE)
    whole, chosen = len(roster.persons | place.committee), len(roster.persons - place.committee)
    if norm and chosen < least(norm.value, whole):
        text = _("%(chosen)d of %(whole)d members of the meeting are representatives; at least %(least)d are needed.")
        text %= {"chosen": chosen, "whole": whole, "least": least(norm.value, whole)}
        yield _found(place, roster.kind, "representatives.few", Severity.WRONG, text, norm=norm)


def _kin(place: Place, roster: Roster) -> Iterator[Finding]:
    """Check that near relatives do not sit together, and that who watches the committee is neither in it nor near to it."""
    recuse, apart = place.norm(roster.kind, Rule.RELATIVES_RECUSE), place.norm(roster.kind, Rule.APART_FROM_COMMITTEE)
    if recuse and recuse.value == FLAG and any(pair <= roster.persons for pair in place.kin):
        text = _("Two members are declared near relatives.")
        yield _found(place, roster.kind, "relatives.within", Severity.WRONG, text, norm=recuse)
    if apart and apart.value == FLAG and roster.persons & place.committee:
        text = _("A member also sits in the committee that is watched over.")
        yield _found(place, roster.kind, "committee.member", Severity.WRONG, text, norm=apart)
    if apart and apart.value == FLAG and any(pair & roster.persons and pair & place.committee for pair in place.kin):
        text = _("A member is a declared near relative of a committee member.")
        yield _found(place, roster.kind, "committee.relative", Severity.WRONG, text, norm=apart)


def _term(place: Place, roster: Roster) -> Iterator[Finding]:
    """Warn before the first term of a body ends."""
    warning, term = place.norms.get(WARNING), place.norm(roster.kind, Rule.TERM)
    ends = min((seat.next_end for seat in roster.seats if seat.next_end), default=None)
    if term and warning and ends and ends <= place.on + timedelta(days=warning.number):
        text = _("A term ends on %(day)s.") % {"day": date_format(ends, "DATE_FORMAT")}
        yield _found(place, roster.kind, "term.expiring", Severity.NOTE, text, norm=term)


def _found(
    place: Place, kind: BodyKind, code: str, severity: Severity, sentence: str, *, norm: Norm | None = None
) -> Finding:
    """Return a finding with its source: the norm that was used, else the law by which the kind stands."""
    source = f"{norm.law} {norm.article}".strip() if norm else kind.source_at(place.stand)
    title = kind.title_at(place.stand)
    return Finding(code, severity, kind.code, title, sentence, source, norm.version_ref if norm else "")
