"""Coming in by a link: the only doors here that are open to everybody."""

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from linli.ground.accounts import actions, queries
from linli.ground.accounts.forms import NewPasswordForm, PresentPasswordForm
from linli.ground.accounts.models import Invitation
from linli.ground.authority.doors import public
from linli.ground.core.lifecycle import Refused
from linli.ground.people import sessions
from linli.ground.people.models import Account

from . import typed

CODE_MAX = 100
LINK = "link"
"""The session's key: the keyed hash of the link that this browser has followed."""


@public
@never_cache
@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Take the code out of the address, so that no log and no page behind this one holds it; looking does not use it up."""
    digest = Invitation.digest_of(code[:CODE_MAX])
    link = queries.link_by(digest)
    if link is None or not link.is_good:
        return _refused(request, link)
    request.session[LINK] = digest
    return redirect("accounts:accept")


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Set the password, or show the one that stays, and go on to the second factor."""
    link = queries.link_by(request.session.get(LINK, ""))
    if link is None or not link.is_good:
        return _refused(request, link)
    keeps = link.account.has_usable_password()
    form = PresentPasswordForm(typed(request)) if keeps else NewPasswordForm(typed(request))
    if form.is_valid():
        try:
            account = _come_in(request, link, form.cleaned_data["password"], keeps=keeps)
        except ValidationError as error:
            form.add_error("password", error)
        except Refused:
            return _refused(request, link)
        else:
            del request.session[LINK]
            return redirect(sessions.to_second_factor(request, account))
    page = {"form": form, "link": link, "keeps": keeps, "posts": queries.posts_of([link.account])[link.account_id]}
    return render(request, "accounts/accept.html", page, status=422 if form.is_bound else 200)


def _come_in(request: HttpRequest, link: Invitation, password: str, *, keeps: bool) -> Account:
    """Take the new password; one that stays is checked like at every sign-in, five wrong ones lock the account."""
    if keeps and authenticate(request, username=link.account.username, password=password) is None:
        text = _("The password is wrong, or was wrong too often. Ask your administrator if it is forgotten as well.")
        raise ValidationError(text, code="password")
    return actions.accept(link, password=password)


def _refused(request: HttpRequest, link: Invitation | None) -> HttpResponse:
    """Say that a link opens nothing: 404 where there never was one, 410 where it is over."""
    status = 404 if link is None else 410
    return render(request, "accounts/no_link.html", {"status": status}, status=status)
