"""Asking the rulebook: which value of a rule is in force in a place on a day, and what has been in force before."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock, registry
from linli.ground.database.prepared import Prepared
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place

from .models import Pack, Rule, RuleVersion, jurisdictions_of
from .packs import UnknownRule
from .rules import may_lodge
from .units import Mark

_KNOWN: Final = Prepared(
    lambda keys, paths, on: (
        RuleVersion.objects.filter(rule__key__among=keys, jurisdiction__among=paths).known_on(on).select_related("rule")
    ),
    keys=["a key"],
    paths=["a path"],
    on=date(1001, 1, 1),
)
UNUSED: Final = "UNUSED"
"""No function of this release works by it."""
OPEN: Final = "OPEN"
"""A community may have its own value by its charter."""
__all__ = [
    "OPEN",
    "UNUSED",
    "Chapter",
    "Listing",
    "Span",
    "Standing",
    "Subject",
    "UnknownRule",
    "book",
    "history",
    "in_force",
    "kinds_of",
    "listing",
    "places_named",
    "rule",
    "rules",
    "section_of",
    "standing",
]


@dataclass(frozen=True)
class Span:
    """A version with the day on which the next one of its jurisdiction begins (None while none follows), where it holds, and who set it."""

    version: RuleVersion
    until: date | None
    is_now: bool
    place: str
    post: str
    may_withdraw: bool
    """Whether who looks may take it back: a charter that stands."""


@dataclass(frozen=True)
class Standing:
    """How a rule stands in a place: what holds there now and whose value that is, what is to come, and what differs further in."""

    now: RuleVersion
    source: str
    coming: list[Span]
    inner: list[Span]


@dataclass(frozen=True)
class Subject:
    """The rules of one subject of one law, with the version in force and the name of the place whose value it is."""

    name: str
    versions: list[RuleVersion]
    names: dict[str, str]

    @property
    def rows(self) -> list[tuple[RuleVersion, str]]:
        """Each version with the place that it comes from."""
        return [(version, self.names[version.jurisdiction]) for version in self.versions]

    def part(self, *, in_use: bool) -> "Subject":
        """Return what functions of this release work by, or what none does yet."""
        return Subject(self.name, [one for one in self.versions if one.rule.in_use == in_use], self.names)


@dataclass(frozen=True)
class Fold:
    """What opens and closes together on the page of the rules."""

    subjects: list[Subject]
    is_waiting: bool = False
    """Whether no function of this release works by any of it."""

    @property
    def count(self) -> int:
        """How many rules it holds."""
        return sum(len(subject.versions) for subject in self.subjects)


@dataclass(frozen=True)
class Chapter:
    """One law or set of customs with its subjects."""

    pack: Pack
    subjects: list[Subject]

    @property
    def folds(self) -> list[Fold]:
        """Each subject by itself, of it what functions of this release work by; at the end, together, what none works by yet."""
        working = [Fold([part]) for subject in self.subjects if (part := subject.part(in_use=True)).versions]
        waiting = [part for subject in self.subjects if (part := subject.part(in_use=False)).versions]
        return [*working, Fold(waiting, is_waiting=True)] if waiting else working


@dataclass(frozen=True)
class Listing:
    """The rules in force that match a search, and how many there are of each kind: by mark, not in use, left to the communities."""

    chapters: list[Chapter]
    total: int
    counts: dict[str, int]

    @property
    def shown(self) -> int:
        """How many stand on the page once it is narrowed to a mark."""
        return sum(fold.count for chapter in self.chapters for fold in chapter.folds)


def rule(key: str, *, place_path: str = "", on: date | None = None) -> RuleVersion:
    """Return the version of a rule in force in a place on a day (today); raises UnknownRule.

    Law wins everywhere unless it allows deviation itself; otherwise the innermost jurisdiction wins:
    nation > region > city > district > town > community charter. One query.
    """
    return rules(key, place_path=place_path, on=on)[key]


def rules(*keys: str, place_path: str = "", on: date | None = None) -> dict[str, RuleVersion]:
    """Return the versions of several rules in force in a place on a day, by key, in one query; raises UnknownRule for a missing one."""
    known = _KNOWN(keys=list(keys), paths=jurisdictions_of(place_path), on=on or clock.today())
    found = {version.rule.key: version for version in in_force(known)}
    for key in keys:
        if key not in found:
            raise UnknownRule(key)
    return found


def book(*, place_path: str = "", on: date | None = None) -> Callable[[str], RuleVersion]:
    """Return the rulebook of a place as decisions take it: a function from a key to its version in force."""
    return lambda key: rule(key, place_path=place_path, on=on)


def in_force(known: Iterable[RuleVersion]) -> list[RuleVersion]:
    """Return the one version in force of each rule, out of those known on a day, the latest first."""
    latest: dict[tuple[int, str], RuleVersion] = {}
    for version in known:
        latest.setdefault((version.rule_id, version.jurisdiction), version)
    chosen: dict[int, RuleVersion] = {}
    for version in sorted(latest.values(), key=lambda one: len(one.jurisdiction)):
        outer = chosen.get(version.rule_id)
        if outer is None or outer.mark != Mark.LAW or version.rule.may_deviate:
            chosen[version.rule_id] = version
    return list(chosen.values())


def listing(*, text: str = "", kind: str = "", place_path: str = "") -> Listing:
    """Return the rules in force in a place by law and subject: those in which every word of a text stands, of one kind (see `kinds_of`)."""
    known = RuleVersion.objects.over(place_path).known_on(clock.today()).select_related("rule__pack")
    words = text.lower().split()
    versions = [version for version in in_force(known) if all(word in _text_of(version) for word in words)]
    versions.sort(key=lambda one: (one.rule.pack.order, one.rule.pack.code, one.rule.order))
    shown = [one for one in versions if not kind or kind in kinds_of(one)]
    names = places_named({version.jurisdiction for version in shown})
    chapters: dict[Pack, dict[str, Subject]] = {}
    for one in shown:
        subjects = chapters.setdefault(one.rule.pack, {})
        subjects.setdefault(one.rule.subject, Subject(one.rule.subject, [], names)).versions.append(one)
    counts = Counter(kind for version in versions for kind in kinds_of(version))
    return Listing([Chapter(pack, list(found.values())) for pack, found in chapters.items()], len(versions), counts)


def kinds_of(version: RuleVersion) -> set[str]:
    """Return under which heads a list narrows to this rule: its mark, not in use, left to the communities' charters."""
    rule, is_locked = version.rule, version.mark == Mark.LAW and not version.rule.may_deviate
    is_open = rule.in_use and rule.down_to == Level.COMMUNITY and not is_locked
    return {version.mark, *([] if rule.in_use else [UNUSED]), *([OPEN] if is_open else [])}


