"""Doors of the desk to entries that stand twice: found, compared, made one, made two again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import check, guarded, load
from linli.ground.core.registry import ref
from linli.ground.people import actions as people
from linli.ground.people.models import Person
from linli.ground.residents import personal_data
from linli.ground.residents.queries import residents_of
from linli.ground.residents.rules import may_keep_register, may_unmask

from . import actions, queries
from .forms import MergeForm
from .models import Merge
from .rules import may_merge, may_undo_merge

UNPROCESSABLE = 422
MOST = 20


@guarded(may_keep_register)
@never_cache
def list_doubles(request: HttpRequest) -> HttpResponse:
    """List the pairs of entries of the own place that may be one person."""
    found = queries.doubles(actor_of(request))
    return render(request, "doubles/list.html", {"doubles": found, "most": queries.MOST})


@guarded(may_merge, thing=Person, by="id")
@never_cache
@require_GET
def find(request: HttpRequest, person: Person) -> HttpResponse:
    """Find the other entry of a person: by what looks alike, or by name, phone or identity number."""
    actor, text = actor_of(request), request.GET.get("q", "").strip()[:50]
    found = residents_of(actor, text).exclude(pk=person.pk) if text else Person.objects.visible_to(actor).none()
    context = {
        "person": person,
        "q": text,
        "found": found.select_related("personal", "place").order_by("-pk")[:MOST],
        "doubles": queries.doubles_of(person, actor),
    }
    return render(request, "doubles/find.html", context)


def _other(request: HttpRequest, person: Person, key: int) -> Person:
    """Return the second entry, under the same rule as the first."""
    actor = actor_of(request)
    other = load(Person, actor, pk=key)
    if not isinstance(other, Person) or other == person:
        raise Http404
    check(may_merge, actor, other)
    return other


@guarded(may_merge, thing=Person, by="id")
@never_cache
def merge(request: HttpRequest, person: Person, other: int) -> HttpResponse:
    """Compare two entries side by side; POST makes them one, the first one stays."""
    lost = _other(request, person, other)
    rows = queries.compare(person, lost)
    form = MergeForm(request.POST if request.method == "POST" else None, rows=rows)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.merge(person, lost, picks=form.picks(), reason=given["reason"], by=actor_of(request))
        except ValidationError as error:
            for told in error.messages:
                form.add_error(None, told)
        else:
            messages.success(request, _("The two entries are one now. It may be undone for seven days."))
            return redirect("residents:show", person.pk)
    return _compare(request, person, lost, form, status=UNPROCESSABLE if form.errors else 200)


def _compare(
    request: HttpRequest, kept: Person, lost: Person, form: MergeForm, *, full: bool = False, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "kept": kept,
        "lost": lost,
        "form": form,
        "full": full,
        "same": [row for row in queries.compare(kept, lost, full=full) if row.same and not row.empty],
        "doubts": queries.doubts(kept, lost),
        "obstacles": actions.obstacles(kept, lost, by=actor),
        "moving": personal_data.moving(lost, kept),
        "may_unmask": may_unmask(actor, kept) and may_unmask(actor, lost),
    }
    return render(request, "doubles/merge.html", context, status=status)


@guarded(may_unmask, thing=Person, by="id")
@never_cache
@require_POST
def unmask(request: HttpRequest, person: Person, other: int) -> HttpResponse:
    """Show both entries in full, on the record of both; what was picked so far stays picked."""
    lost, actor = _other(request, person, other), actor_of(request)
    check(may_merge, actor, person)
    check(may_unmask, actor, lost)
    for one, matter in ((person, lost), (lost, person)):
        people.unmask(one, matter=ref(matter), by=actor)
    form = MergeForm(initial=request.POST.dict(), rows=queries.compare(person, lost, full=True))
    return _compare(request, person, lost, form, full=True)


@guarded(may_merge, thing=Person, by="id")
@require_POST
def keep_apart(request: HttpRequest, person: Person, other: int) -> HttpResponse:
    """Write down that the two are two people."""
    actions.keep_apart(person, _other(request, person, other), by=actor_of(request))
    messages.success(request, _("Recorded: these are two people. They are not suggested again."))
    return redirect("doubles:list")


@guarded(may_undo_merge, thing=Merge)
@require_POST
def undo_merge(request: HttpRequest, done: Merge) -> HttpResponse:
    """Make one entry two again."""
    try:
        actions.undo_merge(done, by=actor_of(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The merge is undone; both entries are as they were."))
    return redirect("residents:show", done.kept_id)
