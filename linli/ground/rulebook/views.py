"""The rulebook as people read it, and the form by which a competent post changes a rule of custom."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded, load, public
from linli.ground.core.lifecycle import Conflict
from linli.ground.places.queries import city_path

from . import actions, queries
from .forms import ChangeForm, FindForm
from .models import Rule, RuleVersion
from .rules import is_locked, may_change
from .units import Mark


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show every rule in force by law and subject, searchable and narrowed by its mark."""
    form = FindForm(request.GET)
    form.is_valid()
    text, mark = form.cleaned_data.get("q", ""), form.cleaned_data.get("mark", "")
    place = form.cleaned_data.get("place") or city_path()
    found = queries.listing(text=text, mark=mark, place_path=place)
    page = {
        "crumbs": [(_("Rulebook"), "")],
        "found": found,
        "text": text,
        "mark": mark,
        "place": form.cleaned_data.get("place", ""),
        "place_name": queries.places_named([place])[place],
        "chips": [(one.value, one.label, found.counts.get(one.value, 0)) for one in Mark],
    }
    return render(request, "rulebook/index.html", page)


@public
@require_GET
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show one rule: what holds here today, and all its versions by jurisdiction and date."""
    actor = actor_of(request)
    rule = cast("Rule", load(Rule, actor, key=key))
    page = {
        "crumbs": [(_("Rulebook"), reverse("rulebook:index")), (rule.title, "")],
        "rule": rule,
        "now": _current(rule),
        "spans": queries.history(rule, actor),
        "limits": actions.limits(rule),
        "is_locked": is_locked(rule),
        "may_change": may_change(actor, rule),
    }
    return render(request, "rulebook/show.html", page)


@guarded(may_change, thing=Rule, by="key")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, rule: Rule) -> HttpResponse:
    """Change a rule from a day on, with a reason; a form overtaken by somebody else comes back with what they set (409)."""
    actor, current, newest = actor_of(request), _current(rule), actions.newest(rule)

    def form_of(data: QueryDict | None) -> ChangeForm:
        return ChangeForm(
            data,
            initial={"seen": newest},
            rule=rule,
            current=current,
            actor=actor,
            charter=request.GET.get("place", ""),
        )

    form = form_of(request.POST if request.method == "POST" else None)
    status, overtaken = 422 if form.is_bound else 200, False
    if form.is_valid():
        try:
            version = actions.change(rule, to=form.setting(), seen=form.cleaned_data["seen"], by=actor)
        except ValidationError as error:
            form.add_error(None, error)
        except Conflict:
            typed = request.POST.copy()
            typed["seen"] = str(newest)
            form, status, overtaken = form_of(typed), 409, True
        else:
            said = {"rule": rule.title, "value": version.words}
            messages.success(request, _("%(rule)s: %(value)s. The change is on record.") % said)
            return redirect(rule)
    page = {"form": form, "rule": rule, "now": current, "spans": queries.history(rule, actor), "overtaken": overtaken}
    return render(request, "rulebook/change.html", page, status=status)


def _current(rule: Rule) -> RuleVersion:
    """Return what holds in the city today; the earliest version of a rule that has not begun."""
    try:
        return queries.rule(rule.key, place_path=city_path())
    except queries.UnknownRule:
        return rule.versions.select_related("rule").earliest("effective_from", "pk")
