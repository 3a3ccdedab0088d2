"""The rates for people: narrowed to a place, a time, a lead or a category; what stands behind each number; a spreadsheet."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from linli.flows.callbacks import queries, rules
from linli.flows.callbacks.queries import Span, Tally
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.powers import Power
from linli.ground.core.paging import page_of
from linli.ground.places.spans import Asked, asked_of
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


@require_safe
@guarded(rules.may_count)
def rates(request: HttpRequest) -> HttpResponse:
    """Show the rates with the share of each group and how they went from month to month."""
    actor, asked = actor_of(request), _asked(request)
    method = queries.method_of(asked.span.place_path)
    lines = queries.lines(actor, asked.span, asked.by, method)
    tally = queries.total(lines)
    page = {
        "asked": asked,
        "crumbs": asked.crumbs(reverse("callbacks:rates")),
        "tally": tally,
        "composite": percent(tally.composite(method.weights)),
        "method": method,
        "rows": [(row, percent(row.tally.composite(method.weights))) for row in asked.rows(lines, queries.names_of)],
        "trend": queries.trend_of(queries.lines(actor, asked.span, "month", method)),
        "groups": asked.choices("by", GROUPS),
        "chosen": asked.chosen(queries.names_of),
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
        "kinds": asked.choices("of", KINDS),
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
    header = [str(GROUPS[asked.by]), *(str(KINDS[kind]) for kind in queries.KINDS)]
    header += [_("response rate"), _("solution rate"), _("satisfaction rate"), _("weighed together")]

    def cells(tally: Tally) -> list[object]:
        counts = [getattr(tally, kind) for kind in queries.KINDS]
        return [*counts, *map(str, tally.rates), percent(tally.composite(method.weights))]

    rows = asked.table(lines, queries.total(lines), queries.names_of, cells)
    name = _("rates-%(place)s-%(first)s-%(last)s.xlsx") % asked.words
    return answer(write_table(_("Rates"), header, rows), name)


def _asked(request: HttpRequest) -> Asked[Span]:
    return asked_of(request, Span, power=Power.OVERSEE_CASES, groups=[*GROUPS])
