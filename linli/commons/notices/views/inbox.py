"""The inbox of whoever asks, and what they want to be told how."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.commons.notices import actions, channels, queries, rules
from linli.commons.notices.forms import PreferencesForm
from linli.commons.notices.models import Message, Preference
from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded, public


def frame(actor: Actor) -> str:
    """Return the frame of the page: the desk for somebody in a post, else the residents' pages."""
    return "ui/base_desk.html" if actor.post else "ui/base_public.html"


@require_safe
@guarded(rules.may_read)
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the actor's messages, newest first."""
    actor = actor_of(request)
    unread_only = request.GET.get("only") == "unread"
    shown = queries.inbox(actor, token=request.GET.get("page", ""), unread_only=unread_only)
    context = {
        "frame": frame(actor),
        "inbox": shown,
        "unread": queries.unread(actor),
        "unread_only": unread_only,
        "may_choose": rules.may_choose(actor),
    }
    return render(request, "notices/inbox.html", context)


@require_POST
@guarded(rules.may_read, thing=Message, by="id")
def read(request: HttpRequest, message: Message) -> HttpResponse:  # noqa: ARG001 (the router passes it)
    """Mark one message as read."""
    message.read()
    return redirect("notices:inbox")


@require_POST
@guarded(rules.may_read, thing=Message, by="id")
def follow(request: HttpRequest, message: Message) -> HttpResponse:
    """Mark one message as read and go to what it is about."""
    message.read()
    about = queries.told([message], actor_of(request))[0].about
    return redirect(about.url if about else "notices:inbox")


@require_POST
@guarded(rules.may_read)
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    actions.read_all(by=actor_of(request))
    return redirect("notices:inbox")


@guarded(rules.may_choose)
def choose(request: HttpRequest) -> HttpResponse:
    """Show and keep what the actor wants to be told how."""
    actor = actor_of(request)
    form = PreferencesForm(queries.wish_of(actor), actor, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _kept(form, actor):
            messages.success(request, _("Your wishes are kept."))
            return redirect("notices:choose")
        status = 422
    context = {"frame": frame(actor), "form": form, "wish": queries.wish_of(actor)}
    return render(request, "notices/preferences.html", context, status=status)


def _kept(form: PreferencesForm, actor: Actor) -> bool:
    """Keep the wishes; False, with the reason at the field, where the confirming e-mail could not be sent."""
    chosen = form.cleaned_data
    try:
        actions.choose(muted=form.muted(), digest=chosen["digest"], email=chosen["email"], by=actor)
    except channels.Undelivered:
        form.add_error("email", _("No e-mail could be sent to this address. Please check it or try again later."))
        return False
    return True


@public
def confirm(request: HttpRequest, ticket: str) -> HttpResponse:
    """Confirm an e-mail address by the link sent there; a button, because mail scanners open links."""
    wish = Preference.of_ticket(ticket)
    if wish is None:
        raise Http404
    if request.method == "POST":
        wish.confirm(by=actor_of(request))
        messages.success(request, _("Messages may now come to this address."))
    context = {"frame": frame(actor_of(request)), "wish": wish}
    return render(request, "notices/confirm.html", context)
