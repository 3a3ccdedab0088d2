"""The steps that the page of a case offers. Other apps add theirs; each is one form, for whoever may take it, while it can be taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor, actor_of
from linli.ground.core.lifecycle import Conflict, Refused

from . import queries, rules
from .forms import SeenForm
from .models import CHANNELS, Case, Reporter

DESK, PUBLIC = "ui/base_desk.html", "ui/base_public.html"
OK, UNPROCESSABLE, CONFLICT = 200, 422, 409
CONSENT = "consent"  # a tick that a form insists on and that no action takes


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: the name of its address, who may take it, its form, in which cases, and where on the page."""

    url: str
    may: Callable[[Actor, Case], bool]
    form: type[SeenForm]
    when: Callable[[Case], bool] | None = None
    """Whether the case's state allows it; where its own life knows (`queries.steps_at`), that counts."""
    more: Callable[[Case], Mapping[str, object]] = lambda _case: {}
    """What the form has to be given beside what was typed."""
    facts: Callable[[Case], dict[str, object]] = lambda _case: {}
    """What its own page shows beside the form."""
    order: int = 100
    is_apart: bool = False
    """Whether its form has a page of its own, to which the page of the case leads."""
    template: str = "cases/step.html"
    """That page."""

    @property
    def name(self) -> str:
        """The verb."""
        return self.url.partition(":")[2]

    def form_of(self, case: Case, data: QueryDict | None = None, **more: object) -> SeenForm:
        """Return its form as it was typed, or empty for the version that is shown."""
        told = {"initial": {"version": case.version}, "auto_id": f"{self.name}_%s"}  # a page shows several forms
        made = self.form(data, **told, **self.more(case), **more)  # type: ignore[arg-type]
        made.action, made.verb, made.url = reverse(self.url, args=[case.reference]), self.name, self.url
        if self.url in _aids:
            label, address = _aids[self.url]
            made.aid = (label, reverse(address, args=[case.reference, self.name]))
        return made

    def door(self, case: Case) -> "SeenForm | Link":
        """Return what the page of the case shows of it: its form, or the way to it."""
        if self.is_apart:
            return Link(
                self.form.title, reverse(self.url, args=[case.reference]), self.form.icon, self.form.is_minor, self.name
            )
        return self.form_of(case)


@dataclass(frozen=True)
class Link:
    """The way to a step that has a page of its own."""

    title: Promise | str
    href: str
    icon: str
    is_minor: bool
    verb: str


@dataclass(frozen=True)
class Panel:
    """A section that another app shows on the page of a case, by its own template, which finds `facts` as `panel`."""

    template: str
    facts: object


_steps: dict[str, Step] = {}
PANELS: Final[list[Callable[[Case, Actor], Panel | None]]] = []
"""What else the page shows: apps above the case add theirs in `ready()`; None where there is nothing to show."""


def register(step: Step) -> None:
    """Offer a step on the page of a case; called in `ready()` of the app that owns its address."""
    _steps[step.url] = step


_aids: dict[str, tuple[Promise, str]] = {}


def help_with(url: str, *, label: Promise, address: str) -> None:
    """Lead from the form of a step to a page that helps to fill it in; called in `ready()` of the app that owns the page."""
    _aids[url] = label, address


def form_for(url: str, case: Case) -> SeenForm:
    """Return the empty form of a step."""
    return _steps[url].form_of(case)


def take(
    request: HttpRequest, case: Case, url: str, act: Callable[..., object], done: str, **more: object
) -> HttpResponse:
    """Do one step with what was typed; show the page again, with everything typed, where it cannot be done."""
    step = _steps[url]
    form = step.form_of(case, request.POST if request.method == "POST" else None, **more)
    if not form.is_valid():
        page = page_apart if step.is_apart else page_of_case
        return page(request, case, form, status=UNPROCESSABLE if form.is_bound else OK)
    typed = {name: value for name, value in form.cleaned_data.items() if name != CONSENT}
    try:
        act(case.as_seen(typed.pop("version")), by=actor_of(request), **typed)
    except (Conflict, Refused):
        fresh = Case.objects.visible_to(actor_of(request)).get(pk=case.pk)
        return page_of_case(request, fresh, form, status=CONFLICT)
    messages.success(request, done)
    left = Case.objects.visible_to(actor_of(request)).filter(pk=case.pk)
    return redirect("cases:show", case.reference) if left.exists() else redirect("worklist:index")


def page_of_case(
    request: HttpRequest,
    case: Case,
    typed: SeenForm | None = None,
    *,
    status: int = OK,
    reporter: Reporter | None = None,
) -> HttpResponse:
    """Render the case with the forms of the steps that this actor may take; a typed form stands in its place."""
    actor = actor_of(request)
    asked = rules.asked(actor, case)
    whole = asked or reporter is not None
    facts = queries.facts_of(case, asked=asked, inside=rules.inside(actor, case), whole=whole)
    offered = [
        typed if typed is not None and type(typed) is step.form else step.door(case)
        for step in sorted(_steps.values(), key=lambda one: one.order)
        if step.may(actor, case) and (step.when(case) if step.when else step.name in facts["allowed"])
    ]
    lost = typed is not None and typed not in offered and bool(typed.visible_fields())
    page = facts | {
        "case": case.as_written() if whole else case,
        "crumbs": [(_("My matters"), reverse("cases:mine")), (case.reference, "")],
        "steps": [one for one in offered if not one.is_minor],
        "more": [one for one in offered if one.is_minor],
        "channel": CHANNELS.get(case.ground, ""),
        "typed": typed,
        "kept": typed if lost else None,
        "conflict": status == CONFLICT,
        "staff": actor.post,
        "asked": asked,
        "panels": [found for show in PANELS if (found := show(case, actor))],
        "reporter": reporter,
        "may_unmask": rules.may_unmask(actor, case),
    }
    return render(request, "cases/show.html", page | {"frame": frame_of(actor)}, status=status)


def page_apart(
    request: HttpRequest, case: Case, form: SeenForm, *, status: int = OK, reporter: Reporter | None = None
) -> HttpResponse:
    """Render the form of a step on a page of its own; `reporter` where who asked is shown in full, on the record."""
    step = _steps[form.url]
    page = {"case": case, "form": form, "reporter": reporter, "frame": frame_of(actor_of(request))}
    return render(request, step.template, page | step.facts(case), status=status)


def frame_of(actor: Actor) -> str:
    """Return the shell: the desk for somebody in a post, the public one for everybody else."""
    return DESK if actor.post else PUBLIC
