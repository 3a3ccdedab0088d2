"""The calendar for people: a year at a glance, and the form by which a competent post changes it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded, public
from linli.ground.authority.powers import Power
from linli.ground.core import clock

from . import actions, queries
from .forms import AnnounceForm
from .models import DayKind
from .rules import may_announce, may_confirm_year


@public
@require_GET
def show_calendar(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Show a year of the calendar that rules in a place (`?place=`; the nation without)."""
    year = year or clock.today().year
    place_path = request.GET.get("place", "")
    if not (place_path == "" or (place_path.isascii() and place_path.isdigit() and len(place_path) <= 15)):  # noqa: PLR2004
        raise Http404
    calendar, months = queries.year_of(place_path, year)
    if not months:
        raise Http404
    context = {
        "year": year,
        "place_path": place_path,
        "months": months,
        "workdays": sum(month.workdays for month in months),
        "kinds": [kind for kind in DayKind if kind not in {DayKind.WORKDAY, DayKind.WEEKEND}],
        "announcements": calendar.announcements.filter(day__year=year).order_by("day", "-at"),
        "is_provisional": year in queries.provisional_years(calendar),
        "may_announce": may_announce(actor_of(request)),
    }
    return render(request, "deadlines/show_calendar.html", context)


@guarded(may_announce)
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest) -> HttpResponse:
    """Change days with a reason and a source; open clocks are counted again."""
    actor = actor_of(request)
    form = AnnounceForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        moved = actions.announce(
            place_path=data["place_path"],
            days=form.days,
            kind=DayKind(data["kind"]),
            name=data["name"],
            reason=data["reason"],
            source=data["source"],
            by=actor,
        )
        text = ngettext(
            "The calendar is changed; %(n)s deadline moved.", "The calendar is changed; %(n)s deadlines moved.", moved
        )
        messages.success(request, text % {"n": moved})
        return redirect(_address(data["first"].year, data["place_path"]))
    return render(request, "deadlines/announce.html", {"form": form}, status=422 if request.method == "POST" else 200)


@guarded(may_confirm_year)
@require_POST
def confirm_year(request: HttpRequest, year: int) -> HttpResponse:
    """Say that a year's swapped days are all entered, for the actor's own place."""
    actor = actor_of(request)
    place_path = actor.area(Power.EDIT_CALENDAR) or ""
    if not queries.year_of(place_path, year)[1]:
        raise Http404
    actions.confirm_year(place_path=place_path, year=year, by=actor)
    messages.success(request, _("The calendar of %(year)s is final.") % {"year": year})
    return redirect(_address(year, place_path))


def _address(year: int, place_path: str) -> str:
    return reverse("deadlines:show_calendar", args=[year]) + (f"?place={place_path}" if place_path else "")
