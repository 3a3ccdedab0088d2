"""Asking the rulebook: which value of a rule is in force in a place on a day, and what has been in force before."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock, registry
from linli.ground.places.models import Place

from .models import Pack, Rule, RuleVersion
from .packs import UnknownRule
from .units import Mark

__all__ = [
    "Chapter",
    "Listing",
    "Span",
    "Subject",
    "UnknownRule",
    "book",
    "history",
    "in_force",
    "listing",
    "places_named",
    "rule",
    "rules",
]


@dataclass(frozen=True)
class Span:
    """A version with the day on which the next one of its jurisdiction begins (None while none follows), where it holds, and who set it."""

    version: RuleVersion
    until: date | None
    is_now: bool
    place: str
    post: str


@dataclass(frozen=True)
class Subject:
    """The rules of one subject of one law, with the version in force."""

    name: str
    versions: list[RuleVersion]


@dataclass(frozen=True)
class Chapter:
    """One law or set of customs with its subjects."""

    pack: Pack
    subjects: list[Subject]


@dataclass(frozen=True)
class Listing:
    """The rules in force that match a search, and how many bear each mark."""

    chapters: list[Chapter]
    total: int
    counts: dict[str, int]


def rule(key: str, *, place_path: str = "", on: date | None = None) -> RuleVersion:
    """Return the version of a rule in force in a place on a day (today); raises UnknownRule.

    Law wins everywhere unless it allows deviation itself; otherwise the innermost jurisdiction wins:
    nation > region > city > district > town > community charter. One query.
    """
    return rules(key, place_path=place_path, on=on)[key]


def rules(*keys: str, place_path: str = "", on: date | None = None) -> dict[str, RuleVersion]:
    """Return the versions of several rules in force in a place on a day, by key, in one query; raises UnknownRule for a missing one."""
    known = (
        RuleVersion.objects.filter(rule__key__in=keys)
        .over(place_path)
        .known_on(on or clock.today())
        .select_related("rule")
    )
    found = {version.rule.key: version for version in in_force(known)}
    for key in keys:
        if key not in found:
            raise UnknownRule(key)
    return found


def book(*, place_path: str = "", on: date | None = None) -> Callable[[str], RuleVersion]:
    """Return the rulebook of a place as the decisions take it: a function from a key to its version in force."""
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


def listing(*, text: str = "", mark: str = "", place_path: str = "") -> Listing:
    """Return the rules in force in a place by law and subject, those in which every word of a text stands; narrowed to a mark."""
    known = RuleVersion.objects.over(place_path).known_on(clock.today()).select_related("rule__pack")
    words = text.lower().split()
    versions = [version for version in in_force(known) if all(word in _text_of(version) for word in words)]
    versions.sort(key=lambda one: (one.rule.pack.order, one.rule.pack.code, one.rule.order))
    shown = [version for version in versions if not mark or version.mark == mark]
    chapters = [
        Chapter(pack, [Subject(name, list(group)) for name, group in groupby(inside, key=lambda one: one.rule.subject)])
        for pack, inside in groupby(shown, key=lambda one: one.rule.pack)
    ]
    return Listing(chapters, len(versions), Counter(version.mark for version in versions))


def history(of: Rule, viewer: Actor) -> list[Span]:
    """Return every version of a rule, the nation's first, in each jurisdiction the latest first."""
    versions = list(of.versions.order_by("jurisdiction", "-effective_from", "-pk").select_related("rule"))
    names = places_named({version.jurisdiction for version in versions})
    posts = registry.resolve({version.set_in_post for version in versions}, viewer)
    spans: list[Span] = []
    for _jurisdiction, group in groupby(versions, key=lambda one: one.jurisdiction):
        until: date | None = None
        for version in group:
            is_now = version.effective_from <= clock.today() and (until is None or clock.today() < until)
            post = posts.get(version.set_in_post)
            spans.append(Span(version, until, is_now, names[version.jurisdiction], post.title if post else ""))
            until = version.effective_from
    return spans


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
