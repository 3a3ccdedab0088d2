"""The pages of applications: a resident's own, the desk's list, one application with the forms of its steps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.flows.services import actions, queries, rules
from linli.flows.services.models import Application, ApplicationStatus
from linli.flows.services.queries import WAITING
from linli.flows.services.steps import page
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded, public


@require_safe
@public
def mine(request: HttpRequest) -> HttpResponse:
    """Show a resident what they have applied for; a visitor signs in first."""
    actor = actor_of(request)
    if not actor.contact and actor.person is None:
        return redirect(f"{reverse('people:sign_in')}?next={request.path}")
    listed = queries.mine(actor, token=request.GET.get("page", ""))
    crumbs = [(_("Services"), reverse("guides:index")), (_("My applications"), "")]
    return render(request, "services/mine.html", {"listed": listed, "crumbs": crumbs})


@require_safe
@guarded(rules.may_work)
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for this body, overdue first; by choice all that the post may see, newest first."""
    actor = actor_of(request)
    asked = request.GET.get("status", WAITING if rules.works_at_a_desk(actor) or rules.decides(actor) else "")
    status = asked if asked in {WAITING, *ApplicationStatus} else ""
    listed = queries.listed(actor, status=status, token=request.GET.get("page", ""))
    return render(request, "services/queue.html", {"listed": listed, "status": status, "actor": actor})


@require_safe
@guarded(rules.may_show, thing=Application)
def show(request: HttpRequest, one: Application) -> HttpResponse:
    """Show one application: where it stands, who handles it, until when and why, what happened, what one can do."""
    return page(request, one)


@require_POST
@guarded(rules.may_unmask, thing=Application)
def unmask(request: HttpRequest, one: Application) -> HttpResponse:
    """Show who applied in full; who looked is on the record."""
    return page(request, one, applicant=actions.unmask(one, by=actor_of(request)))
