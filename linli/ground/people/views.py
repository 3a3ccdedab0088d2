"""Doors for signing in and out: residents by phone and code, staff by password and second factor."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded, public
from linli.ground.places import queries as places

from . import actions, oidc, queries, sessions
from .forms import AccountForm, CodeForm, FactorForm, PasswordForm, PhoneForm, StaffForm
from .models import Account, Purpose, Residence
from .rules import may_change_password

UNPROCESSABLE = 422


def _page(request: HttpRequest, name: str, form: Form, **context: object) -> HttpResponse:
    """Show a form; 422 when it was refused."""
    status = UNPROCESSABLE if form.errors else 200
    return render(request, f"people/{name}.html", {"form": form, **context}, status=status)


def _attempt(form: Form, field: str, error: ValidationError) -> None:
    """Put what an action refused to the field."""
    form.add_error(field, error.messages[0])


@public
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the phone and send a code; the answer is the same for every phone."""
    sessions.remember_next(request)
    form = PhoneForm(request.POST if request.method == "POST" else None, initial={"phone": sessions.phone_of(request)})
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        try:
            actions.send_code(
                phone=phone, purpose=Purpose.SIGN_IN, address=sessions.address_of(request), by=actor_of(request)
            )
        except ValidationError as error:
            _attempt(form, "phone", error)
        else:
            sessions.ask_phone(request, phone)
            return redirect("people:prove_code")
    return _page(request, "sign_in", form, oidc=settings.OIDC_NAME)


@public
@never_cache
def prove_code(request: HttpRequest) -> HttpResponse:
    """Take the code: sign in, or go on as a visitor with a proven phone."""
    phone = sessions.phone_of(request)
    if not phone:
        return redirect("people:sign_in")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            contact = actions.prove_code(phone=phone, code=form.cleaned_data["code"], purpose=Purpose.SIGN_IN)
        except ValidationError as error:
            _attempt(form, "code", error)
        else:
            sessions.remember_contact(request, contact)
            account = queries.account_of_contact(contact)
            if account is None:
                return redirect("people:open_account")
            sessions.open_session(request, account, strong=False)
            return redirect(sessions.next_of(request))
    return _page(request, "prove_code", form, tail=phone[-4:])


@public
@never_cache
def open_account(request: HttpRequest) -> HttpResponse:
    """Open an account for a proven phone, or go on without one."""
    phone = sessions.proven_phone(request)
    if not phone:
        return redirect("people:sign_in")
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            account = actions.open_account(
                phone=phone,
                name=given["name"],
                place=given["place"],
                residence=Residence(given["residence"]),
                by=actor_of(request),
            )
        except ValidationError as error:
            _attempt(form, "name", error)
        else:
            sessions.open_session(request, account, strong=False)
            return redirect(sessions.next_of(request))
    return _page(request, "open_account", form, onward=request.session.get(sessions.NEXT, "/"))


@public
@never_cache
@sensitive_post_parameters()
def sign_in_staff(request: HttpRequest) -> HttpResponse:
    """Take user name and password; five failures lock the account for a quarter of an hour."""
    sessions.remember_next(request)
    form = StaffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if isinstance(account, Account):
            if not sessions.is_voided(account):
                return redirect(sessions.to_second_factor(request, account))
            form.add_error(None, _("Your second step was reset. Open the link that your administrator has given you."))
            return _page(request, "sign_in_staff", form, oidc=settings.OIDC_NAME)
        until = queries.locked_until(request, form.cleaned_data["username"])
        form.add_error(None, _locked(until) if until else _("User name or password is wrong."))
    return _page(request, "sign_in_staff", form, oidc=settings.OIDC_NAME)


def _locked(until: datetime) -> str:
    moment = localtime(until).strftime("%H:%M")
    return _("Too many failures; sign-in is locked. Try again after %(moment)s, or ask your administrator.") % {
        "moment": moment
    }