def history(of: Rule, viewer: Actor) -> list[Span]:
    """Return every version of a rule, the nation's first, in each jurisdiction the latest first."""
    every = of.versions.order_by("jurisdiction", "-effective_from", "-pk").select_related("rule", "withdrawal")
    versions, lodges = list(every), may_lodge(viewer, of)
    names = places_named({version.jurisdiction for version in versions})
    posts = registry.resolve({version.set_in_post for version in versions}, viewer)
    spans: list[Span] = []
    for _jurisdiction, group in groupby(versions, key=lambda one: one.jurisdiction):
        until: date | None = None
        for version in group:
            stands = not hasattr(version, "withdrawal")
            begun = version.effective_from <= clock.today() and (until is None or clock.today() < until)
            post = posts.get(version.set_in_post)
            mine = stands and version.mark == Mark.CHARTER and lodges
            mine = mine and viewer.holds(Power.LODGE_CHARTERS, version.jurisdiction)
            where, who = names[version.jurisdiction], post.title if post else ""
            spans.append(Span(version, until if stands else None, stands and begun, where, who, mine))
            until = version.effective_from if stands else until
    return spans


def standing(of: Rule, spans: list[Span], place_path: str) -> Standing:
    """Return how a rule stands in a place, out of its history; one that has not begun shows its earliest version."""
    over = jurisdictions_of(place_path)
    current = [span for span in spans if span.is_now]
    here = in_force([span.version for span in current if span.version.jurisdiction in over])
    now = here[0] if here else of.versions.select_related("rule").earliest("effective_from", "pk")
    begins_later = [
        one for one in spans if one.version.effective_from > clock.today() and not hasattr(one.version, "withdrawal")
    ]
    return Standing(
        now,
        next(span.place for span in spans if span.version == now),
        [span for span in reversed(begins_later) if span.version.jurisdiction in over and span.version != now],
        [
            one
            for one in current
            if one.version.jurisdiction not in over and one.version.jurisdiction.startswith(place_path)
        ],
    )


def section_of(place: Place, actor: Actor) -> dict[str, object] | None:
    """Return the rules that a place has of its own, for its page; None for grids, provinces and places that have ended. One query."""
    if place.level in {Level.PROVINCE, Level.GRID} or place.ended_on is not None:
        return None
    known = RuleVersion.objects.filter(jurisdiction=place.path).known_on(clock.today()).select_related("rule")
    return {
        "own": sorted(in_force(known), key=lambda one: one.rule.key),
        "url": f"{reverse('rulebook:index')}?{urlencode({'place': place.path})}",
        "open_url": f"{reverse('rulebook:index')}?{urlencode({'place': place.path, 'mark': OPEN})}",
        "may_lodge": place.level == Level.COMMUNITY and actor.holds(Power.LODGE_CHARTERS, place.path),
    }


def places_named(paths: Iterable[str]) -> dict[str, str]:
    """Return the names of jurisdictions by path: the whole nation, a place's full name, or the bare code of one that is not loaded."""
    found = {
        place.path: place.title
        for place in Place.objects.filter(path__in=[path for path in paths if path]).with_parents()
    }
    return {path: found.get(path, path) if path else _("the whole nation") for path in paths}


def _text_of(version: RuleVersion) -> str:
    parts = (
        version.rule.title,
        version.rule.subject,
        version.rule.key,
        version.law,
        version.article,
        version.sentence,
        version.words,
    )
    return " ".join(parts).lower()
