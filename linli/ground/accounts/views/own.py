"""Doors of everybody's own account."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.ground.accounts import actions, rules
from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.organisations import queries as organisations
from linli.ground.organisations.models import Holding
from linli.ground.people import actions as people
from linli.ground.people import queries as who
from linli.ground.people import sessions
from linli.ground.people.forms import CodeForm, PhoneForm
from linli.ground.people.models import Account, Purpose
from linli.ground.residents import personal_data


@guarded(rules.may_close_own)
@never_cache
def close_own(request: HttpRequest) -> HttpResponse:
    """Say what closing one's account means, send a code to its phone, and with the code close it for good."""
    account, actor = request.user, actor_of(request)
    proving = "code" in request.POST
    form = (CodeForm if proving else PhoneForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and isinstance(account, Account):
        try:
            if proving:
                contact = people.prove_code(
                    phone=sessions.phone_of(request), code=form.cleaned_data["code"], purpose=Purpose.CLOSE
                )
                actions.close_own(account, contact=contact, by=actor)
                logout(request)
                messages.success(request, _("Your account is closed, and you are signed out everywhere."))
                return redirect("/")
            _send_code(request, account, form.cleaned_data["phone"], actor)
            form, proving = CodeForm(), True
        except ValidationError as error:
            form.add_error(next(iter(form.fields)), error.messages[0])
    matters = personal_data.open_matters(account.person) if isinstance(account, Account) and account.person else []
    page = {"form": form, "proving": proving, "matters": matters}
    return render(request, "accounts/close_own.html", page, status=422 if form.errors else 200)


@guarded(rules.may_choose)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Show the posts that the person holds today, to choose the one to act in."""
    account = request.user
    held = organisations.posts_of(account, clock.today()) if isinstance(account, Account) else []
    posts = [(int(post.ref.rpartition(":")[2]), post) for post in held]
    return render(request, "accounts/choose.html", {"posts": posts})


@guarded(rules.may_act_as, thing=Holding, by="pk")
@require_POST
def act_as(request: HttpRequest, holding: Holding) -> HttpResponse:
    """Act in another of one's own posts from now on."""
    request.session[organisations.POST] = ref(holding)
    messages.success(request, _("You now act as %(post)s.") % {"post": holding.post})
    return redirect("accounts:choose")


def _send_code(request: HttpRequest, account: Account, phone: str, by: Actor) -> None:
    """Send the code to the phone of the account, no other; raises ValidationError."""
    if who.contact_of(phone) != account.contact:
        raise ValidationError(_("This is not the phone with which you sign in."), code="phone")
    people.send_code(phone=phone, purpose=Purpose.CLOSE, address=sessions.address_of(request), by=by)
    sessions.ask_phone(request, phone)
