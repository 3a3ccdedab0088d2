"""The work list for people: what a post handles or watches over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.commons.routing.models import ServiceField
from linli.flows.cases.models import Status
from linli.flows.cases.rules import may_register, may_work
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded

from . import queries


@require_safe
@guarded(may_work)
def index(request: HttpRequest) -> HttpResponse:
    """Show the cases that this post handles or watches over, newest first, narrowed by status and field."""
    actor = actor_of(request)
    status, field = (
        request.GET.get(name, "") if request.GET.get(name) in known else ""
        for name, known in (("status", Status), ("field", ServiceField))
    )
    found = queries.listed(actor, status=status, field=field, token=request.GET.get("page", ""))
    facts = {"found": found, "status": status, "field": field, "may_register": may_register(actor)}
    return render(request, "worklist/index.html", facts)
