"""What a search finds: the matters that one may see, places, bodies, rules."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.commons.guides.models import Item
from linli.commons.routing.queries import offered
from linli.flows.cases.models import Case
from linli.flows.search.queries import found
from linli.flows.services.models import Application
from linli.ground.authority.actors import Actor
from linli.ground.core.codes import ALPHABET, LENGTH
from linli.ground.organisations.models import Body
from linli.ground.people.identity import name_index
from linli.ground.people.models import PersonalData
from linli.ground.people.queries import contact_of
from linli.ground.places.models import Place
from linli.ground.places.queries import city_path
from linli.ground.places.queries import find as find_places
from linli.ground.rulebook.queries import listing
from linli.ground.textsearch.queries import matching
from linli.ground.ui.templatetags.ui import zh_date

LONGEST: Final = 60
MOST: Final = 20
SHORTEST: Final = 2  # characters of a word worth looking for


@dataclass(frozen=True)
class Found:
    """One thing that a search found."""

    title: str
    url: str
    note: str


@dataclass(frozen=True)
class Hits:
    """What a search found of one kind: the first of it, and whether there is more."""

    title: Promise
    rows: list[Found]
    has_more: bool


def find(text: str, actor: Actor) -> list[Hits]:
    """Return what a search finds, by kind, empty kinds left out."""
    if not text:
        return []
    groups = [
        (_("Services"), _services(text, actor)),
        (_("Report a need about"), _needs(text, actor)),
        (_("Matters"), _matters(text, actor)),
        (
            _("Places found"),
            [Found(one.title, one.get_absolute_url(), one.get_level_display()) for one in _places(text)],
        ),
        (_("Bodies"), _bodies(text)),
        (_("Rules"), _rules(text)),
    ]
    return [Hits(title, found[:MOST], len(found) > MOST) for title, found in groups if found]


def _services(text: str, actor: Actor) -> list[Found]:
    """Find the services that can be applied for, and the application of a reference that somebody may see."""
    reference = text.replace("-", "").replace(" ", "").upper()
    own = Application.objects.visible_to(actor).filter(reference=reference)
    items = matching(Item.objects.visible_to(actor).current(), text)[: MOST + 1]
    found = [Found(one.title, one.get_absolute_url(), one.get_status_display()) for one in own]
    return found + [Found(one.name, one.get_absolute_url(), one.department_name) for one in items]


def _needs(text: str, actor: Actor) -> list[Found]:
    """Find the categories under which a need of these words can be reported; the form knows the words and the category already."""
    if actor.post is not None:
        return []
    said = [
        one
        for one in offered()
        if not one.is_rest and any(text in words for words in (one.name, one.name_en, one.examples))
    ]
    address = reverse("intake:report")
    return [
        Found(str(one), f"{address}?{urlencode({'field': one.field, 'category': one.code})}", one.examples)
        for one in said
    ]


def _places(text: str) -> list[Place]:
    return find_places(text, city_path())[: MOST + 1]


def _matters(text: str, actor: Actor) -> list[Found]:
    """Find the cases that somebody may see; a resident who has typed a reference learns how to prove that the matter is theirs."""
    cases = find_cases(text, actor, most=MOST + 1)
    reference = text.replace("-", "").replace(" ", "").upper()
    if cases or actor.post or len(reference) != LENGTH or set(reference) - set(ALPHABET):
        return [Found(case.title, case.get_absolute_url(), _note(case)) for case in cases]
    url = f"{reverse('intake:follow')}?reference={reference}"
    return [Found(reference, url, str(_("Prove with your phone that this matter is yours")))]


def _note(case: Case) -> str:
    """Return what tells one case from another, and nothing of who brought it."""
    return f"{case.get_status_display()} · {case.reference} · {case.place.short_name} · {zh_date(case.received_at)}"


def _bodies(text: str) -> list[Found]:
    standing = Body.objects.current().filter(name__contains=text).select_related("place")[: MOST + 1]
    return [Found(body.name, body.get_absolute_url(), body.place.short_name) for body in standing]


def _rules(text: str) -> list[Found]:
    versions = [
        version
        for chapter in listing(text=text, place_path=city_path()).chapters
        for subject in chapter.subjects
        for version in subject.versions
    ]
    return [
        Found(one.rule.title, one.rule.get_absolute_url(), f"{one.law} {one.article}".strip())
        for one in versions[: MOST + 1]
    ]


def find_cases(text: str, actor: Actor, *, most: int) -> list[Case]:
    """Return the newest cases that the actor may see with these words in them, of this reference, or brought by this name or phone.

    By name or phone only those are found whose reporter the actor may know in full. Two queries.
    """
    if len(text) < SHORTEST:
        return []
    seen = Case.objects.visible_to(actor).order_by("-received_at", "-pk")
    named = Case.objects.whose_name_may_be_known_to(actor).filter(_brought_by(text))
    hits = {one.pk: one for one in (*found(seen, text)[:most], *seen.filter(pk__in=named.values("pk"))[:most])}
    return sorted(hits.values(), key=lambda one: (one.received_at, one.pk), reverse=True)[:most]


def _brought_by(text: str) -> Q:
    """Return the condition "brought by whoever has this name or phone", by keyed hashes, of the case's own and of the register's name."""
    index = name_index(text)
    known = PersonalData.objects.filter(name_index=index)
    who = Q(reporter__name_index=index) | Q(reporter__person__in=known.values("person"))
    who |= Q(reporter__contact__in=known.exclude(phone_index="").values("phone_index"))
    with suppress(ValidationError):
        who |= Q(reporter__contact=contact_of(text))
    return who
