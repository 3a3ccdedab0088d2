"""The placeholders of templates, what they stand for in a case, and which templates a step is offered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.flows.cases.models import Case
from linli.flows.cases.queries import clock_of
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.people.identity import surname_of

from .models import Reply, ReplyQuerySet

NEIGHBOUR: Final = "居民朋友"
HONORIFICS: Final = ("先生", "女士", "同志", "老师", "阿姨", "叔叔", "大爷", "大妈", "奶奶", "爷爷", "师傅", "经理")
SAMPLE: Final[dict[str, str]] = {
    "称呼": "王女士",
    "编号": "7K3M9QXB",
    "事项": "东门外路灯四晚不亮",
    "类别": "路灯照明",
    "地点": "湖东社区东门",
    "承办单位": "湖东社区工作站",
    "单位电话": "0473-2020100",
    "反映日期": "2026年9月14日",
    "受理日期": "2026年9月14日",
    "答复期限": "2026年9月17日",
    "办结日期": "2026年9月16日",
}
"""The closed list of placeholders, each with what it may look like. They are Chinese as the answers are."""
_HELD: Final = re.compile(r"[{｛]\s*([^{}｛｝\n]{1,20}?)\s*[}｝]")
_BRACE: Final = re.compile("[{}｛｝]")


@dataclass(frozen=True)
class Filled:
    """A template filled for a case, and the placeholders for which nothing is known: they stand in the text as they are."""

    reply: Reply
    text: str
    gaps: list[str]


def faults_in(text: str) -> list[str]:
    """Return what is wrong with the placeholders of a text, in sentences: unknown ones, a brace that stands alone."""
    known = "".join(f"{{{one}}}" for one in SAMPLE)
    told = _("“{%(name)s}” is no placeholder. There are: %(known)s")
    faults = [told % {"name": one, "known": known} for one in dict.fromkeys(_HELD.findall(text)) if one not in SAMPLE]
    if _BRACE.search(_HELD.sub("", text)):
        faults.append(_("A brace stands alone; a placeholder is written like this: {称呼}"))
    return faults


def fill(text: str, facts: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return a text with the facts in place of the placeholders, and the placeholders that have none."""
    gaps = [one for one in dict.fromkeys(_HELD.findall(text)) if not facts.get(one)]
    return _HELD.sub(lambda held: facts.get(held[1]) or held[0], text), gaps


def facts_of(case: Case) -> dict[str, str]:
    """Return what the placeholders stand for in a case. Nobody's full name: who reported is addressed as they are masked."""
    return {
        "称呼": address_of(case.reporter.name),
        "编号": case.reference,
        "事项": case.title,
        "类别": case.category.name,
        "地点": f"{case.place.short_name}{case.where}",
        "承办单位": case.lead.name,
        "单位电话": case.lead.phone,
        "反映日期": _day(localdate(case.received_at)),
        "受理日期": _day(localdate(case.accepted_at)) if case.accepted_at else "",
        "答复期限": _day(localdate(clock_of(case).due_at)),
        "办结日期": _day(clock.today()),
    }


def address_of(name: str) -> str:
    """Return how an answer addresses somebody: 张女士 where they are called so, else 居民朋友; a full name is for who may unmask it."""
    called = next((one for one in HONORIFICS if name.endswith(one)), "")
    return surname_of(name) + called if called and len(name) > len(called) else NEIGHBOUR


def offered(actor: Actor, verb: str, category: int | None = None) -> ReplyQuerySet:
    """Return the templates for a step that the actor's body is offered: those for the category and for all, the former first."""
    found = Reply.objects.visible_to(actor).active().filter(verb=verb).select_related("category", "body")
    return found.filter(category__in=[category]) | found.filter(category=None) if category else found


def filled_for(case: Case, actor: Actor, verb: str) -> list[Filled]:
    """Return the templates for a step of a case, each filled."""
    facts = facts_of(case)
    return [Filled(one, *fill(one.text, facts)) for one in offered(actor, verb, case.category_id)]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
