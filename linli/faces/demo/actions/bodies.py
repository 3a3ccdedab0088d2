"""The bodies of every community and village, with the gaps that a real city has."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from linli.ground.authority.actors import SYSTEM
from linli.ground.organisations.actions import BodyPlan, Seating
from linli.ground.organisations.models import Category, How
from linli.ground.people.actions import enter_people
from linli.ground.people.models import Person, Sex
from linli.ground.places.divisions import Kind
from linli.ground.places.models import Place

from .cast import HOME
from .names import doors, invent

SUBCOMMITTEES = ("mediation", "security", "health", "environment_property", "elderly_women_children")
ASSOCIATIONS = {
    "书画社": Category.RECREATION,
    "助老队": Category.MUTUAL_HELP,
    "合唱团": Category.RECREATION,
    "太极拳队": Category.RECREATION,
    "巾帼志愿队": Category.CHARITY,
    "楼栋议事会": Category.SERVICE,
    "红石榴舞队": Category.RECREATION,
    "法律服务队": Category.RIGHTS,
}
OF_THE_CAST = ("法律服务队", "供热站")
"""What the cast's community has for certain: they lead cases there."""
PROVIDERS = ("安居物业", "和美物业", "惠民物业")
UNITS = ("小学", "供热站", "卫生服务站", "超市", "银行支行", "供电营业厅")
LAST_ELECTION = date(2026, 3, 10)
TERM = timedelta(days=5 * 365)
FOUNDED = date(2002, 5, 1)
NUMERALS = "一二三四"
POOL = 60  # people of a community who hold posts


@dataclass
class Town:
    """What the invention of one community draws on."""

    chance: random.Random
    place: Place
    people: list[Person]
    next: int = 0

    def take(self, count: int) -> list[Person]:
        """Return the next people who hold nothing yet."""
        taken = self.people[self.next : self.next + count]
        self.next += count
        return taken


def populate(chance: random.Random, place: Place, today: date) -> Town:
    """Enter the people of a community who will hold posts; every third a woman at least."""
    sexes = [Sex.FEMALE if number % 3 == 0 else None for number in range(POOL)]
    homes = doors(random.Random(place.path), POOL)  # noqa: S311 (an invented door is no secret)
    entries = [invent(chance, place, today, door, sex=sex) for door, sex in zip(homes, sexes, strict=True)]
    return Town(chance, place, enter_people(entries, by=SYSTEM))


def plans_of(town: Town) -> list[BodyPlan]:
    """Return the bodies of one community or village: most are complete, some are missing, vacant or past their term."""
    if town.place.kind == Kind.JUWEIHUI:
        return [*_community(town), *_around(town)]
    if town.place.kind == Kind.CUNWEIHUI:
        return list(_village(town))
    return [_plan(town, "workstation", ("head", 1), ("worker", 2))] if town.chance.random() < 0.6 else []  # noqa: PLR2004


def _community(town: Town) -> Iterator[BodyPlan]:
    """Yield the self-government of a residents' committee area (一会、两委 and what stands around them)."""
    yield _plan(town, "party_branch", ("secretary", 1), ("vice_secretary", 1), ("member", 3), how=How.ELECTED)
    if _likely(town, 0.9):
        yield _plan(town, "party_joint_conference", ("convener", 1), ("delegate", 3))
    yield _plan(town, "residents_meeting")
    yield _plan(town, "representatives_meeting", ("representative", 24), how=How.ELECTED)
    members = 3 if _likely(town, 0.94) else 1
    yield _plan(town, "residents_committee", ("chair", 1), ("vice_chair", 1), ("member", members + 1), how=How.ELECTED)
    if _likely(town, 0.95):
        yield _plan(
            town, "supervision_committee", ("chair", 1 if _likely(town, 0.93) else 0), ("member", 2), how=How.ELECTED
        )
    if _likely(town, 0.88):
        yield _plan(town, "deliberation_council", ("chair", 1), ("member", 15), again=True)
    for number in range(town.chance.choice([0, 2, 3, 3, 4, 4])):
        name = f"第{NUMERALS[number]}居民小组"
        yield _plan(town, "residents_group", ("head", 1), how=How.ELECTED, name=name, again=True)
    for code in SUBCOMMITTEES:
        if _likely(town, 0.9):
            chair = 1 if _likely(town, 0.92) else 0
            yield _plan(town, f"subcommittee_{code}", ("chair", chair), ("member", 4), again=True)
    yield _plan(town, "workstation", ("head", 1), ("worker", 4), how=How.HIRED)
    if _likely(town, 0.92):
        yield _plan(town, "stationed_post", *_stationed(town), how=How.SECONDED, again=True)


