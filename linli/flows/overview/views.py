"""The overview for leaders: picture first, table beneath, to print or to take along as a sheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.flows.cases.models import Status
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.powers import Power
from linli.ground.places.queries import place_at
from linli.ground.ui import sheets

from . import queries, rules


@require_safe
@guarded(rules.may_overview)
def overview(request: HttpRequest) -> HttpResponse:
    """Show what the cases of a place come to."""
    found = _found(request)
    facts = {
        "found": found,
        "cases_at": reverse("worklist:index"),
        "days": urlencode({"since": str(found.period.first), "until": str(found.period.last)}),
        "statuses": Status.choices,
        "periods": queries.PeriodCode.choices,
        "above": [one for one in found.place.ancestors() if len(one.path) >= len(_area(request))],
    }
    return render(request, "overview/overview.html", facts)


@require_safe
@guarded(rules.may_overview)
def overview_sheet(request: HttpRequest) -> HttpResponse:
    """Hand the same figures out as a sheet."""
    found = _found(request)
    header, rows = queries.table_of(found)
    name = _("overview-%(place)s-%(first)s-%(last)s.xlsx")
    names = {"place": found.place.short_name, "first": found.period.first, "last": found.period.last}
    return sheets.answer(sheets.write_table(found.place.short_name, header, rows), name % names)


def _area(request: HttpRequest) -> str:
    return actor_of(request).area(Power.OVERSEE_CASES) or ""


def _found(request: HttpRequest) -> queries.Overview:
    """Return the overview of the place that is asked for, else of one's own; raises Http404 for one that one does not watch over."""
    path = request.GET.get("place", "") or _area(request)
    place = place_at(path) if path.isascii() and path.isdigit() and path.startswith(_area(request)) else None
    if place is None:
        raise Http404
    return queries.overview_of(actor_of(request), place, queries.period_of(request.GET.get("period", "")))
