"""Who holds which post: appoint, end a term."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.roles import ROLES, RoleCode
from linli.ground.core import clock
from linli.ground.organisations import actions, queries
from linli.ground.organisations.actions import Appointment, Newcomer
from linli.ground.organisations.forms import AppointForm, EndForm, FindPersonForm, NewcomerForm, WithdrawForm, typed
from linli.ground.organisations.models import Holding, How, Post, Why
from linli.ground.organisations.rules import may_appoint, may_end, may_withdraw

from .desk import changed

FOUND = 20


@guarded(may_appoint, thing=Post, by="pk")
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, post: Post) -> HttpResponse:
    """Put a person into a post: found by the whole name or phone, or, where no list knows them yet, entered with both."""
    actor = actor_of(request)
    text = (request.POST or request.GET).get("q", "")[:60].strip()
    found = queries.persons_for(post, text, actor)
    last = actions.default_end(post, clock.today())
    initial = {"begins_on": clock.today(), "ends_on": last}
    is_new = "new" in request.POST
    form = AppointForm(None if is_new else typed(request), found=found, initial=initial)
    named = {"phone" if text.isascii() else "name": text}
    newcomer = NewcomerForm(typed(request) if is_new else None, initial=initial | named, prefix="new")
    sent: AppointForm | NewcomerForm = newcomer if is_new else form
    if sent.is_valid():
        try:
            holding = _appointed(post, sent, actor)
        except ValidationError as error:
            sent.add_error("phone" if is_new and getattr(error, "code", "") == "phone" else None, error)
        else:
            said = _("%(person)s holds the post %(post)s.")
            messages.success(request, said % {"person": holding.person.masked_name, "post": post.name})
            return redirect(post.body)
    page = {
        "role": ROLES[RoleCode(post.role)],
        "term": _("A term from today ends on %(day)s at the latest.") % {"day": date_format(last, "DATE_FORMAT")}
        if last
        else "",
        "post": post,
        "body": post.body,
        "text": text,
        "found": found[:FOUND],
        "form": form,
        "newcomer": newcomer,
        "find": FindPersonForm({"q": text} if text else None),
    }
    return render(request, "organisations/appoint.html", page, status=422 if sent.is_bound else 200)


def _appointed(post: Post, form: AppointForm | NewcomerForm, actor: Actor) -> Holding:
    """Record what was sent; raises ValidationError."""
    given = form.cleaned_data
    first, last, how = given["begins_on"], given["ends_on"], How(given["how"])
    if isinstance(form, NewcomerForm):
        who = Newcomer(given["name"], given["phone"], given["sex"])
        return actions.appoint_newcomer(who, post=post, begins_on=first, ends_on=last, how=how, by=actor)
    return actions.appoint(Appointment(post, given["person"], first, last, how), by=actor)


@guarded(may_end, thing=Holding, by="pk")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, holding: Holding) -> HttpResponse:
    """End somebody's term, after naming the day and the reason."""
    form, names = EndForm(typed(request)), {"person": holding.person.masked_name, "post": holding.post.name}
    page = {
        "heading": _("End the term of %(person)s as %(post)s") % names,
        "button": _("End the term of %(person)s") % names,
        "warning": _(
            "With the last day all powers of this post are gone. A term that has ended cannot be opened again; "
            "the person can be elected or appointed anew."
        ),
    }

    def change() -> None:
        given = form.cleaned_data
        holding.end(on=given["on"], why=Why(given["why"]), by=actor_of(request))

    return changed(request, holding.post.body, form, change, said=_("The term has been ended."), page=page)


@guarded(may_withdraw, thing=Holding, by="pk")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, holding: Holding) -> HttpResponse:
    """Take back an appointment that has not begun, with the reason."""
    form, names = WithdrawForm(typed(request)), {"person": holding.person.masked_name, "post": holding.post.name}
    day = date_format(holding.begins_on, "DATE_FORMAT")
    page = {
        "heading": _("Withdraw the appointment of %(person)s as %(post)s") % names,
        "button": _("Withdraw the appointment"),
        "note": _("The term would begin on %(day)s. With this the seat is free; the person can be appointed anew.")
        % {"day": day},
    }

    def change() -> None:
        holding.withdraw(**form.cleaned_data, by=actor_of(request))

    return changed(request, holding.post.body, form, change, said=_("The appointment is withdrawn."), page=page)
