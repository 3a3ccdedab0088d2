"""Partners' webhooks, for the administrators of the area."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.powers import Power

from . import actions, queries, rules
from .forms import EditForm, EndForm, SubscribeForm
from .models import Call, Subscription, SubscriptionStatus


@require_safe
@guarded(rules.may_list)
def list_webhooks(request: HttpRequest) -> HttpResponse:
    """List the webhooks of the area, newest first."""
    page = queries.webhooks(actor_of(request), token=request.GET.get("page", ""))
    return render(
        request, "webhooks/list.html", {"page": page, "rows": [(one, queries.heard(one)) for one in page.items]}
    )


@guarded(rules.may_subscribe)
def subscribe(request: HttpRequest) -> HttpResponse:
    """Set up a webhook; whoever presses twice finds the one that is there."""
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actor = actor_of(request)
        made, is_fresh = Subscription.subscribe(
            **form.cleaned_data, place_path=actor.area(Power.ADMINISTER) or "", by=actor
        )
        told = _("The webhook is set up. Show its secret and hand it to the partner by a safe way.")
        messages.success(request, told if is_fresh else _("This webhook is there already."))
        return redirect(made)
    facts = {"form": form, "things": queries.things()}
    return render(request, "webhooks/subscribe.html", facts, status=422 if form.is_bound else 200)


@require_safe
@guarded(rules.may_show, thing=Subscription, by="id")
def show(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Show a webhook, whether its partner answers, and what could not be delivered."""
    return _page(request, subscription)


@never_cache
@require_POST
@guarded(rules.may_reveal, thing=Subscription, by="id")
def reveal(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Show the webhook with its secret; on the record."""
    return _page(request, subscription, secret=subscription.reveal(by=actor_of(request)))


def _page(request: HttpRequest, subscription: Subscription, *, secret: str = "") -> HttpResponse:
    only_dead = request.GET.get("only") == "dead"
    page = queries.calls(subscription, actor_of(request), token=request.GET.get("page", ""), only_dead=only_dead)
    context = {
        "webhook": subscription,
        "heard": queries.heard(subscription),
        "page": page,
        "rows": [(one, queries.name_of(one.event)) for one in page.items],
        "only_dead": only_dead,
        "secret": secret,
    }
    return render(request, "webhooks/show.html", context)


@guarded(rules.may_edit, thing=Subscription, by="id")
def edit(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Change name, address and events; the secret stays."""
    now = {name: getattr(subscription, name) for name in ("label", "url", "version")}
    now["verbs"] = "\n".join(subscription.verbs)
    form = EditForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        seen = subscription.as_seen(form.cleaned_data.pop("version"))
        try:
            actions.edit(subscription=seen, **form.cleaned_data, by=actor_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The webhook is changed."))
            return redirect(subscription)
    facts = {"form": form, "webhook": subscription, "things": queries.things()}
    return render(request, "webhooks/edit.html", facts, status=422 if form.is_bound else 200)


@require_POST
@guarded(rules.may_pause, thing=Subscription, by="id")
def pause(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Send nothing for the time being."""
    subscription.pause(by=actor_of(request))
    messages.success(request, _("Paused. What happens meanwhile is kept for thirty days and sent when it goes on."))
    return redirect("webhooks:show", subscription.pk)


@require_POST
@guarded(rules.may_resume, thing=Subscription, by="id")
def resume(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Send again."""
    subscription.resume(by=actor_of(request))
    messages.success(request, _("It goes on; what has gathered is sent first."))
    return redirect("webhooks:show", subscription.pk)


@guarded(rules.may_end, thing=Subscription, by="id")
def end(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Stop for good, after a confirmation."""
    if request.method != "POST" and subscription.status == SubscriptionStatus.ENDED:
        return redirect(subscription)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        subscription.end(by=actor_of(request))
        messages.success(request, _("The webhook of %(partner)s has ended.") % {"partner": subscription.label})
        return redirect(subscription)
    facts = {"form": form, "webhook": subscription}
    return render(request, "webhooks/end.html", facts, status=422 if form.is_bound else 200)


@require_POST
@guarded(rules.may_ping, thing=Subscription, by="id")
def ping(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """Send a test event."""
    actions.ping(subscription=subscription, by=actor_of(request))
    messages.success(request, _("A test event is on its way; its result stands below within a minute or two."))
    return redirect("webhooks:show", subscription.pk)


@require_POST
@guarded(rules.may_redeliver, thing=Call, by="id")
def redeliver(request: HttpRequest, call: Call) -> HttpResponse:
    """Queue a dead call afresh."""
    call.redeliver(by=actor_of(request))
    messages.success(request, _("It is queued again."))
    return redirect("webhooks:show", call.subscription_id)
