"""Doors of the desk to legal holds: whose data must stay, since when and why."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.core import clock, paging
from linli.ground.people.models import Person
from linli.ground.residents import actions, queries
from linli.ground.residents.forms import HoldForm, LiftForm
from linli.ground.residents.models import LegalHold
from linli.ground.residents.rules import may_hold, may_keep_register, may_lift

UNPROCESSABLE = 422


@guarded(may_keep_register)
@never_cache
def list_holds(request: HttpRequest) -> HttpResponse:
    """List the people of the own place whose data are kept by law, the one to look at first on top."""
    page = paging.page_of(
        queries.holds_of(actor_of(request)), keys=("review_on", "pk"), token=request.GET.get("page", "")
    )
    today = clock.today()
    rows = [(held, held.is_due(today)) for held in page.items]
    return render(request, "residents/holds.html", {"page": page, "rows": rows})


@guarded(may_hold, thing=Person, by="id")
@never_cache
def hold(request: HttpRequest, person: Person) -> HttpResponse:
    """Keep a person's data by law, with basis and reason."""
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hold(person, **form.cleaned_data, by=actor_of(request))
        except ValidationError as error:
            form.add_error("review_on" if hasattr(error, "error_dict") else None, error.messages[0])
        else:
            messages.success(request, _("The data are kept by law now; nothing is erased until this is lifted."))
            return redirect("residents:show", person.pk)
    context = {"form": form, "person": person}
    return render(request, "residents/hold.html", context, status=UNPROCESSABLE if form.errors else 200)


@guarded(may_lift, thing=LegalHold)
@never_cache
def lift(request: HttpRequest, held: LegalHold) -> HttpResponse:
    """End a hold, with the reason."""
    form = LiftForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.lift(held, reason=form.cleaned_data["reason"], by=actor_of(request))
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            messages.success(request, _("The hold is lifted; a request for erasure may be decided now."))
            return redirect("residents:show", held.person_id)
    context = {"form": form, "held": held, "person": held.person}
    return render(request, "residents/lift.html", context, status=UNPROCESSABLE if form.errors else 200)
