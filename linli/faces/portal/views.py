"""The resident's home and the search over what is public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from linli.commons.routing.models import ServiceField
from linli.flows.cases.rules import may_work
from linli.flows.intake.queries import promise
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import public
from linli.ground.places.queries import city_path

from . import queries
from .forms import ChooseForm

YEAR = 365 * 24 * 60 * 60
COMMUNITY = "community"  # the cookie that remembers which community a browser calls its own


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """Ask what the visitor needs, and show their community."""
    community = queries.community_at(request.COOKIES.get(COMMUNITY, "")) or queries.community_of(actor_of(request))
    facts = {
        "community": queries.card_of(community, actor_of(request)) if community else None,
        "choose": ChooseForm(initial={"place": community}),
        "fields": [(field, field.label, queries.EXAMPLES[field], queries.ICONS[field]) for field in ServiceField],
        "districts": queries.districts(),
        "month": queries.this_month(),
        "limit": promise(community.path if community else city_path()),
    }
    return render(request, "portal/home.html", facts)


@require_POST
@public
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the visitor's community for a year."""
    form = ChooseForm(request.POST)
    answer = redirect("portal:home")
    if form.is_valid():
        place = form.cleaned_data["place"]
        answer.set_cookie(
            COMMUNITY, place.path, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return answer


@require_safe
@public
def search(request: HttpRequest) -> HttpResponse:
    """Find places, bodies, rules and the matters that one may see."""
    text = request.GET.get("q", "").replace("\0", "").strip()[: queries.LONGEST]
    actor = actor_of(request)
    facts = {"text": text, "found": queries.find(text, actor), "works": may_work(actor)}
    frame = "ui/base_desk.html" if actor.post else "ui/base_public.html"
    return render(request, "portal/search.html", facts | {"frame": frame})
