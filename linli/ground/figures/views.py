"""Doors to the figures of a place: everybody sees which number counts and where it comes from; its keeper declares."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded, public
from linli.ground.places import queries as places
from linli.ground.places.models import Place

from . import actions, queries
from .forms import CompleteForm, FigureForm
from .models import Measure
from .rules import may_declare

UNPROCESSABLE = 422


@public
@require_GET
def show(request: HttpRequest, path: str) -> HttpResponse:
    """Show how many adults, households and voters a community or a grid has, what the register counts and what was declared."""
    place = places.place_at(path)
    if place is None or place.level not in queries.LEVELS:
        raise Http404
    return _figures(request, place)


def _figures(request: HttpRequest, place: Place, *, status: int = 200, **forms: object) -> HttpResponse:
    standings = queries.standings_of(place)
    completing = {one.what: CompleteForm(auto_id=f"{one.what}_%s") for one in standings}
    failed = forms.pop("completing", {})
    assert isinstance(failed, dict)
    city = places.city_path()
    above = [one for one in place.ancestors() if one.path.startswith(city)]
    crumbs = [(one.short_name, one.get_absolute_url()) for one in above]
    context = {
        "place": place,
        "crumbs": [*crumbs, (place.short_name, place.get_absolute_url()), (_("Residents in figures"), "")],
        "standings": [(one, (completing | failed)[one.what]) for one in standings],
        "form": FigureForm(),
        "may_declare": may_declare(actor_of(request), place),
    }
    return render(request, "figures/show.html", context | forms, status=status)


@guarded(may_declare, thing=Place, by="id")
@require_POST
def declare(request: HttpRequest, place: Place) -> HttpResponse:
    """Declare a figure with its source."""
    form = FigureForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.declare(
                place=place,
                what=Measure(given["what"]),
                number=given["number"],
                source=given["source"],
                as_of=given["as_of"],
                by=actor_of(request),
            )
        except ValidationError as error:
            form.add_error("as_of", error.messages[0])
        else:
            messages.success(request, _("The figure is declared; it counts from its day on."))
            return redirect("figures:show", place.path)
    return _figures(request, place, status=UNPROCESSABLE, form=form)


@guarded(may_declare, thing=Place, by="id")
@require_POST
def complete(request: HttpRequest, place: Place, what: str) -> HttpResponse:
    """Say since when the register itself is complete for a figure; from then on it counts."""
    if what not in Measure.values:
        raise Http404
    form = CompleteForm(request.POST, auto_id=f"{what}_%s")
    if form.is_valid():
        try:
            actions.complete(place=place, what=Measure(what), on=form.cleaned_data["on"], by=actor_of(request))
        except ValidationError as error:
            form.add_error("on", error.messages[0])
        else:
            messages.success(request, _("Recorded: from that day the register itself counts."))
            return redirect("figures:show", place.path)
    return _figures(request, place, status=UNPROCESSABLE, completing={Measure(what): form})
