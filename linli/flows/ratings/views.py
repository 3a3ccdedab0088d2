"""What applications come to, for people: narrowed to a place, a time, a handler, an item or a field; what stands behind; a spreadsheet."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.powers import Power
from linli.ground.core.paging import page_of
from linli.ground.places.spans import Asked, asked_of
from linli.ground.ui.sheets import answer, write_table

from . import queries, rules
from .queries import Span, Tally

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
FURTHER: Final = {"item": "handler"}
"""An item leads on to those who handle it."""


@require_safe
@guarded(rules.may_count)
def rates(request: HttpRequest) -> HttpResponse:
    """Show what applications come to, in groups and from month to month."""
    actor, asked = actor_of(request), _asked(request)
    fairly = queries.counts_fairly(asked.span.place_path)
    lines = queries.lines(actor, asked.span, asked.by, fairly=fairly)
    page = {
        "asked": asked,
        "crumbs": asked.crumbs(reverse("ratings:rates")),
        "tally": queries.total(lines),
        "fairly": fairly,
        "rows": asked.rows(lines, queries.names_of, further=FURTHER),
        "trend": queries.trend_of(queries.lines(actor, asked.span, "month", fairly=fairly)),
        "groups": asked.choices("by", GROUPS),
        "chosen": asked.chosen(queries.names_of),
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
        "kinds": asked.choices("of", KINDS),
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
    header = [str(GROUPS[asked.by]), *(str(KINDS[kind]) for kind in queries.KINDS)]
    header += [
        _("share decided in time"),
        pgettext("applications", "satisfaction rate"),
        _("share told what is missing"),
    ]
    header += [_("working days on an average")]

    def cells(tally: Tally) -> list[object]:
        counts = [getattr(tally, kind) for kind in queries.KINDS]
        return [*counts, *map(str, (tally.in_time, tally.satisfaction, tally.notices, tally.average))]

    rows = asked.table(lines, queries.total(lines), queries.names_of, cells)
    name = _("applications-%(place)s-%(first)s-%(last)s.xlsx") % asked.words
    return answer(write_table(_("Rates of applications"), header, rows), name)


def _asked(request: HttpRequest) -> Asked[Span]:
    return asked_of(request, Span, power=Power.OVERSEE_APPLICATIONS, groups=[*GROUPS])
