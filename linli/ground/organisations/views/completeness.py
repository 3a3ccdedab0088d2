"""The city's completeness: the matrix and its spreadsheet."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.ground.authority.doors import public
from linli.ground.core import clock
from linli.ground.organisations import queries
from linli.ground.places import queries as places
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place
from linli.ground.residents.sheets import XLSX, write_table


@public
@require_GET
def completeness(request: HttpRequest) -> HttpResponse:
    """Show which bodies the communities of a place have and lack, by the divisions below it."""
    place = _place(request)
    matrix = queries.matrix_of(place, clock.today())
    address, city = reverse("organisations:completeness"), places.city_path()
    above = [one for one in place.ancestors() if one.path.startswith(city)]
    crumbs = [(_("Community organisations"), reverse("organisations:index"))]
    crumbs += [(one.short_name, f"{address}?under={one.path}") for one in above]
    page = {"matrix": matrix, "place": place, "crumbs": [*crumbs, (place.short_name, "")]}
    return render(request, "organisations/completeness.html", page)


@public
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Give the same as a spreadsheet: a row for each community, with what it lacks and by which rule."""
    place, today = _place(request), clock.today()
    matrix = queries.matrix_of(place, today, level=Level.COMMUNITY)
    groups = (str(group.label) for group in matrix.groups)
    header = [_("Code"), _("Community or village"), *groups, _("In order"), _("Due"), _("What is lacking")]
    rows = (
        [row.place.path, row.place.title, *map(_words, row.cells), row.total.done, row.total.due, _said(matrix, row)]
        for row in matrix.rows
    )
    answer = HttpResponse(write_table(_("Completeness"), header, rows), content_type=XLSX)
    name = quote(_("completeness-%(place)s-%(day)s.xlsx") % {"place": place.short_name, "day": today.isoformat()})
    answer["Content-Disposition"] = f"attachment; filename=\"completeness.xlsx\"; filename*=UTF-8''{name}"
    return answer


def _place(request: HttpRequest) -> Place:
    """Return the place of the address, the city without one; 404 for one that is not measured."""
    place = queries.measured(request.GET.get("under", places.city_path()))
    if place is None:
        raise Http404
    return place


def _said(matrix: queries.Matrix, row: queries.Row) -> str:
    """Return what a community lacks, one finding a line."""
    return "\n".join(f"{one.sentence} {one.source}" for one in matrix.lacking[row.place.path])


def _words(cell: queries.Cell) -> str:
    """Return a cell as the page shows it."""
    if not cell.due:
        return "—"
    lacking = [_("%(number)d missing") % {"number": cell.missing}] if cell.missing else []
    lacking += [_("%(number)d to mend") % {"number": cell.unsound}] if cell.unsound else []
    return " · ".join([f"{cell.done}/{cell.due}", *lacking])
