"""API tokens: of one's own post, and for administrators of every post of their place."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.ground.accounts import actions, queries, rules
from linli.ground.accounts.forms import TokenForm
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.models import ApiToken
from linli.ground.organisations.models import Holding

from . import typed


@guarded(rules.may_list_tokens)
@never_cache
@require_safe
def list_tokens(request: HttpRequest) -> HttpResponse:
    """List the tokens that whoever asks sees to."""
    actor = actor_of(request)
    rows, page = queries.tokens(actor, token=request.GET.get("page", ""))
    own = actor.post_ref.rpartition(":")[2]
    return render(
        request, "accounts/tokens.html", {"rows": rows, "page": page, "own": own, "keeps": rules.may_keep(actor)}
    )


@guarded(rules.may_issue, thing=Holding, by="pk")
@never_cache
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, holding: Holding) -> HttpResponse:
    """Make a token for a post that is held today, and show its secret this once."""
    form = TokenForm(typed(request))
    if form.is_valid():
        try:
            made, secret = actions.issue(holding, label=form.cleaned_data["label"], by=actor_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            address = request.build_absolute_uri("/api/people/me")
            page = {"token": made, "secret": secret, "holding": holding, "address": address}
            return render(request, "accounts/issued.html", page, status=201)
    page = {"form": form, "holding": holding}
    return render(request, "accounts/issue.html", page, status=422 if form.is_bound else 200)


@guarded(rules.may_revoke, thing=ApiToken, by="id")
@never_cache
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, token: ApiToken) -> HttpResponse:
    """Revoke a token, after a page that says what it is."""
    if request.method == "POST":
        token.revoke(by=actor_of(request))
        messages.success(request, _("The token “%(label)s” is revoked.") % {"label": token.label})
        return redirect("accounts:tokens")
    return render(request, "accounts/revoke.html", {"row": queries.token_row(token)})
