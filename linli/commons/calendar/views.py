"""The calendar and the office hours for people: a year and a day at a glance, and the forms by which a competent post changes them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded, public
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.places.queries import place_at

from . import actions, queries
from .forms import AnnounceForm, HoursForm
from .models import DayKind, OfficeHours
from .rules import may_announce, may_confirm_year, may_remove_hours, may_set_hours

LONGEST_CODE = 15


@public
@require_GET
def show(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Show a year of the calendar that rules in a place (`?place=`; the nation without)."""
    year = year or clock.today().year
    place_path = _place_path(request)
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
        "crumbs": [*_way(place_path), (_("Working days of %(year)s") % {"year": year}, "")],
    }
    return render(request, "calendar/show.html", context)


@guarded(may_announce)
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest) -> HttpResponse:
    """Change days with a reason and a source; running deadlines are counted again."""
    actor = actor_of(request)
    form = AnnounceForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        moved = actions.announce(**form.notice, by=actor)
        messages.success(request, _("The calendar is changed.") + _moved(moved))
        return redirect(_address(form.notice["days"][0].year, form.notice["place_path"]))
    return render(request, "calendar/announce.html", {"form": form}, status=422 if request.method == "POST" else 200)


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


@public
@require_safe
def show_hours(request: HttpRequest) -> HttpResponse:
    """Show when offices are open in a place (`?place=`; the nation without), today and before and after."""
    place_path, actor = _place_path(request), actor_of(request)
    hours = queries.hours_of(place_path)
    removable = [one for one, _of in hours.sets if one.is_coming and may_remove_hours(actor, one)]
    facts: dict[str, object] = {"place_path": place_path, "place": place_at(place_path), "hours": hours}
    facts |= {"removable": removable, "crumbs": [*_way(place_path), (_("Office hours"), "")]}
    return render(request, "calendar/show_hours.html", facts | {"may_set_hours": may_set_hours(actor)})


@guarded(may_set_hours)
@require_http_methods(["GET", "POST"])
def set_hours(request: HttpRequest) -> HttpResponse:
    """Set the hours of a place from a day on; how many running deadlines move is said before it is done."""
    form = HoursForm(request.POST if request.method == "POST" else None, actor=actor_of(request))
    facts: dict[str, object] = {"form": form}
    if form.is_valid() and "edit" not in request.POST:
        if "sure" in request.POST:
            moved = actions.set_hours(hours=form.instance, by=actor_of(request))
            return _done(request, form.instance, _("The office hours are set."), moved)
        facts |= {"hours": form.instance, "moving": actions.moved_by(form.instance)}
    status = 422 if form.errors and "edit" not in request.POST else 200
    return render(request, "calendar/set_hours.html", facts, status=status)


@guarded(may_remove_hours, thing=OfficeHours, by="id")
@require_http_methods(["GET", "POST"])
def remove_hours(request: HttpRequest, hours: OfficeHours) -> HttpResponse:
    """Take back hours that have not begun; how many running deadlines move is said before it is done."""
    if request.method == "POST":
        moved = actions.remove_hours(hours=hours, by=actor_of(request))
        return _done(request, hours, _("The office hours are removed."), moved)
    if not hours.is_coming:
        raise Refused(hours, "remove_hours")
    facts = {"hours": hours, "moving": actions.moved_by(hours)}
    return render(request, "calendar/remove_hours.html", facts)


def _done(request: HttpRequest, hours: OfficeHours, text: str, moved: int) -> HttpResponse:
    messages.success(request, text + _moved(moved))
    return redirect(f"{reverse('calendar:show_hours')}?place={hours.place_path}")


def _moved(number: int) -> str:
    """Say how many deadlines moved, as a sentence that follows another one."""
    return ngettext(" %(n)s deadline moved.", " %(n)s deadlines moved.", number) % {"n": number}


def _place_path(request: HttpRequest) -> str:
    """Return whose calendar or hours are asked for: `?place=`, the nation's without; raises Http404 for what is no code."""
    path = request.GET.get("place", "")
    if path and not (path.isascii() and path.isdigit() and len(path) <= LONGEST_CODE):
        raise Http404
    return path


def _way(place_path: str) -> list[tuple[str, str]]:
    """Return the way down to a place's calendar or hours: the place itself; nothing for the nation's."""
    place = place_at(place_path) if place_path else None
    return [(place.short_name, place.get_absolute_url())] if place else []


def _address(year: int, place_path: str) -> str:
    return reverse("calendar:show", args=[year]) + (f"?place={place_path}" if place_path else "")
