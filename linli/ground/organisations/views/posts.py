"""Who holds which post: appoint, end a term, choose the post to act in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.roles import ROLES, RoleCode
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.organisations import actions, queries
from linli.ground.organisations.actions import Appointment
from linli.ground.organisations.forms import AppointForm, EndForm, FindPersonForm, typed
from linli.ground.organisations.models import Holding, How, Post, Why
from linli.ground.organisations.rules import may_act_as, may_appoint, may_choose, may_end
from linli.ground.people.models import Account

FOUND = 20


@guarded(may_appoint, thing=Post, by="pk")
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, post: Post) -> HttpResponse:
    """Put a person of the register into a post: first found by the whole name or phone, then with the days of the term."""
    actor = actor_of(request)
    text = (request.POST or request.GET).get("q", "")[:60].strip()
    found = queries.persons_for(post, text, actor)
    last = actions.default_end(post, clock.today())
    initial = {"begins_on": clock.today(), "ends_on": last}
    form = AppointForm(typed(request), found=found, initial=initial)
    if form.is_valid():
        person, first, last = (form.cleaned_data[name] for name in ("person", "begins_on", "ends_on"))
        try:
            actions.appoint(Appointment(post, person, first, last, How(form.cleaned_data["how"])), by=actor)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                _("%(person)s holds the post %(post)s.") % {"person": person.masked_name, "post": post.name},
            )
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
        "find": FindPersonForm({"q": text} if text else None),
    }
    return render(request, "organisations/appoint.html", page, status=422 if form.is_bound else 200)


@guarded(may_end, thing=Holding, by="pk")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, holding: Holding) -> HttpResponse:
    """End somebody's term, after naming the day and the reason."""
    form = EndForm(typed(request))
    if form.is_valid():
        try:
            holding.end(on=form.cleaned_data["on"], why=Why(form.cleaned_data["why"]), by=actor_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The term has been ended."))
            return redirect(holding.post.body)
    page = {"form": form, "holding": holding, "post": holding.post, "body": holding.post.body}
    return render(request, "organisations/end.html", page, status=422 if form.is_bound else 200)


@guarded(may_choose)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Show the posts that the person holds today, to choose the one to act in."""
    account = request.user
    held = queries.posts_of(account, clock.today()) if isinstance(account, Account) else []
    posts = [(int(post.ref.rpartition(":")[2]), post) for post in held]
    return render(request, "organisations/choose.html", {"posts": posts})


@guarded(may_act_as, thing=Holding, by="pk")
@require_POST
def act_as(request: HttpRequest, holding: Holding) -> HttpResponse:
    """Act in another of one's own posts from now on."""
    request.session[queries.POST] = ref(holding)
    messages.success(request, _("You now act as %(post)s.") % {"post": holding.post})
    return redirect("organisations:choose")
