"""The work list for people: what a post handles or watches over, narrowed by one filter that the address holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from linli.flows.cases.rules import may_register, may_work
from linli.flows.worklist import queries, rules
from linli.flows.worklist.forms import FilterForm
from linli.flows.worklist.queries import Filter
from linli.flows.worklist.queries.saved import PINNED
from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded


@require_safe
@guarded(may_work)
def index(request: HttpRequest) -> HttpResponse:
    """Show the cases that this post handles or watches over and the filter leaves, newest first."""
    actor, typed = actor_of(request), request.GET.dict()
    asked, saved = Filter.of(typed), queries.saved_of(actor)
    form = filter_form(actor, typed, asked)
    is_valid = form.is_valid()
    if is_valid and "" in typed.values():  # as a form sends it: the address to pass on holds only what is asked
        return redirect(f"{request.path}?{asked.query}")
    found = queries.listed(actor, asked, saved=saved[:PINNED], token=request.GET.get("page", ""))
    facts = {
        "form": form,
        "is_open": not is_valid,
        "asked": asked,
        "found": found,
        "conditions": form.conditions(asked),
        "more_saved": len(saved) > PINNED,
        "is_saved": any(its == asked for _one, its in saved),
        "may_register": may_register(actor),
        "may_accept": rules.may_accept(actor),
        "may_assign": rules.may_assign(actor),
    }
    return render(request, "worklist/index.html", facts)


def filter_form(actor: Actor, typed: dict[str, str], asked: Filter) -> FilterForm:
    """Return the form of the filter with what there is to choose from."""
    return FilterForm(
        typed,
        places=queries.areas_of(actor, asked.place),
        categories=queries.categories_of(asked.field),
        leads=queries.leads_of(actor, asked.place),
    )
