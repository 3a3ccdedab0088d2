"""One step on many cases: looked at first, then taken, then told row by row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.flows.cases.models import Case
from linli.flows.worklist import actions, rules
from linli.flows.worklist.actions import Outcome, Result
from linli.flows.worklist.forms import AcceptManyForm, AssignManyForm, NoteManyForm
from linli.flows.worklist.queries import Filter
from linli.flows.worklist.queries.listing import MOST
from linli.flows.worklist.queries.picked import Picked, all_of, picked_of, takers_for
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded

OK, UNPROCESSABLE = 200, 422


@dataclass(frozen=True)
class Step:
    """A step that is taken on many: its verb, what it is called, its form and its action."""

    verb: str
    title: Promise
    form: type[forms.Form]
    act: Callable[..., list[Result]]

    @property
    def url(self) -> str:
        """The name of its address."""
        return f"worklist:{self.verb}"


ACCEPT = Step("accept", gettext_lazy("Accept several cases"), AcceptManyForm, actions.accept)
ASSIGN = Step("assign", gettext_lazy("Give several cases to another lead"), AssignManyForm, actions.assign)
NOTE = Step("note", gettext_lazy("One note on several cases"), NoteManyForm, actions.note)


@require_http_methods(["GET", "POST"])
@guarded(rules.may_accept)
def accept(request: HttpRequest) -> HttpResponse:
    """Take several cases on."""
    return _take(request, ACCEPT)


@require_http_methods(["GET", "POST"])
@guarded(rules.may_assign)
def assign(request: HttpRequest) -> HttpResponse:
    """Give several cases to another lead."""
    return _take(request, ASSIGN)


@require_http_methods(["GET", "POST"])
@guarded(rules.may_note)
def note(request: HttpRequest) -> HttpResponse:
    """Write one note on several cases."""
    return _take(request, NOTE)


def _take(request: HttpRequest, step: Step) -> HttpResponse:
    """Show what was picked and what would happen; take the step once that was confirmed."""
    typed = request.POST if request.method == "POST" else request.GET
    asked = Filter.of(typed.dict())
    back = f"{reverse('worklist:index')}?{asked.query}"
    picked, problem = _picked(request, step, typed)
    if problem or not picked:
        messages.warning(request, problem or _("Choose the cases first: tick them, or press X on each line."))
        return redirect(back)
    form = _form(step, picked, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = [(one.case, one.version) for one in picked]
        results = step.act(done, **form.cleaned_data, by=actor_of(request))
        return _told(request, step, results, form.cleaned_data, back)
    can = sum(one.is_open for one in picked)
    facts = {"step": step, "form": form, "picked": picked, "open": can, "stuck": len(picked) - can}
    facts |= {"asked": asked, "back": back}
    return render(request, "worklist/preview.html", facts, status=UNPROCESSABLE if form.is_bound else OK)


def _picked(request: HttpRequest, step: Step, typed: QueryDict) -> tuple[list[Picked], str]:
    """Return the cases that were picked, or all of the filter where that was asked; and what is wrong with so many."""
    actor, keys = actor_of(request), typed.getlist("case")
    if "all" in typed and request.method == "GET":
        picked = all_of(actor, step.verb, Filter.of(typed.dict()), MOST)  # type: ignore[arg-type]
    else:
        picked = picked_of(actor, step.verb, keys[: MOST + 1])
    if len(picked) > MOST or len(keys) > MOST:
        return [], _("At most %(most)s cases at once. Narrow the list or choose fewer.") % {"most": MOST}
    return picked, ""


def _form(step: Step, picked: list[Picked], data: QueryDict | None) -> forms.Form:
    form = step.form(data)
    if isinstance(form, AssignManyForm):
        form.offer(takers_for([one.case for one in picked]))
    return form


def _told(request: HttpRequest, step: Step, results: list[Result], typed: dict[str, Any], back: str) -> HttpResponse:
    """Tell what became of each case, what was not done first; those that changed meanwhile can be looked at again as they stand now."""
    fresh = {
        one.pk: one
        for one in Case.objects.visible_to(actor_of(request)).filter(pk__in=[result.case.pk for result in results])
    }
    rows = [(fresh.get(one.case.pk, one.case), one.outcome, one.case.pk in fresh) for one in results]
    again = [f"{case.reference}.{case.version}" for case, outcome, _seen in rows if outcome is Outcome.CHANGED]
    done = sum(outcome is Outcome.DONE for _case, outcome, _seen in rows)
    facts = {
        "step": step,
        "rows": sorted(rows, key=lambda row: row[1] is Outcome.DONE),
        "done": done,
        "again": again,
        "said": typed.get("text", "") if len(rows) > done else "",
        "back": back,
    }
    return render(request, "worklist/results.html", facts)