@public
@never_cache
def prove_second_factor(request: HttpRequest) -> HttpResponse:
    """Take the second factor and sign in."""
    account = sessions.half_opened(request)
    if account is None:
        return redirect("people:sign_in_staff")
    form = FactorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_second_factor(account, form.cleaned_data["code"])
        except ValidationError as error:
            _attempt(form, "code", error)
        else:
            sessions.open_session(request, account, strong=True)
            return redirect(sessions.next_of(request, fallback="") or sessions.home_of(request))
    return _page(request, "prove_second_factor", form)


@public
@never_cache
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """Show the QR code to somebody whose password was right and who has no second factor yet; its first code signs them in."""
    account = sessions.half_opened(request)
    if account is None:
        return redirect("people:sign_in_staff")
    factor = actions.begin_second_factor(account)
    if factor.confirmed_at:
        return redirect("people:prove_second_factor")
    form = FactorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            spare = actions.confirm_second_factor(account, code=form.cleaned_data["code"], by=actor_of(request))
        except ValidationError as error:
            _attempt(form, "code", error)
        else:
            sessions.open_session(request, account, strong=True)
            onward = sessions.next_of(request, fallback="") or sessions.home_of(request)
            return render(request, "people/recovery_codes.html", {"codes": spare, "onward": onward})
    city = places.city()
    address = factor.address(_("Linli") + (f" {city.place.name}" if city else ""))
    return _page(request, "set_up_second_factor", form, secret=factor.secret, address=address)


@guarded(may_change_password)
@never_cache
@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions of the account end."""
    account = request.user
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and isinstance(account, Account):
        if not account.check_password(form.cleaned_data["old"]):
            form.add_error("old", _("The present password is wrong."))
            return _page(request, "change_password", form)
        try:
            actions.change_password(account, password=form.cleaned_data["new"], by=actor_of(request))
        except ValidationError as error:
            _attempt(form, "new", error)
        else:
            update_session_auth_hash(request, account)
            messages.success(request, _("The password is changed."))
            return redirect(sessions.home_of(request))
    return _page(request, "change_password", form)


@guarded(may_change_password)
@never_cache
def change_phone(request: HttpRequest) -> HttpResponse:
    """Change the phone of one's own account; the new one is proven by a code before it counts."""
    account, phone = request.user, sessions.phone_of(request)
    kind = CodeForm if "code" in request.POST else PhoneForm
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and isinstance(account, Account):
        try:
            if isinstance(form, PhoneForm):
                phone, address = form.cleaned_data["phone"], sessions.address_of(request)
                actions.send_code(phone=phone, purpose=Purpose.CONTACT, address=address, by=actor_of(request))
                sessions.ask_phone(request, phone)
                return _page(request, "change_phone", CodeForm())
            contact = actions.prove_code(phone=phone, code=form.cleaned_data["code"], purpose=Purpose.CONTACT)
            actions.change_phone(account, phone=phone, by=actor_of(request))
        except ValidationError as error:
            _attempt(form, next(iter(form.fields)), error)
        else:
            sessions.remember_contact(request, contact)
            messages.success(request, _("The phone is changed."))
            return redirect(sessions.home_of(request))
    return _page(request, "change_phone", form)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and forget the proven phone."""
    sessions.close_session(request)
    messages.success(request, _("You have signed out."))
    return redirect("/")


@public
def start_oidc(request: HttpRequest) -> HttpResponse:
    """Go to the city's identity provider, where one is set."""
    return _if_set(oidc.start, request)


@public
def finish_oidc(request: HttpRequest) -> HttpResponse:
    """Come back from the identity provider."""
    return _if_set(oidc.finish, request)


def _if_set(step: Callable[[HttpRequest], HttpResponse], request: HttpRequest) -> HttpResponse:
    if not settings.OIDC_NAME:
        raise Http404
    sessions.remember_next(request)
    return step(request)
