"""SMS and e-mails that could not be delivered, for the administrators of the area."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.commons.notices import queries, rules
from linli.commons.notices.models import Delivery
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded


@require_safe
@guarded(rules.may_see_undelivered)
def undelivered(request: HttpRequest) -> HttpResponse:
    """List what waits for a person, newest first."""
    page = queries.undelivered(actor_of(request), token=request.GET.get("page", ""))
    rows = [(one, queries.name_of(one)) for one in page.items]
    return render(request, "notices/undelivered.html", {"page": page, "rows": rows})


@require_POST
@guarded(rules.may_send_again, thing=Delivery, by="id")
def send_again(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    """Queue one afresh."""
    delivery.send_again(by=actor_of(request))
    messages.success(request, _("It is queued again."))
    return redirect("notices:undelivered")
