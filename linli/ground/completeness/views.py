"""What a community has and lacks: the matrix and its spreadsheet, a community's chart, and the same for who keeps the record."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded, public
from linli.ground.authority.powers import Power
from linli.ground.completeness import queries
from linli.ground.core import clock
from linli.ground.organisations.rules import may_manage, may_set_up
from linli.ground.places import queries as places
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place
from linli.ground.residents.sheets import XLSX, write_table


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show which bodies the communities of a place have and lack, by the divisions below it."""
    place = _place(request)
    matrix = queries.matrix_of(place, clock.today())
    address, city = reverse("completeness:index"), places.city_path()
    above = [one for one in place.ancestors() if one.path.startswith(city)]
    crumbs = [(_("Community organisations"), reverse("organisations:index"))]
    crumbs += [(one.short_name, f"{address}?under={one.path}") for one in above]
    page = {"matrix": matrix, "place": place, "crumbs": [*crumbs, (place.short_name, "")]}
    return render(request, "completeness/index.html", page)


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


@public
@require_GET
def chart(request: HttpRequest, path: str) -> HttpResponse:
    """Show a community's organisation chart; a place above leads to the matrix of its communities."""
    place = places.place_at(path)
    if place is None or place.level == Level.GRID:
        raise Http404
    if place.level != Level.COMMUNITY:
        return redirect(reverse("completeness:index") + f"?under={place.path}")
    page = {
        "crumbs": [(_("Community organisations"), reverse("organisations:index")), (place.short_name, "")],
        "chart": queries.chart_of(place, clock.today()),
        "place": place,
        "may_manage": may_set_up(actor_of(request), place.path),
    }
    return render(request, "completeness/chart.html", page)


@guarded(may_manage)
@require_GET
def manage(request: HttpRequest) -> HttpResponse:
    """Show the places whose bodies the actor keeps, with what each lacks, down to a community's own page; 404 outside the actor's area."""
    actor = actor_of(request)
    whole = actor.area(Power.MANAGE_BODIES) or places.city_path()
    area = queries.measured(request.GET.get("under", whole))
    if area is None or not may_set_up(actor, area.path):
        raise Http404
    if area.level == Level.COMMUNITY:
        return redirect("completeness:manage_place", path=area.path)
    matrix = queries.matrix_of(area, clock.today(), level=Level.COMMUNITY if area.level == Level.TOWN else None)
    return render(request, "completeness/manage.html", {"matrix": matrix, "area": area, "above": _above(area, actor)})


@guarded(may_manage)
@require_GET
def manage_place(request: HttpRequest, path: str) -> HttpResponse:
    """Show the bodies of a place with their posts, and which kinds can still be set up here; 404 outside the actor's area."""
    place = places.place_at(path)
    if place is None or place.ended_on is not None or not may_set_up(actor_of(request), place.path):
        raise Http404
    page = {
        "place": place,
        "rows": queries.standing_at(place, clock.today()),
        "below": places.children_of(place),
        "above": [*_above(place, actor_of(request)), *([] if place.level == Level.COMMUNITY else [place])],
    }
    return render(request, "completeness/manage_place.html", page)


def _above(place: Place, actor: Actor) -> list[Place]:
    """Return the places above one whose bodies the actor keeps too, the widest first."""
    return [one for one in place.ancestors() if may_set_up(actor, one.path)]


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
