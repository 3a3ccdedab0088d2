"""What a body is by law or custom: the kinds, loaded from TOML in git."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.roles import RoleCode
from linli.ground.database.models import STANDS_STILL
from linli.ground.places.divisions import Kind, Level, town_kind
from linli.ground.places.models import Place

ANYWHERE = "*"  # in `rules`: the same key for every kind of place
VILLAGES = frozenset({Kind.CUNWEIHUI, Kind.QUASI_CUNWEIHUI})
_WORDS = {
    True: {"community": "村", "affairs": "村务", "people": "村民", "environment": "人居环境"},
    False: {"community": "社区", "affairs": "居务", "people": "居民", "environment": "环境和物业管理"},
}
"""What the two laws call the same thing (村民委员会组织法 and 城市居民委员会组织法, art. 9), by "is a village"."""


def stand_of(place: Place) -> str:
    """Return where a body stands: the kind of the community or town, above them the level."""
    return place.kind or (town_kind(place.path, place.name) if place.level == Level.TOWN else place.level)


def words_of(stand: str) -> dict[str, str]:
    """Return the words that a kind of place has for the parts of a name."""
    return _WORDS[stand in VILLAGES]


class SubjectKind(models.TextChoices):
    """Through which channel a body takes part: as natural persons, as a people's organisation or as a legal body."""

    NATURAL_PERSONS = "natural_persons", _("natural persons")
    PEOPLES_ORGANISATION = "peoples_organisation", pgettext_lazy("kind of body", "people's organisation")
    LEGAL_BODY = "legal_body", _("legal body")


class Group(models.TextChoices):
    """The rows of a community's chart and the columns of the city's matrix."""

    PARTY = "party", _("Party organisation")
    ASSEMBLY = "assembly", _("meetings of residents")
    COMMITTEE = "committee", _("residents' or villagers' committee")
    SUPERVISION = "supervision", _("supervision committee")
    GROUP = "group", _("residents' groups")
    SUBCOMMITTEE = "subcommittee", _("sub-committees")
    DELIBERATION = "deliberation", _("deliberation council")
    WORKSTATION = "workstation", _("workstation")
    STATIONED = "stationed", _("posts of departments")
    ASSOCIATION = "association", _("community associations")
    PROPERTY = "property", _("owners and property service")
    UNIT = "unit", _("resident units")
    GOVERNMENT = "government", _("government offices")


class Need(models.TextChoices):
    """How much a kind of place needs a kind of body."""

    STATUTORY = "statutory", _("the law asks for it")
    REQUIRED = "required", _("the city's rules ask for it")
    OPTIONAL = "optional", _("where it is wanted")


class Rule(models.TextChoices):
    """The questions that a kind answers by a key of the rulebook."""

    TERM = "term", _("years of a term")
    SIZE_MIN = "size_min", _("fewest members")
    SIZE_MAX = "size_max", _("most members")
    WOMEN_MIN = "women_min", _("fewest women")
    WOMEN_SHARE = "women_share", _("share of women")
    RELATIVES_RECUSE = "relatives_recuse", _("no near relatives among the members")
    APART_FROM_COMMITTEE = "apart_from_committee", _("no committee member and no near relative of one")
    REPRESENTATIVES_SHARE = "representatives_share", _("share of representatives in their meeting")


@dataclass(frozen=True)
class PostDefault:
    """A post that a new body of a kind starts with."""

    code: str
    name: str
    role: RoleCode
    seats: int
    head: bool = False
    sent_by: str = ""
    """The code of the department that sends its holders (departments.toml)."""


class BodyKind(models.Model):
    """One kind of body: where it stands, by which law, under which parent, with which posts and rules."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(max_length=60)
    pattern = models.CharField(max_length=60)
    """The full name of a body of this kind, with the words of the place: `{place}居民委员会`."""
    short = models.CharField(max_length=60)
    title = models.CharField(max_length=60)
    """The name inside one community, without the place's."""
    group = models.CharField(_("group"), max_length=20, choices=Group.choices)
    subject = models.CharField(_("subject"), max_length=30, choices=SubjectKind.choices)
    law = models.CharField(_("law"), max_length=100)
    article = models.CharField(_("article"), max_length=100)
    stands = models.JSONField(default=dict)
    """Kind of community or town (or level above them) → Need. A kind of place that is not named has no such body."""
    parents = models.JSONField(default=list)
    """Codes of the kinds that may stand above, the preferred one first."""
    many = models.BooleanField(default=False)
    """Whether a place may have several."""
    rules = models.JSONField(default=dict)
    """Rule → kind of place (or `*`) → key of the rulebook."""
    posts = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = _("kind of body")
        triggers: ClassVar = [STANDS_STILL]

    def __str__(self) -> str:
        """Return the official name."""
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name if (get_language() or "").startswith("zh") else self.name_en

    def title_at(self, stand: str) -> str:
        """Return the name inside one community, in the words of its kind and the reader's language."""
        return self.title.format(**words_of(stand)) if (get_language() or "").startswith("zh") else self.name_en

    def names_at(self, place: Place) -> tuple[str, str]:
        """Return the full and the short name of a body of this kind at a place."""
        words = words_of(stand_of(place)) | {"place": place.short_name}
        return self.pattern.format(**words), self.short.format(**words)

    def source_at(self, stand: str) -> str:
        """Return law and article; where the two laws have one each, that of the place's kind."""
        which = -1 if stand in VILLAGES else 0
        return f"{self.law.split('／')[which]} {self.article.split('／')[which]}"

    def need_at(self, stand: str) -> Need | None:
        """Say how much a kind of place needs it; None where it has no business there."""
        found = self.stands.get(stand)
        return Need(found) if found else None

    def is_due_at(self, stand: str) -> bool:
        """Say whether the law or the city asks for it at a kind of place."""
        return self.need_at(stand) in {Need.STATUTORY, Need.REQUIRED}

    def rule_key(self, rule: Rule, stand: str) -> str:
        """Return the key of the rulebook for a kind of place; empty where no rule applies."""
        keys: dict[str, str] = self.rules.get(rule.value, {})
        return keys.get(stand) or keys.get(ANYWHERE, "")

    def rule_keys(self) -> set[str]:
        """Return every key of the rulebook that this kind names."""
        return {key for keys in self.rules.values() for key in keys.values()}

    def default_posts(self) -> list[PostDefault]:
        """Return the posts that a new body starts with."""
        return [PostDefault(**{**post, "role": RoleCode(post["role"])}) for post in self.posts]

    def roles(self) -> set[RoleCode]:
        """Return the roles that posts of this kind may carry: no post may give more than its kind was made for."""
        return {post.role for post in self.default_posts()} | {RoleCode.MEMBER}
