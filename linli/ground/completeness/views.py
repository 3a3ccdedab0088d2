"""What a community has and lacks: the matrix and its spreadsheet, a community's chart, and the same for who keeps the record."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded, public
from linli.ground.authority.powers import Power
from linli.ground.completeness import queries
from linli.ground.completeness.composition import Severity
from linli.ground.core import clock
from linli.ground.kinds.models import Group
from linli.ground.organisations import actions
from linli.ground.organisations.forms import typed
from linli.ground.organisations.models import Body
from linli.ground.organisations.queries import contact_of, missing_in
from linli.ground.organisations.rules import may_keep, may_manage, may_manage_at
from linli.ground.places import queries as places
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place
from linli.ground.ui.sheets import XLSX, write_table

from .forms import SetUpMissingForm

NAMED: Final = 12
"""So many of the bodies just set up are named with the way to them."""


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
    actor, today = actor_of(request), clock.today()
    found = queries.chart_of(place, today)
    page = {
        "crumbs": [(_("Community organisations"), reverse("organisations:index")), (place.short_name, "")],
        "chart": found,
        "contact": contact_of(found.lead, actor, today, found.answering) if found.lead else None,
        "place": place,
        "keeps": _kept(place, actor),
    }
    return render(request, "completeness/chart.html", page)


@guarded(may_manage)
@require_GET
def manage(request: HttpRequest) -> HttpResponse:
    """Show the places whose bodies the actor keeps, with what each lacks, down to a community's own page; 404 outside the actor's area."""
    actor = actor_of(request)
    whole = actor.area(Power.MANAGE_BODIES) or places.city_path()
    area = queries.measured(request.GET.get("under", whole))
    if area is None or not may_manage_at(actor, area.path):
        raise Http404
    if area.level == Level.COMMUNITY:
        return redirect("completeness:manage_place", path=area.path)
    matrix = queries.matrix_of(area, clock.today(), level=Level.COMMUNITY if area.level == Level.TOWN else None)
    return render(request, "completeness/manage.html", {"matrix": matrix, "area": area, "above": _above(area, actor)})


@guarded(may_manage)
@require_GET
def manage_place(request: HttpRequest, path: str) -> HttpResponse:
    """Show the bodies of a place with their posts, and which kinds can still be set up here; 404 outside the actor's area."""
    actor, place = actor_of(request), _own_place(request, path)
    page = {
        "place": place,
        "keeps": _kept(place, actor),
        "missing": len(missing_in([place], actor)),
        **queries.standings_of(place, clock.today()),
        "below": [] if place.level == Level.COMMUNITY else places.children_of(place),  # grids have no bodies
        "above": [*_above(place, actor), *([] if place.level == Level.COMMUNITY else [place])],
    }
    return render(request, "completeness/manage_place.html", page)


@guarded(may_manage)
@require_http_methods(["GET", "POST"])
def set_up_missing(request: HttpRequest, path: str) -> HttpResponse:
    """Show what a place lacks (with `below`, everything in it too) and set it all up at once; 404 outside the actor's area."""
    actor, place = actor_of(request), _own_place(request, path)
    below = "below" in request.GET
    inside = Place.objects.visible_to(actor).current().under(place.path).exclude(level=Level.GRID).with_parents()
    asked = list(inside.order_by("path")) if below else [place]
    back = reverse("completeness:manage_place", args=[place.path])
    if below:
        back = f"{reverse('completeness:manage')}?under={place.path}"
    form = SetUpMissingForm(typed(request), missing=missing_in(asked, actor))
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.set_up_missing(places=asked, founded_on=given["founded_on"], only=given["keys"], by=actor)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _tell(request, made)
            return redirect(back)
    page = {"form": form, "place": place, "below": below, "back": back, "above": [*_above(place, actor), place]}
    return render(request, "completeness/set_up_missing.html", page, status=422 if form.is_bound else 200)


def _tell(request: HttpRequest, made: Sequence[Body]) -> None:
    """Say which bodies were set up, the first of them by name."""
    if not made:
        messages.info(request, _("Nothing was left to set up: all that you ticked stands already."))
        return
    said = ngettext("%(number)d body is set up:", "%(number)d bodies are set up:", len(made)) % {"number": len(made)}
    named = [(body.get_absolute_url(), body.name) for body in made[:NAMED]]
    links = format_html_join(pgettext("list", ", "), '<a href="{}">{}</a>', named)
    rest = len(made) - len(named)
    more = _(" and %(number)d more.") % {"number": rest} if rest else ""
    messages.success(request, format_html("{} {}{}", said, links, more))


def _own_place(request: HttpRequest, path: str) -> Place:
    """Return a place whose bodies the actor keeps; 404 elsewhere."""
    place = places.place_at(path)
    if place is None or place.ended_on is not None or not may_manage_at(actor_of(request), place.path):
        raise Http404
    return place


def _kept(place: Place, actor: Actor) -> list[Group]:
    """Return the groups of bodies that the actor keeps at a place."""
    return [group for group in Group if may_keep(actor, group, place.path)]


def _above(place: Place, actor: Actor) -> list[Place]:
    """Return the places above one whose bodies the actor keeps too, the widest first."""
    return [one for one in place.ancestors() if may_manage_at(actor, one.path)]


def _place(request: HttpRequest) -> Place:
    """Return the place of the address, the city without one; 404 for one that is not measured."""
    place = queries.measured(request.GET.get("under", places.city_path()))
    if place is None:
        raise Http404
    return place


def _said(matrix: queries.Matrix, row: queries.Row) -> str:
    """Return what a community lacks, one finding a line, each with the body that it is about."""
    about = _("%(body)s: %(sentence)s")
    return "\n".join(
        f"{about % {'body': one.title, 'sentence': one.sentence} if one.severity != Severity.MISSING else one.sentence} {one.source}"
        for one in matrix.lacking[row.place.path]
    )


def _words(cell: queries.Cell) -> str:
    """Return a cell as the page shows it."""
    if not cell.due:
        return "—"
    lacking = [_("%(number)d missing") % {"number": cell.missing}] if cell.missing else []
    lacking += [_("%(number)d to mend") % {"number": cell.unsound}] if cell.unsound else []
    return " · ".join([f"{cell.done}/{cell.due}", *lacking])