def _stationed(town: Town) -> list[tuple[str, int]]:
    """Return the posts that departments have filled: most of them."""
    return [(post, 1 if _likely(town, 0.9) else 0) for post in ("police", "labour", "health", "disability", "grid")]


def _village(town: Town) -> Iterator[BodyPlan]:
    """Yield the self-government of a village."""
    yield _plan(town, "party_branch", ("secretary", 1), ("member", 2), how=How.ELECTED)
    yield _plan(town, "villagers_meeting")
    yield _plan(town, "village_representatives_meeting", ("representative", 24), how=How.ELECTED)
    yield _plan(town, "villagers_committee", ("chair", 1), ("vice_chair", 1), ("member", 3), how=How.ELECTED)
    if _likely(town, 0.9):
        yield _plan(town, "supervision_committee", ("chair", 1), ("member", 2), how=How.ELECTED)
    if _likely(town, 0.7):
        yield _plan(town, "subcommittee_mediation", ("chair", 1), ("member", 3), again=True)
    if _likely(town, 0.6):
        yield _plan(town, "workstation", ("head", 1), ("worker", 1))


def _around(town: Town) -> Iterator[BodyPlan]:
    """Yield associations, resident units and a property provider; the cast's first, where they live."""
    name = town.place.short_name
    for title in _drawn(town, list(ASSOCIATIONS), town.chance.randint(2, 5)):
        plan = _plan(town, "association", ("head", 1), name=f"{name.removesuffix('社区')}{title}", again=True)
        yield replace(plan, category=ASSOCIATIONS[title])
    for title in _drawn(town, UNITS, town.chance.randint(1, 3)):
        yield _plan(town, "resident_unit", ("delegate", 1), name=f"{name.removesuffix('社区')}{title}", again=True)
    if _likely(town, 0.7) or town.place.short_name == HOME:
        title = town.chance.choice(PROVIDERS)
        yield _plan(town, "property_provider", ("manager", 1), name=f"{name.removesuffix('社区')}{title}", again=True)


def _drawn(town: Town, titles: Sequence[str], count: int) -> list[str]:
    """Return some of the titles by lot; those of the cast's community begin with what the cast needs there."""
    drawn = town.chance.sample(titles, count)
    first = [one for one in titles if one in OF_THE_CAST and town.place.short_name == HOME]
    return [*first, *(one for one in drawn if one not in first)]


def _likely(town: Town, share: float) -> bool:
    return town.chance.random() < share


def _plan(
    town: Town, kind: str, *posts: tuple[str, int], how: How = How.APPOINTED, name: str = "", again: bool = False
) -> BodyPlan:
    """Return one body with its holders; `again` lets people who hold something else double up."""
    begun, ended = LAST_ELECTION, LAST_ELECTION + TERM - timedelta(days=1)
    if not _likely(town, 0.96):  # elected before the others and not again since
        begun, ended = begun - TERM, LAST_ELECTION - timedelta(days=1)
    seatings = []
    for post, count in posts:
        people = town.chance.sample(town.people, count) if again else town.take(count)
        seatings += [Seating(post, person.pk, begun, ended, how) for person in people]
    founded = date(town.chance.randint(2002, 2019), town.chance.randint(1, 12), 1)
    return BodyPlan(kind, town.place, founded, name=name, short_name=name, holders=seatings)
