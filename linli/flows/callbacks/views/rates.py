"""The rates for people: narrowed to a place, a time, a lead or a category; what stands behind each number; a spreadsheet."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from linli.flows.callbacks import queries, rules
from linli.flows.callbacks.queries import Line, Span, Tally
from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.paging import page_of
from linli.ground.places.models import Place
from linli.ground.places.queries import city_path, place_at
from linli.ground.ui.forms import PeriodForm
from linli.ground.ui.rates import percent
from linli.ground.ui.sheets import answer, write_table

GROUPS: Final[dict[str, Promise]] = {
    "place": gettext_lazy("by place"),
    "lead": gettext_lazy("by lead"),
    "category": gettext_lazy("by category"),
}
KINDS: Final[dict[str, Promise]] = {
    "due": gettext_lazy("due to be contacted"),
    "contacted": gettext_lazy("contacted in time"),
    "answered": gettext_lazy("answered call-backs"),
    "solved": gettext_lazy("“solved”"),
    "satisfied": gettext_lazy("“satisfied”"),
    "excluded": gettext_lazy("left out"),
}


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
        known = {"place": one.place_path, "first": str(one.first), "last": str(one.last)}
        known |= {"lead": one.lead, "category": one.category, "by": self.by} | (more or {})
        return urlencode({name: value for name, value in known.items() if value})

    @property
    def hidden(self) -> dict[str, str]:
        """What the form of the days passes on."""
        known = {"place": self.span.place_path, "lead": self.span.lead, "category": self.span.category, "by": self.by}
        return {name: value for name, value in known.items() if value}


@dataclass(frozen=True)
class Row:
    """One line as the page shows it."""

    name: str
    tally: Tally
    composite: str
    into: str
    """Where it leads further in; empty at the end."""
    behind: str
    """The question that leads to the cases behind its numbers."""


@require_safe
@guarded(rules.may_count)
def rates(request: HttpRequest) -> HttpResponse:
    """Show the rates with the share of each group and how they went from month to month."""
    actor, asked = actor_of(request), _asked(request)
    method = queries.method_of(asked.span.place_path)
    lines = queries.lines(actor, asked.span, asked.by, method)
    tally = queries.total(lines)
    names = queries.names_of(asked.by, [line.key for line in lines])
    chosen = queries.names_of("lead", [asked.span.lead]) if asked.span.lead else {}
    chosen |= queries.names_of("category", [asked.span.category]) if asked.span.category else {}
    page = {
        "asked": asked,
        "crumbs": _crumbs(asked, actor),
        "tally": tally,
        "composite": percent(tally.composite(method.weights)),
        "method": method,
        "rows": [_row(asked, line, names, method.weights) for line in lines],
        "trend": queries.trend_of(queries.lines(actor, asked.span, "month", method)),
        "groups": [(one, label, asked.query(more={"by": one})) for one, label in GROUPS.items()],
        "chosen": [(name, asked.query(more={kind: ""})) for kind, name in _chosen(asked.span, chosen)],
    }
    return render(request, "callbacks/rates.html", page, status=422 if asked.form.errors else 200)


@require_safe
@guarded(rules.may_count)
def behind(request: HttpRequest) -> HttpResponse:
    """Show the cases behind one number, the latest first."""
    actor, asked = actor_of(request), _asked(request)
    kind = request.GET.get("of", "due")
    if kind not in queries.KINDS:
        raise Http404
    rows = queries.behind(actor, asked.span, kind, queries.method_of(asked.span.place_path))
    page = page_of(rows, keys=("-at", "-pk"), token=request.GET.get("page", ""))
    facts = {
        "asked": asked,
        "kind": KINDS[kind],
        "rows": queries.with_exclusions(page.items, actor),
        "page": page,
        "question": asked.query(more={"of": kind}),
        "kinds": [(one, label, asked.query(more={"of": one})) for one, label in KINDS.items()],
        "of": kind,
        "crumbs": [(_("Rates"), f"{reverse('callbacks:rates')}?{asked.query()}"), (str(KINDS[kind]), "")],
    }
    return render(request, "callbacks/behind.html", facts)


@require_safe
@guarded(rules.may_count)
def export(request: HttpRequest) -> HttpResponse:
    """Give the same as a spreadsheet: numerators and denominators beside each rate."""
    actor, asked = actor_of(request), _asked(request)
    method = queries.method_of(asked.span.place_path)
    lines = queries.lines(actor, asked.span, asked.by, method)
    names = queries.names_of(asked.by, [line.key for line in lines])
    header = [str(GROUPS[asked.by]), *(str(KINDS[kind]) for kind in queries.KINDS)]
    header += [_("response rate"), _("solution rate"), _("satisfaction rate"), _("weighed together")]
    whole = Line("", queries.total(lines))
    rows = [
        [
            names.get(line.key, line.key) if line is not whole else pgettext("rates", "Together"),
            *(getattr(line.tally, kind) for kind in queries.KINDS),
            *map(str, line.tally.rates),
            percent(line.tally.composite(method.weights)),
        ]
        for line in [*lines, whole]
    ]
    span = asked.span
    name = _("rates-%(place)s-%(first)s-%(last)s.xlsx") % {
        "place": asked.place.short_name, "first": span.first, "last": span.last
    }  # fmt: skip
    return answer(write_table(_("Rates"), header, rows), name)


def _asked(request: HttpRequest) -> Asked:
    """Read what the address asks; what it does not say, or says wrongly, is the actor's area, the last twelve months, by place."""
    actor = actor_of(request)
    given = {name: str(value).replace("\0", "") for name, value in request.GET.items()}
    form, first, last = PeriodForm.asked(given, today=clock.today())
    place = _place(given.get("place", "")) or _place(_area(actor))
    if place is None:
        raise Http404
    by = given.get("by", "")
    span = Span(place.path, first, last, given.get("lead", "")[:20], given.get("category", "")[:40])
    return Asked(span, by if by in GROUPS else "place", place, form)


def _place(path: str) -> Place | None:
    return place_at(path) if path.isascii() and path.isalnum() else None


def _area(actor: Actor) -> str:
    """Return where the actor looks first: the area that they oversee, else the city."""
    return actor.area(Power.OVERSEE_CASES) or city_path()


def _row(asked: Asked, line: Line, names: dict[str, str], weights: tuple[int, ...]) -> Row:
    span = queries.narrowed(asked.span, asked.by, line.key)
    into = "" if span == asked.span else f"?{asked.query(span)}"
    composite = percent(line.tally.composite(weights))
    return Row(names.get(line.key, line.key), line.tally, composite, into, asked.query(span))


def _chosen(span: Span, names: dict[str, str]) -> list[tuple[str, str]]:
    """Return what narrows the span beside place and time, by name."""
    return [(kind, names.get(key, key)) for kind, key in (("lead", span.lead), ("category", span.category)) if key]


def _crumbs(asked: Asked, actor: Actor) -> list[tuple[str, str]]:
    """Return the way from the actor's area down to the place."""
    area, address = _area(actor), reverse("callbacks:rates")
    above = [one for one in asked.place.ancestors() if one.path.startswith(area)]
    crumbs = [(one.short_name, f"{address}?{asked.query(more={'place': one.path})}") for one in above]
    return [*crumbs, (asked.place.short_name, "")] if crumbs else []
