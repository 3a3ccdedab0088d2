"""Categories and routes for whoever keeps them: the lists, the forms, and a trial run before a route is changed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded

from . import actions, queries, rules
from .forms import AddCategoryForm, CategoryForm, RouteForm, lines_of, typed_of
from .models import Category, Route

OK, UNPROCESSABLE = 200, 422
LAST = 200
TRY = "try"
"""The button that tries a route out on the last needs instead of putting it in force."""


@require_safe
@guarded(rules.may_list)
def list_routes(request: HttpRequest) -> HttpResponse:
    """Show the routes in the order in which they are asked, and the categories by field."""
    facts = {"routes": queries.listed(actor_of(request)), "fields": queries.by_field()}
    return render(request, "routing/list.html", facts)


@require_safe
@guarded(rules.may_show, thing=Route, by="id")
def show(request: HttpRequest, route: Route) -> HttpResponse:
    """Show one route: what it matches, where it leads, whether it still stands."""
    return render(request, "routing/show.html", {"row": queries.row_of(route), "route": route})


@guarded(rules.may_add)
def add(request: HttpRequest) -> HttpResponse:
    """Put a new route in force, after trying it out if wished."""
    actor = actor_of(request)
    form = RouteForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        if TRY in request.POST:
            return _tried(request, form, actor)
        try:
            made = actions.add(route=form.route(), by=actor)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The route is in force."))
            return redirect(made)
    return _form(request, form)


@guarded(rules.may_revise, thing=Route, by="id")
def revise(request: HttpRequest, route: Route) -> HttpResponse:
    """Put a changed route in the place of this one, after trying it out if wished."""
    actor = actor_of(request)
    form = RouteForm(request.POST if request.method == "POST" else None, actor=actor, initial=typed_of(route))
    if request.method == "POST" and form.is_valid():
        if TRY in request.POST:
            return _tried(request, form, actor, route)
        try:
            made = actions.revise(route, into=form.route(), by=actor)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The changed route is in force; needs that are under way stay where they are."))
            return redirect(made)
    return _form(request, form, route)


@require_POST
@guarded(rules.may_end, thing=Route, by="id")
def end(request: HttpRequest, route: Route) -> HttpResponse:
    """Take a route out of force."""
    actions.end(route, by=actor_of(request))
    messages.success(
        request, _("The route is out of force; what it matched goes to the next route or the nearest body.")
    )
    return redirect("routing:list")


@require_safe
@guarded(rules.may_edit_category, thing=Category, by="code")
def show_category(request: HttpRequest, category: Category) -> HttpResponse:
    """Show one category: what it asks, how long it takes, where its needs go."""
    facts = {"category": category, "questions": category.questions.all(), "routes": queries.routes_about(category)}
    return render(request, "routing/show_category.html", facts)


@guarded(rules.may_add_category)
def add_category(request: HttpRequest) -> HttpResponse:
    """Add a category of needs."""
    form = AddCategoryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        questions = facts.pop("questions")
        try:
            made = actions.add_category(category=Category(**facts), questions=questions, by=actor_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Residents can choose it from now on."))
            return redirect(made)
    return _category_form(request, form)


@guarded(rules.may_edit_category, thing=Category, by="code")
def edit_category(request: HttpRequest, category: Category) -> HttpResponse:
    """Change a category and what it asks."""
    names = ("name", "name_en", "examples", "urgency", "is_shared", "is_public")
    now = {name: getattr(category, name) for name in names} | {"questions": lines_of(category)}
    form = CategoryForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_category(category, by=actor_of(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The category is changed."))
            return redirect(category)
    return _category_form(request, form, category)


@require_POST
@guarded(rules.may_end_category, thing=Category, by="code")
def end_category(request: HttpRequest, category: Category) -> HttpResponse:
    """Offer a category no longer."""
    category.end(by=actor_of(request))
    messages.success(request, _("Nobody can choose it any more; what was reported under it keeps it."))
    return redirect("routing:list")


def _form(request: HttpRequest, form: RouteForm, route: Route | None = None) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else OK
    return render(request, "routing/form.html", {"form": form, "route": route}, status=status)


def _tried(request: HttpRequest, form: RouteForm, actor: Actor, route: Route | None = None) -> HttpResponse:
    count, moved = queries.tried(form.route(), actor, instead_of=route, last=LAST)
    facts = {"form": form, "route": route, "tried": True, "count": count, "moved": moved}
    return render(request, "routing/form.html", facts)


def _category_form(request: HttpRequest, form: CategoryForm, category: Category | None = None) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else OK
    return render(request, "routing/category_form.html", {"form": form, "category": category}, status=status)
