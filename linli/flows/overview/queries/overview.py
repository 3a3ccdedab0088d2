"""The overview of a place and a period: its parts by status, by field and by the places right below it; months; what is overdue now."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Sum
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.commons.deadlines.models import Todo
from linli.commons.routing.models import ServiceField
from linli.flows.cases.models import ENDED, Case, Status
from linli.flows.cases.queries import OWED
from linli.flows.overview.models import AREA, SUMMED_AT, Stale, Tally
from linli.ground.authority.actors import Actor
from linli.ground.places.divisions import LEVELS
from linli.ground.places.models import Place
from linli.ground.places.queries import within

from .counting import Counted, counted
from .periods import Period

WIDE, HIGH = 720, 150
"""The box of the picture."""
Read = tuple[list[Counted], Counter[date]]
"""What was counted, by place, field and status over the whole period; and how many came in each month."""
HERE: Final = gettext_lazy("directly here")
DONE: Final = (Status.ANSWERED, Status.CLOSED)
"""Statuses that are drawn as done."""


@dataclass(frozen=True)
class Row:
    """Cases of one place or one field: how many in each status, how many in all, answered in time and late, overdue now."""

    key: str
    name: str
    statuses: list[tuple[str, int]]
    cases: int
    on_time: int
    late: int
    overdue: int

    @property
    def open(self) -> int:
        """How many somebody still has to act on."""
        return sum(number for status, number in self.statuses if status not in ENDED)

    @property
    def answered(self) -> int:
        """How many have an answer whose time counts."""
        return self.on_time + self.late

    @property
    def share(self) -> str:
        """The share answered in time in percent with one decimal; empty where nothing was answered."""
        return f"{self.on_time / self.answered * 100:.1f}%" if self.answered else ""


@dataclass(frozen=True)
class Part:
    """One status as a part of the whole."""

    label: str
    count: int
    kind: str


@dataclass(frozen=True)
class Bar:
    """One month in the picture: where its bar stands in the box, and what it says."""

    month: date
    count: int
    x: float
    middle: float
    width: float
    y: float
    height: float


@dataclass(frozen=True)
class Overview:
    """What the page of a place shows."""

    place: Place
    period: Period
    total: Row
    places: list[Row]
    fields: list[Row]
    months: list[tuple[date, int]]
    as_of: bool
    """Whether everything that happened up to now is counted."""

    @property
    def parts(self) -> list[Part]:
        """The statuses as parts of the whole."""
        labels = dict(Status.choices)
        return [
            Part(str(labels[status]), number, "done" if status in DONE else "")
            for status, number in self.total.statuses
            if number
        ]

    @property
    def bars(self) -> list[Bar]:
        """The months as bars, the highest month full."""
        most = max((number for _month, number in self.months), default=0) or 1
        step = WIDE / len(self.months)
        return [
            Bar(
                month,
                number,
                at * step + step / 6,
                at * step + step / 2,
                step * 2 / 3,
                HIGH - (high := number / most * HIGH),
                high,
            )
            for at, (month, number) in enumerate(self.months)
        ]

    @property
    def widest(self) -> int:
        """The most cases of a place below."""
        return max((row.cases for row in self.places), default=0)


def overview_of(actor: Actor, place: Place, period: Period) -> Overview:
    """Return the overview of a place that the actor watches over. At most five queries, however many cases there are."""
    digits = next((one for one in LEVELS if one > len(place.path)), len(place.path))
    is_tallied = digits <= AREA
    rows, months = _from_tallies(place, period, digits) if is_tallied else _from_cases(actor, place, period, digits)
    overdue = _overdue(place, digits)
    names = dict(Place.objects.under(place.path).filter(level=LEVELS[digits]).values_list("path", "name"))
    names[place.path] = str(HERE) if digits > len(place.path) else place.name
    fields = dict(ServiceField.choices)
    by_place, by_field = defaultdict[str, list[Counted]](list), defaultdict[str, list[Counted]](list)
    for row in rows:
        by_place[row.area].append(row)
        by_field[row.field].append(row)
    below = sorted({*by_place, *overdue} | {path for path in names if path != place.path})
    is_stale = is_tallied and Stale.objects.filter(area__startswith=place.path).exists()
    return Overview(
        place,
        period,
        _row("", "", rows, sum(overdue.values())),
        [_row(path, names.get(path, path), by_place[path], overdue.get(path, 0)) for path in below],
        [_row(code, str(name), by_field[code], 0) for code, name in fields.items()],
        [(month, months[month]) for month in period.months],
        not is_stale,
    )


def table_of(overview: Overview) -> tuple[list[str], list[list[object]]]:
    """Return the overview as the rows of a sheet: the places, then the fields."""
    head = [_("Place or field"), *(str(label) for _value, label in Status.choices)]
    head += [_("In all"), _("Overdue now"), _("Answered in time"), _("Answered late")]
    rows = [*overview.places, *overview.fields]
    total = [_("In all"), *(number for _status, number in overview.total.statuses)]
    total += [overview.total.cases, overview.total.overdue, overview.total.on_time, overview.total.late]
    lines: list[list[object]] = [
        [one.name, *(number for _status, number in one.statuses), one.cases, one.overdue, one.on_time, one.late]
        for one in rows
    ]
    return head, [*lines, total]


def _row(key: str, name: str, rows: Iterable[Counted], overdue: int) -> Row:
    found = list(rows)
    statuses = Counter[str]()
    for one in found:
        statuses[one.status] += one.cases
    return Row(
        key,
        name,
        [(status, statuses[status]) for status in Status.values],
        sum(one.cases for one in found),
        sum(one.on_time for one in found),
        sum(one.late for one in found),
        overdue,
    )


def _from_tallies(place: Place, period: Period, digits: int) -> Read:
    kept = Tally.objects.filter(digits=next(one for one in SUMMED_AT if one >= digits)).order_by()
    tallies = kept.filter(area__startswith=place.path, month__range=(period.first, period.last))
    by_place = tallies.annotate(below=Left("area", digits)).values_list("below", "field", "status")
    summed = by_place.annotate(all=Sum("cases"), good=Sum("on_time"), bad=Sum("late"))
    months = tallies.values_list("month").annotate(all=Sum("cases"))
    return [Counted(area, period.first, *others) for area, *others in summed], Counter(dict(months))


def _from_cases(actor: Actor, place: Place, period: Period, digits: int) -> Read:
    seen = Case.objects.visible_to(actor).filter(within(place.path))
    rows = counted(seen.filter(received_at__gte=period.begins_at, received_at__lt=period.ends_at), digits=digits)
    months = Counter[date]()
    for row in rows:
        months[row.month] += row.cases
    return rows, months


def _overdue(place: Place, digits: int) -> dict[str, int]:
    """Count what is overdue now by the places below, whenever it was received."""
    late = Todo.objects.overdue().filter(verb__in=[*{*OWED.values()}], place_path__startswith=place.path).order_by()
    return dict(late.annotate(below=Left("place_path", digits)).values_list("below").annotate(number=Count("*")))
