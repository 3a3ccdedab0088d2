"""Accounts for their administrator: the list, one account, letting in, resetting, unlocking, closing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.ground.accounts import actions, queries, rules
from linli.ground.accounts.forms import CloseForm, FindForm, InviteForm, ResetForm, SeenForm
from linli.ground.accounts.models import KeptAccount, Lost
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.core.paging import capped_count
from linli.ground.organisations.models import Holding

from . import hand_over, typed


@guarded(rules.may_keep)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the accounts of the place, after those who hold a post and cannot sign in yet."""
    actor, form = actor_of(request), FindForm(request.GET)
    form.is_valid()
    text, kind, state = (form.cleaned_data.get(name, "") for name in ("q", "kind", "state"))
    wanted = queries.accounts(actor, text=text, kind=kind, state=state)
    is_filtered = bool(text or kind or state)
    page = {
        "list": queries.listed(wanted, token=request.GET.get("page", "")),
        "is_filtered": is_filtered,
        "form": form,
        "text": text,
        "kind": kind,
        "state": state,
    }
    if not is_filtered and "page" not in request.GET:
        waiting, _page = queries.waiting_page(actor, size=queries.WAITING_SHOWN)
        page |= {"waiting": waiting, "waiting_count": capped_count(queries.waiting(actor))}
    return render(request, "accounts/index.html", page)


@guarded(rules.may_keep)
@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List everybody who holds a post with powers and cannot sign in yet."""
    actor = actor_of(request)
    rows, page = queries.waiting_page(actor, token=request.GET.get("page", ""))
    count = capped_count(queries.waiting(actor))
    return render(request, "accounts/waiting.html", {"waiting": rows, "page": page, "count": count})


@guarded(rules.may_invite, thing=Holding, by="pk")
@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, holding: Holding) -> HttpResponse:
    """Open the account of who holds a post, under a user name, and show the slip."""
    form = InviteForm(typed(request), initial={"username": queries.usernames([holding.person.name])[0]})
    if form.is_valid():
        try:
            return hand_over(
                request, actions.invite(holding, username=form.cleaned_data["username"], by=actor_of(request))
            )
        except ValidationError as error:
            form.add_error("username" if error.code == "username" else None, error)
    page = {"form": form, "holding": holding}
    return render(request, "accounts/invite.html", page, status=422 if form.is_bound else 200)


@guarded(rules.may_show, thing=KeptAccount, by="id")
@never_cache
@require_safe
def show(request: HttpRequest, account: KeptAccount) -> HttpResponse:
    """Show an account: how it stands, where it acts, what happened to it, what can be done."""
    return _show(request, account)


def _show(request: HttpRequest, account: KeptAccount, *, fault: str = "", status: int = 200) -> HttpResponse:
    link, actor = queries.link_of(account), actor_of(request)
    page = {
        "account": account,
        "posts": queries.posts_of([account])[account.pk],
        "history": queries.history(account),
        "link": link,
        "seen": link.pk if link else 0,
        "fault": fault,
        "own": account.person_id is not None and account.person_id == actor.person,
        "may_reset": rules.may_reset(actor, account),
    }
    return render(request, "accounts/show.html", page, status=status)


@guarded(rules.may_invite_again, thing=KeptAccount, by="id")
@never_cache
@require_POST
def invite_again(request: HttpRequest, account: KeptAccount) -> HttpResponse:
    """Make another link where the last one was lost or ran out, and show its slip."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        return _show(request, account, fault=_("Look at the account again before you make another link."), status=422)
    try:
        return hand_over(request, actions.invite_again(account, seen=form.cleaned_data["seen"], by=actor_of(request)))
    except ValidationError as error:
        return _show(request, account, fault=error.messages[0], status=422)


@guarded(rules.may_reset, thing=KeptAccount, by="id")
@never_cache
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, account: KeptAccount) -> HttpResponse:
    """Void a lost password or phone, and show the slip with the way to a new one."""
    link = queries.link_of(account)
    form = ResetForm(typed(request), initial={"seen": link.pk if link else 0})
    if form.is_valid():
        lost, seen = Lost(form.cleaned_data["lost"]), form.cleaned_data["seen"]
        try:
            return hand_over(request, actions.reset(account, lost=lost, seen=seen, by=actor_of(request)))
        except ValidationError as error:
            form.add_error(None, error)
    page = {"form": form, "account": account}
    return render(request, "accounts/reset.html", page, status=422 if form.is_bound else 200)


@guarded(rules.may_unlock, thing=KeptAccount, by="id")
@require_POST
def unlock(request: HttpRequest, account: KeptAccount) -> HttpResponse:
    """Let somebody try again at once."""
    actions.unlock(account, by=actor_of(request))
    messages.success(request, _("The account is unlocked; its holder can try again now."))
    return redirect("accounts:show", account.pk)


@guarded(rules.may_close, thing=KeptAccount, by="id")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, account: KeptAccount) -> HttpResponse:
    """Close an account for good, after a tick."""
    form = CloseForm(typed(request))
    if form.is_valid():
        try:
            actions.close(account, by=actor_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The account is closed."))
            return redirect("accounts:show", account.pk)
    page = {"form": form, "account": account}
    return render(request, "accounts/close.html", page, status=422 if form.is_bound else 200)
