"""Accounts of people's organisations and legal bodies: opened for a delegate, handed to the next."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.ground.accounts import actions, queries, rules
from linli.ground.accounts.forms import HandOverForm, OpenForBodyForm
from linli.ground.accounts.models import KeptAccount
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.organisations.models import Body

from . import hand_over, typed


@guarded(rules.may_open_for, thing=Body)
@never_cache
@require_http_methods(["GET", "POST"])
def open_for(request: HttpRequest, body: Body) -> HttpResponse:
    """Open the account of an organisation for one of its delegates, and show the slip."""
    delegates = queries.delegates_of(body.pk)
    first = delegates.first()
    initial = {"holding": first, "username": queries.usernames([first.person.name])[0]} if first else {}
    form = OpenForBodyForm(typed(request), delegates=delegates, initial=initial)
    if form.is_valid():
        try:
            return hand_over(request, actions.open_for(body, **form.cleaned_data, by=actor_of(request)))
        except ValidationError as error:
            form.add_error("username" if error.code == "username" else None, error)
    page = {"form": form, "body": body, "delegate": first}
    return render(request, "accounts/open_for.html", page, status=422 if form.is_bound else 200)


@guarded(rules.may_change_delegate, thing=KeptAccount, by="id")
@never_cache
@require_http_methods(["GET", "POST"])
def change_delegate(request: HttpRequest, account: KeptAccount) -> HttpResponse:
    """Hand an organisation's account to its next delegate, and show the slip."""
    others = queries.delegates_of(account.body or 0).exclude(person=account.person_id)
    link = queries.link_of(account)
    form = HandOverForm(typed(request), delegates=others, initial={"seen": link.pk if link else 0})
    if form.is_valid():
        try:
            return hand_over(request, actions.change_delegate(account, **form.cleaned_data, by=actor_of(request)))
        except ValidationError as error:
            form.add_error(None, error)
    page = {"form": form, "account": account, "others": others, "body": queries.body_of(account)}
    return render(request, "accounts/change_delegate.html", page, status=422 if form.is_bound else 200)
