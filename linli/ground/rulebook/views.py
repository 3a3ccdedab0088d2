"""The rulebook as people read it, the form by which a competent post changes a rule of custom, and that for a community's charter."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded, load, public
from linli.ground.core import clock
from linli.ground.core.lifecycle import Conflict
from linli.ground.places.queries import city_path
from linli.ground.ui.templatetags.ui import long_date

from . import actions, queries
from .forms import UNFOLDED, ChangeForm, FindForm, LodgeForm, PlaceForm, WithdrawForm
from .models import Rule, RuleVersion
from .rules import is_locked, may_change, may_lodge, may_withdraw
from .units import Mark

Send = Callable[[Any], RuleVersion]


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show every rule in force in a place (the city) by law and subject, searchable and narrowed by its mark."""
    form = FindForm(request.GET)
    form.is_valid()
    text, mark, chosen = (form.cleaned_data.get(name, "") for name in ("q", "mark", "place"))
    place = chosen or city_path()
    found = queries.listing(text=text, kind=mark, place_path=place)
    page = {
        "crumbs": [(_("Rulebook"), "")],
        "found": found,
        "text": text,
        "mark": mark,
        "unfold": form.cleaned_data.get("unfold") or (bool(text or mark) and found.shown <= UNFOLDED),
        "place": chosen,
        "place_name": queries.places_named([place])[place],
        "place_form": PlaceForm(initial={"place": place}),
        "chips": [
            (value, label, found.counts.get(value, 0))
            for value, label in (
                *Mark.choices,
                (queries.OPEN, _("left to the communities")),
                (queries.UNUSED, _("not yet in use")),
            )
        ],
    }
    return render(request, "rulebook/index.html", page)


@public
@require_GET
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show one rule: what holds in a place (the city) today and whose value it is, and all its versions by jurisdiction and date."""
    return _rule_page(request, cast("Rule", load(Rule, actor_of(request), key=key)))


def _rule_page(request: HttpRequest, rule: Rule, status: int = 200) -> HttpResponse:
    actor, place = actor_of(request), _place_of(request)
    spans, is_own = queries.history(rule, actor), place != city_path()
    page = {
        "crumbs": [
            (_("Rulebook"), reverse("rulebook:index")),
            (rule.pack.title, rule.pack.get_absolute_url()),
            (rule.title, ""),
        ],
        "rule": rule,
        "spans": spans,
        "here": queries.standing(rule, spans, place),
        "city": queries.standing(rule, spans, city_path()).now if is_own else None,
        "place": place if is_own else "",
        "place_name": queries.places_named([place])[place],
        "place_form": PlaceForm(initial={"place": place}),
        "limits": actions.limits(rule),
        "is_locked": is_locked(rule),
        "may_change": rule.in_use and may_change(actor, rule),
        "may_lodge": rule.in_use and may_lodge(actor, rule),
    }
    return render(request, "rulebook/show.html", page, status=status)


@guarded(may_change, thing=Rule, by="key")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, rule: Rule) -> HttpResponse:
    """Change a rule from a day on, with a reason; a form overtaken by somebody else comes back with what they set (409)."""
    actor = actor_of(request)

    def send(form: ChangeForm) -> RuleVersion:
        return actions.change(rule, to=form.setting(), seen=form.cleaned_data["seen"], by=actor)

    return _set(request, rule, ChangeForm, send, (_("Change: %(rule)s") % {"rule": rule.title}, _("Put into force")))


@guarded(may_lodge, thing=Rule, by="key")
@require_http_methods(["GET", "POST"])
def lodge(request: HttpRequest, rule: Rule) -> HttpResponse:
    """Put on record what a community decided on a rule in its charter; overtaken by somebody else as for a change (409)."""
    actor = actor_of(request)

    def send(form: LodgeForm) -> RuleVersion:
        return actions.lodge(rule, charter=form.charter(), seen=form.cleaned_data["seen"], by=actor)

    words = _("Lodge a charter: %(rule)s") % {"rule": rule.title}, _("Lodge it")
    return _set(request, rule, LodgeForm, send, words)


@guarded(may_withdraw, thing=RuleVersion, by="pk")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, version: RuleVersion) -> HttpResponse:
    """Take back a lodged charter, with the reason."""
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.withdraw(version, reason=form.cleaned_data["reason"], by=actor_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The charter is withdrawn. What the places above have set holds again."))
            return redirect(f"{version.rule.get_absolute_url()}?place={version.jurisdiction}")
    words = _("Withdraw the charter: %(charter)s") % {"charter": version.law}, _("Withdraw the charter")
    spans = queries.history(version.rule, actor_of(request))
    page = {"form": form, "rule": version.rule, "now": version, "spans": spans, "words": words}
    return render(request, "rulebook/change.html", page, status=422 if form.is_bound else 200)


def _set(
    request: HttpRequest, rule: Rule, kind: type[ChangeForm | LodgeForm], send: Send, words: tuple[str, str]
) -> HttpResponse:
    """Show a form that sets a value, and carry it out; a rule that nothing works by shows its page, which says so (409)."""
    if not rule.in_use:
        return _rule_page(request, rule, status=409)
    actor, place, newest = actor_of(request), _place_of(request), actions.newest(rule)
    spans = queries.history(rule, actor)
    now = queries.standing(rule, spans, place).now

    def form_of(data: QueryDict | None) -> ChangeForm | LodgeForm:
        return kind(data, initial={"seen": newest, "place": place}, rule=rule, current=now, actor=actor)

    form = form_of(request.POST if request.method == "POST" else None)
    status, overtaken = 422 if form.is_bound else 200, False
    if form.is_valid():
        try:
            version = send(form)
        except ValidationError as error:
            form.add_error(None, error)
        except Conflict:
            typed = request.POST.copy()
            typed["seen"] = str(newest)
            form, status, overtaken = form_of(typed), 409, True
        else:
            messages.success(request, _said(version))
            where = "" if version.jurisdiction == city_path() else f"?place={version.jurisdiction}"
            return redirect(rule.get_absolute_url() + where)
    page = {"form": form, "rule": rule, "now": now, "spans": spans, "overtaken": overtaken, "words": words}
    return render(request, "rulebook/change.html", page, status=status)


def _said(version: RuleVersion) -> str:
    """Say what was set, and from when where that is still to come."""
    said = {
        "rule": version.rule.title,
        "value": version.words,
        "place": queries.places_named([version.jurisdiction])[version.jurisdiction],
        "day": long_date(version.effective_from),
    }
    if version.effective_from > clock.today():
        return _("%(place)s, %(rule)s: from %(day)s on %(value)s. The change is on record.") % said
    return _("%(place)s, %(rule)s: %(value)s. The change is on record.") % said


def _place_of(request: HttpRequest) -> str:
    """Return the path of the place that is asked about; the city's where none is or it cannot be understood."""
    form = FindForm({"place": request.GET.get("place", "")})
    form.is_valid()
    return form.cleaned_data.get("place") or city_path()
