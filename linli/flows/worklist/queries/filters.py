"""A filter of cases: what may be asked for, and which cases it leaves. Page, count, export, API and saved filters all use this one."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

from django.db.models import BigIntegerField, CharField, F, Func, QuerySet, TextChoices, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.queries import Urgency as Due
from linli.commons.deadlines.queries import by_urgency
from linli.commons.routing.models import ServiceField, Urgency
from linli.flows.cases.models import CaseQuerySet, Channel, Status
from linli.flows.cases.queries import OWED
from linli.flows.search.queries import found
from linli.ground.authority.actors import Actor
from linli.ground.places.queries import within

OPEN: Final = "open"
"""The status of all that somebody still has to act on."""
DUES: Final = (Due.OVERDUE, Due.TODAY, Due.WEEK)


class Part(TextChoices):
    """What the own body has to do with a case."""

    LEAD = "lead", _("we lead")
    HELP = "help", _("we help")


@dataclass(frozen=True)
class Filter:
    """What is asked of a list of cases. An empty value asks nothing."""

    q: str = ""
    """Words of the text, of where it is, of the place; or a reference."""
    status: str = ""
    """A status, or `open`."""
    due: str = ""
    """How soon what is owed next is due: overdue, today, week."""
    part: str = ""
    place: str = ""
    """The path of a place; everything below it too."""
    field: str = ""
    category: str = ""
    lead: str = ""
    """The reference of the body that leads."""
    urgency: str = ""
    channel: str = ""
    since: date | None = None
    """The first day of receipt, in the city's time."""
    until: date | None = None
    """The last one."""
    returned: bool = False
    """Whether it was sent back at least once."""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filter":
        """Read a filter from what an address asks; what is no value is left out, so that an old one still leads somewhere."""
        read = {name: take(asked.get(name, "").strip()) for name, take in _READS.items()}
        return cls(**{name: value for name, value in read.items() if value})  # type: ignore[arg-type]

    @classmethod
    def of_query(cls, query: str) -> "Filter":
        """Read a filter from the end of an address, as a saved one keeps it."""
        return cls.of(QueryDict(query).dict())

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return self != NOTHING

    @property
    def items(self) -> list[tuple[str, str]]:
        """What is asked, by the names of an address, always in the same order."""
        asked = {one.name: getattr(self, one.name) for one in fields(self)}
        return [(name, "1" if value is True else str(value)) for name, value in asked.items() if value]

    @property
    def query(self) -> str:
        """The filter as an address asks it."""
        return urlencode(self.items)

    def but(self, **changed: str | bool | date | None) -> "Filter":
        """Return the same filter with other values."""
        return replace(self, **changed)  # type: ignore[arg-type]

    def without(self, name: str) -> "Filter":
        """Return the same filter without one of its parts."""
        return Filter.of({asked: value for asked, value in self.items if asked != name})

    def narrow(self, cases: CaseQuerySet, actor: Actor) -> CaseQuerySet:
        """Return those of the cases that it asks for; `actor` says whose body leads or helps."""
        cases = cases.filter(**{path: value for path, value in self._equal.items() if value})
        for name, leave in _LEAVES.items():
            if value := getattr(self, name):
                cases = leave(cases, value)
        if self.part:
            body = actor.post.body if actor.post else 0
            cases = (
                cases.filter(lead=body) if Part(self.part) is Part.LEAD else cases.filter(helped_by__contains=[body])
            )
        return cases

    @property
    def compared(self) -> dict[str, str] | None:
        """With what columns are compared, where nothing else is asked; None where more is."""
        more = self.q or self.due or self.part or self.place or self.since or self.until or self.returned
        return None if more or self.status == OPEN else {path: value for path, value in self._equal.items() if value}

    @property
    def _equal(self) -> dict[str, str]:
        return {
            "status": "" if self.status == OPEN else self.status,
            "category__field": self.field,
            "category__code": self.category,
            "category__urgency": self.urgency,
            "lead__reference": self.lead,
            "channel": self.channel,
        }


NOTHING: Final = Filter()
LONGEST: Final = 60
"""Characters of what is looked for."""
DAYS: Final = (date(2000, 1, 1), date(2100, 12, 31))
"""Between which days a need may have been received."""
_WRITTEN: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)
Reads = Callable[[str], str | date | bool | None]


def _one_of(*known: str) -> Reads:
    return lambda value: value if value in known else ""


def _like(pattern: str) -> Reads:
    return lambda value: value if re.fullmatch(pattern, value, re.ASCII) else ""


def day_of(value: str) -> date | None:
    """Return the day that was written: 2026-09-14 as date fields of a page send it, 2026/9/14 or 2026年9月14日 as people do."""
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", value).strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _day(value: str) -> date | None:
    day = day_of(value)
    return day if day and DAYS[0] <= day <= DAYS[1] else None


_READS: Final[dict[str, Reads]] = {
    "q": lambda value: value.replace("\0", "")[:LONGEST],
    "status": _one_of(OPEN, *Status),
    "due": _one_of(*DUES),
    "part": _one_of(*Part),
    "place": _like(r"\d{2,15}"),
    "field": _one_of(*ServiceField),
    "category": _like(r"[\w-]{1,40}"),
    "lead": _like(r"\w{1,20}"),
    "urgency": _one_of(*Urgency),
    "channel": _one_of(*Channel),
    "since": _day,
    "until": _day,
    "returned": lambda value: value == "1",
}


def keys_about(todos: QuerySet[Todo]) -> QuerySet[Todo, int]:
    """Return the keys of the cases that to-dos are about (`cases.case:42`)."""
    key = Func(F("about"), Value(":"), Value(2), function="split_part", output_field=CharField())
    found: QuerySet[Todo, int] = todos.order_by().values_list(Cast(key, BigIntegerField()), flat=True)
    return found


def _at(cases: CaseQuerySet, status: str) -> CaseQuerySet:
    return cases.open() if status == OPEN else cases


def _due(cases: CaseQuerySet, due: str) -> CaseQuerySet:
    """Leave the cases of which the next act is due so soon, as their row says it."""
    waiting = by_urgency(Todo.objects.filter(verb__in=[*{*OWED.values()}]))[Due(due)]
    return cases.filter(pk__in=keys_about(waiting))


def _since(cases: CaseQuerySet, day: date) -> CaseQuerySet:
    return cases.filter(received_at__gte=_midnight(day))


def _until(cases: CaseQuerySet, day: date) -> CaseQuerySet:
    return cases.filter(received_at__lt=_midnight(day + timedelta(1)))


def _returned(cases: CaseQuerySet, _is: object) -> CaseQuerySet:
    return cases.filter(returns__gte=1)


def _within(cases: CaseQuerySet, path: str) -> CaseQuerySet:
    return cases.filter(within(path))


_LEAVES: Final[dict[str, Callable[..., CaseQuerySet]]] = {
    "q": found,
    "status": _at,
    "due": _due,
    "place": _within,
    "since": _since,
    "until": _until,
    "returned": _returned,
}


def _midnight(day: date) -> datetime:
    """Return when a day begins in the city."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())
