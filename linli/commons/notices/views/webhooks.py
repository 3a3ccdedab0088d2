"""Partners' webhooks, for the administrators of the area."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.commons.notices import actions, queries, rules
from linli.commons.notices.forms import SubscribeForm
from linli.commons.notices.models import Subscription, WebhookDelivery
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.powers import Power


@require_safe
@guarded(rules.may_see_webhooks)
def webhooks(request: HttpRequest) -> HttpResponse:
    """List the webhooks of the area."""
    page = queries.webhooks(actor_of(request), token=request.GET.get("page", ""))
    return render(request, "notices/webhooks.html", {"page": page})


@never_cache
@guarded(rules.may_subscribe)
def subscribe(request: HttpRequest) -> HttpResponse:
    """Set up a webhook and show its secret this once."""
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actor = actor_of(request)
        made, secret = Subscription.subscribe(
            **form.cleaned_data, place_path=actor.area(Power.ADMINISTER) or "", by=actor
        )
        return render(request, "notices/subscribed.html", {"webhook": made, "secret": secret}, status=201)
    return render(request, "notices/subscribe.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@guarded(rules.may_see_webhook, thing=Subscription, by="id")
def webhook(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Show a webhook, whether its partner answers, and what could not be delivered."""
    only_dead = request.GET.get("only") == "dead"
    page = queries.calls(subscription, actor_of(request), token=request.GET.get("page", ""), only_dead=only_dead)
    context = {"webhook": subscription, "page": page, "only_dead": only_dead}
    return render(request, "notices/webhook.html", context)


@require_POST
@guarded(rules.may_pause, thing=Subscription, by="id")
def pause(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Send nothing for the time being."""
    subscription.pause(by=actor_of(request))
    return redirect("notices:webhook", subscription.pk)


@require_POST
@guarded(rules.may_resume, thing=Subscription, by="id")
def resume(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Send again."""
    subscription.resume(by=actor_of(request))
    return redirect("notices:webhook", subscription.pk)


@require_POST
@guarded(rules.may_end, thing=Subscription, by="id")
def end(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Stop for good."""
    subscription.end(by=actor_of(request))
    return redirect("notices:webhook", subscription.pk)


@require_POST
@guarded(rules.may_ping, thing=Subscription, by="id")
def ping(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Send a test event."""
    actions.ping(subscription=subscription, by=actor_of(request))
    messages.success(request, _("A test event is on its way; its result stands below within a minute or two."))
    return redirect("notices:webhook", subscription.pk)


@require_POST
@guarded(rules.may_redeliver, thing=WebhookDelivery, by="id")
def redeliver(request: HttpRequest, delivery: WebhookDelivery) -> HttpResponse:
    """Queue a dead call afresh."""
    delivery.redeliver(by=actor_of(request))
    messages.success(request, _("It is queued again."))
    return redirect("notices:webhook", delivery.subscription_id)
