"""ASK: is a matter known, who supports a case, which cases belong together, which are near."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Q, Value, When
from django.utils.timezone import localdate

from linli.commons.notices.templates import Recipient
from linli.commons.routing.models import Category
from linli.commons.routing.queries import object_in
from linli.flows.cases.models import LIVE, Case, CaseQuerySet, Status
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.crypto import blind_index
from linli.ground.core.models import Event
from linli.ground.database.prepared import Prepared
from linli.ground.people.models import Account
from linli.ground.places.divisions import DIGITS, Level
from linli.ground.rulebook.queries import rule

from .models import Matter, Part, Support, Who

SAME: Final = "cases.same.days"
NEAR: Final = 20
FIGURES: Final = {figure: number for number, figure in enumerate("一二三四五六七八九", start=1)}
COUNTED: Final = re.compile(r"([一二三四五六七八九]?十?[一二三四五六七八九十])(?=号|栋|幢|座|单元|层|楼|期|门)")
HOUSE: Final = re.compile(r"(\d+)\s*(?:号楼|[栋幢座#]楼?|楼(?!下|上|顶|道|前|后))")
FIGURE: Final = re.compile(r"\d")
UNSAID: Final = re.compile(r"(?<!\d)-|-(?!\d)|[^\w-]|_")
UNWRITTEN: Final = frozenset({"Zs", "Cc", "Cf", "Pd", "Pc"})
"""Kinds of characters that do not count in a number: blanks, what cannot be seen, dashes of all lengths, underscores."""
TAIL: Final = re.compile(r"(?:的?(?:附近|旁边|旁|这里|那里|处))+$")
_HELD: Final = Prepared(
    lambda key: (
        Matter.objects.filter(key=key)
        .select_related("case__place", "case__lead", "case__reporter", "case__category")
        .order_by("number")
    ),
    key="a key",
)


def spot_of(where: str) -> str:
    """Return how a spot is told apart from others of its community, however it was written: 三号楼 2 单元 = 3栋2单元."""
    text = unicodedata.normalize("NFKC", where).lower()
    text = HOUSE.sub(r"\1号楼", COUNTED.sub(_figures, "".join(text.split())))
    return TAIL.sub("", UNSAID.sub("", text))


def _figures(found: re.Match[str]) -> str:
    """Return 十二 as 12."""
    tens, ten, ones = found[1].rpartition("十")
    value = FIGURES.get(ones, 0) + (10 * FIGURES.get(tens, 1) if ten else 0)
    return str(value)


def object_of(number: str) -> str:
    """Return how an object is told apart by the number on it, however it was written: ld 0-12 = ＬＤ０１２.

    Empty where there is no figure in it: 不知道 and 无 name nothing.
    """
    text = unicodedata.normalize("NFKC", number)
    plain = "".join(one for one in text if unicodedata.category(one) not in UNWRITTEN)
    return unicodedata.normalize("NFKC", plain.upper()) if FIGURE.search(plain) else ""


@dataclass(frozen=True)
class Spot:
    """Where a need is: the community, the spot there, and what was answered, which may name the object itself."""

    place_path: str
    where: str
    answers: Mapping[str, str]

    def of(self, category: Category) -> str:
        """Return what tells it apart within its community: the number of the object where it is named, else the spot."""
        number = object_of(object_in(category, self.answers))
        return f"#{number}" if number else spot_of(self.where)  # in no spot there is a number sign


def key_of(category: Category, spot: Spot, who: Who, *, is_private: bool = False) -> str:
    """Return the key of a need's matter; empty where nothing can be the same: no spot, no category of its own, nobody to tell apart.

    What somebody keeps private is theirs alone, whatever its category.
    """
    is_shared = category.is_shared and not is_private
    mine = "" if is_shared else who.known_by
    if category.is_rest or not (is_shared or mine) or not (there := spot.of(category)):
        return ""
    community = spot.place_path[: DIGITS[Level.COMMUNITY]]
    return blind_index(f"{category.code}\x1f{community}\x1f{there}\x1f{mine}", "supports.matter")


def held(key: str) -> list[Matter]:
    """Return who holds the matters of a key, the first first, ended and aged cases too. One query."""
    return _HELD(key=key) if key else []


def current(matters: Iterable[Matter]) -> list[Case]:
    """Return the cases that still hold their matter: not answered yet and not too old. One query where there is one to ask about."""
    live = [one.case for one in matters if one.case.status in LIVE]
    if not live:
        return []
    most = timedelta(days=rule(SAME, place_path=live[0].place_path).number)
    kept = {one.pk: one for one in live if localdate(one.received_at) + most >= clock.today()}
    return list(kept.values())


def same_as(category: Category, spot: Spot, who: Who, *, is_private: bool = False) -> list[Case]:
    """Return the open cases about the matter of a need that somebody is about to bring. At most three queries."""
    return current(held(key_of(category, spot, who, is_private=is_private)))


def followed_by(actor: Actor) -> Q:
    """Return the condition that a case is supported by whoever asks; nothing for staff and strangers."""
    if not (actor.contact or actor.person):
        return Q()
    mine = Support.objects.of(actor).order_by().values("case")
    return Q(pk__among=ArraySubquery(mine))


def waits_for_parts(case: Case) -> bool:
    """Say whether a part of it has no answer yet."""
    return Part.objects.filter(whole=case, case__status__in=LIVE).exists()


def is_supported_by(case: Case, actor: Actor) -> bool:
    """Say whether whoever asks supports the case."""
    return case.is_joint and Support.objects.of(actor).filter(case=case).exists()


def supports_of(case: Case) -> list[Support]:
    """Return who supports a case, the first first."""
    return list(case.supports.select_related("origin").order_by("at", "pk"))


@dataclass(frozen=True)
class Company:
    """What belongs to a case: how many support it, the whole that it is a part of, its parts, what was merged into it."""

    supports: int
    whole: Case | None
    parts: Sequence[Case]
    merged: Sequence[Case]

    @property
    def waiting(self) -> int:
        """How many parts have no answer yet."""
        return sum(one.status in LIVE for one in self.parts)


def company_of(case: Case) -> Company:
    """Return what belongs to a case. Two queries; none for one that has always stood alone."""
    if not case.is_joint:
        return Company(0, None, (), ())
    others = Case.objects.filter(Q(part__whole=case) | Q(parts__case=case) | Q(merged_into=case)).distinct()
    found = list(others.select_related("lead", "part").order_by("received_at", "pk"))
    parts = [one for one in found if (part := getattr(one, "part", None)) and part.whole_id == case.pk]
    merged = [one for one in found if one.merged_into_id == case.pk]
    whole = next((one for one in found if one not in parts and one not in merged), None)
    return Company(case.supports.count(), whole, parts, merged)


def tree_of(case: Case) -> set[int]:
    """Return the keys of a case and of all that were merged into it, and into those. One query a level."""
    found, level = {case.pk}, [case.pk]
    while level := list(Case.objects.filter(merged_into__in=level).values_list("pk", flat=True)):
        found |= {*level}
    return found


def near(case: Case, actor: Actor, *, text: str = "") -> CaseQuerySet:
    """Return the open cases of the same town that the actor may see, but for this one: the same spot's first, then the newest.

    `text` is a reference or words of the matter. Who does not dispatch over the place chooses among those of the same lead: a case is not
    pushed off to another body by being merged.
    """
    own = Part.objects.filter(whole=case).values("case")
    seen = Case.objects.visible_to(actor).filter(status__in=LIVE).exclude(pk=case.pk).exclude(pk__in=own)
    if not actor.holds(Power.DISPATCH_CASES, case.place_path):
        seen = seen.filter(lead=case.lead_id)
    here, about = Q(place__path__startswith=_community(case)), Q(category=case.category_id)
    if text:
        seen = seen.filter(Q(reference=text.strip().upper()) | Q(text__icontains=text) | Q(where__icontains=text))
    else:
        seen = seen.filter(place__path__startswith=case.place_path[: DIGITS[Level.TOWN]])
    nearness = [When(here & about, then=Value(0)), When(here, then=Value(1)), When(about, then=Value(2))]
    rank = models.Case(*nearness, default=Value(3), output_field=models.IntegerField())
    return seen.order_by(rank, "-received_at", "-pk")


def _community(case: Case) -> str:
    return case.place_path[: DIGITS[Level.COMMUNITY]]


def who_supports(event: Event) -> list[Recipient]:
    """Return those who support the case that an event is about: by account where there is one, else by phone. Two queries."""
    return _recipients(Support.objects.filter(case=_key(event)))


def who_came_with(event: Event) -> list[Recipient]:
    """Return those who came by a case that was merged into another: whoever brought it and its supporters."""
    return _recipients(Support.objects.filter(origin__in=tree_of(Case(pk=_key(event)))).exclude(case=_key(event)))


def _key(event: Event) -> int:
    return int(event.subject.partition(":")[2])


def _recipients(supports: Iterable[Support]) -> list[Recipient]:
    known = [one for one in supports if one.contact]
    accounts = dict(
        Account.objects.filter(contact__in={one.contact for one in known}, is_active=True).values_list("contact", "pk")
    )
    return [
        Recipient(account=accounts[one.contact])
        if one.contact in accounts
        else Recipient(contact=one.contact, phone=one.phone)
        for one in known
    ]


def is_joint(case: Case) -> bool:
    """Say whether anything belongs to the case."""
    return case.is_joint


def waits(case: Case) -> bool:
    """Say whether the case waits for parts; one that has always stood alone is not asked about."""
    return case.is_joint and waits_for_parts(case)


def is_merged(case: Case) -> bool:
    """Say whether the case is answered by another one."""
    return bool(case.status == Status.MERGED)


def may_end_in_another(case: Case) -> bool:
    """Say whether the case may be merged: its lead has still to answer it, and it has no parts of its own."""
    return is_live(case) and not (case.is_joint and Part.objects.filter(whole=case).exists())


def is_live(case: Case) -> bool:
    """Say whether its lead has still to answer it."""
    return case.status in LIVE
