"""What applications come to, for people: narrowed to a place, a time, a handler, an item or a field; what stands behind; a spreadsheet."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.paging import page_of
from linli.ground.places.models import Place
from linli.ground.places.queries import city_path, place_at
from linli.ground.ui.forms import PeriodForm
from linli.ground.ui.sheets import answer, write_table

from . import queries, rules
from .queries import Line, Span, Tally

GROUPS: Final[dict[str, Promise]] = {
    "item": gettext_lazy("by item"),
    "field": gettext_lazy("by field"),
    "handler": gettext_lazy("by handler"),
    "place": gettext_lazy("by place"),
}
KINDS: Final[dict[str, Promise]] = {
    "received": pgettext_lazy("applications", "received"),
    "noticed": gettext_lazy("told what is missing"),
    "deemed": gettext_lazy("accepted by law"),
    "decided": pgettext_lazy("applications", "decided"),
    "on_time": gettext_lazy("decided in time"),
    "late": gettext_lazy("late or overdue"),
    "rated": pgettext_lazy("applications", "rated"),
    "satisfied": gettext_lazy("“satisfied”"),
}
CHOSEN: Final = ("handler", "item", "field")
"""By what a span is narrowed beside place and time."""


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the span, how it is grouped, the place, the form of the days as it was typed."""

    span: Span
    by: str
    place: Place
    form: PeriodForm

    def query(self, span: Span | None = None, *, more: dict[str, str] | None = None) -> str:
        """Return the address's question for a span, with what else it asks."""
        one = span or self.span
        known = {"place": one.place_path, "first": str(one.first), "last": str(one.last), "by": self.by}
        known |= {name: getattr(one, name) for name in CHOSEN} | (more or {})
        return urlencode({name: value for name, value in known.items() if value})

    @property
    def hidden(self) -> dict[str, str]:
        """What the form of the days passes on."""
        known = {"place": self.span.place_path, "by": self.by} | {name: getattr(self.span, name) for name in CHOSEN}
        return {name: value for name, value in known.items() if value}


@dataclass(frozen=True)
class Row:
    """One line as the page shows it."""

    name: str
    tally: Tally
    into: str
    """Where it leads further in; empty at the end."""
    behind: str
    """The question that leads to the applications behind its numbers."""


@require_safe
@guarded(rules.may_count)
def rates(request: HttpRequest) -> HttpResponse:
    """Show what applications come to, in groups and from month to month."""
    actor, asked = actor_of(request), _asked(request)
    fairly = queries.counts_fairly(asked.span.place_path)
    lines = queries.lines(actor, asked.span, asked.by, fairly=fairly)
    names = queries.names_of(asked.by, [line.key for line in lines])
    page = {
        "asked": asked,
        "crumbs": _crumbs(asked, actor),
        "tally": queries.total(lines),
        "fairly": fairly,
        "rows": [_row(asked, line, names) for line in lines],
        "trend": queries.trend_of(queries.lines(actor, asked.span, "month", fairly=fairly)),
        "groups": [(one, label, asked.query(more={"by": one})) for one, label in GROUPS.items()],
        "chosen": _chosen(asked),
    }
    return render(request, "ratings/rates.html", page, status=422 if asked.form.errors else 200)


@require_safe
@guarded(rules.may_count)
def behind(request: HttpRequest) -> HttpResponse:
    """Show the applications behind one number, the latest first."""
    actor, asked = actor_of(request), _asked(request)
    kind = request.GET.get("of", "received")
    if kind not in queries.KINDS:
        raise Http404
    fairly = queries.counts_fairly(asked.span.place_path)
    found = queries.behind(actor, asked.span, kind, fairly=fairly)
    page = page_of(found, keys=("-received_at", "-pk"), token=request.GET.get("page", ""))
    title = _("Rates of applications")
    facts = {
        "asked": asked,
        "kind": KINDS[kind],
        "page": page,
        "question": asked.query(more={"of": kind}),
        "kinds": [(one, label, asked.query(more={"of": one})) for one, label in KINDS.items()],
        "of": kind,
        "crumbs": [(title, f"{reverse('ratings:rates')}?{asked.query()}"), (str(KINDS[kind]), "")],
    }
    return render(request, "ratings/behind.html", facts)


@require_safe
@guarded(rules.may_count)
def export(request: HttpRequest) -> HttpResponse:
    """Give the same as a spreadsheet: numerators and denominators beside each rate."""
    actor, asked = actor_of(request), _asked(request)
    lines = queries.lines(actor, asked.span, asked.by, fairly=queries.counts_fairly(asked.span.place_path))
    names = queries.names_of(asked.by, [line.key for line in lines])
    header = [str(GROUPS[asked.by]), *(str(KINDS[kind]) for kind in queries.KINDS)]
    header += [
        _("share decided in time"),
        pgettext("applications", "satisfaction rate"),
        _("share told what is missing"),
    ]
    header += [_("working days on an average")]
    whole = Line("", queries.total(lines))
    rows = [
        [
            names.get(line.key, line.key) if line is not whole else pgettext("rates", "Together"),
            *(getattr(line.tally, kind) for kind in queries.KINDS),
            *map(str, (line.tally.in_time, line.tally.satisfaction, line.tally.notices, line.tally.average)),
        ]
        for line in [*lines, whole]
    ]
    span = asked.span
    name = _("applications-%(place)s-%(first)s-%(last)s.xlsx") % {
        "place": asked.place.short_name, "first": span.first, "last": span.last
    }  # fmt: skip
    return answer(write_table(_("Rates of applications"), header, rows), name)


def _asked(request: HttpRequest) -> Asked:
    """Read what the address asks; what it does not say, or says wrongly, is the actor's area, the last twelve months, by item."""
    given = {name: str(value).replace("\0", "") for name, value in request.GET.items()}
    form, first, last = PeriodForm.asked(given, today=clock.today())
    place = _place(given.get("place", "")) or _place(_area(actor_of(request)))
    if place is None:
        raise Http404
    by = given.get("by", "")
    span = Span(place.path, first, last, **{name: given.get(name, "")[:40] for name in CHOSEN})
    return Asked(span, by if by in GROUPS else "item", place, form)


def _place(path: str) -> Place | None:
    return place_at(path) if path.isascii() and path.isalnum() else None


def _area(actor: Actor) -> str:
    """Return where the actor looks first: the area that they oversee, else the city."""
    return actor.area(Power.OVERSEE_APPLICATIONS) or city_path()


def _row(asked: Asked, line: Line, names: dict[str, str]) -> Row:
    span = queries.narrowed(asked.span, asked.by, line.key)
    further = asked.query(span, more={"by": "handler"} if asked.by == "item" else None)
    into = "" if span == asked.span else f"?{further}"
    return Row(names.get(line.key, line.key), line.tally, into, asked.query(span))


def _chosen(asked: Asked) -> list[tuple[str, str]]:
    """Return what narrows the span beside place and time, by name, each with the address without it."""
    found = []
    for kind in CHOSEN:
        key = getattr(asked.span, kind)
        if key:
            found.append((queries.names_of(kind, [key]).get(key, key), asked.query(more={kind: ""})))
    return found


def _crumbs(asked: Asked, actor: Actor) -> list[tuple[str, str]]:
    """Return the way from the actor's area down to the place."""
    area, address = _area(actor), reverse("ratings:rates")
    above = [one for one in asked.place.ancestors() if one.path.startswith(area)]
    crumbs = [(one.short_name, f"{address}?{asked.query(more={'place': one.path})}") for one in above]
    return [*crumbs, (asked.place.short_name, "")] if crumbs else []
