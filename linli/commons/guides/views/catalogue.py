"""The catalogue as everybody sees it: by field and by words, and the guide of one item."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.commons.calendar.queries import hours_of
from linli.commons.guides import queries, rules
from linli.commons.guides.models import Item
from linli.commons.guides.sections import sections_of
from linli.ground.authority.actors import Actor, actor_of
from linli.ground.authority.doors import guarded, public
from linli.ground.kinds.fields import SEVEN
from linli.ground.residents.queries import known_of

DESK, PUBLIC = "ui/base_desk.html", "ui/base_public.html"
LONGEST = 60


def frame_of(actor: Actor) -> str:
    """Return the shell: the desk for somebody in a post, the public one for everybody else."""
    return DESK if actor.post else PUBLIC


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """Show what can be applied for: by field of service, or by words of one or two characters and pinyin initials."""
    actor = actor_of(request)
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    field = request.GET.get("field", "")
    found = queries.found(actor, text=text, field=field if field in dict(SEVEN) else "")
    facts = {"found": found, "text": text, "field": field, "crumbs": [(_("Services"), "")], "frame": frame_of(actor)}
    return render(request, "guides/index.html", facts | {"may_keep": rules.may_keep(actor)})


@require_safe
@guarded(rules.may_show, thing=Item, by="code")
def show(request: HttpRequest, item: Item) -> HttpResponse:
    """Show the guide of an item (办事指南): who may, where, with what, how long, what it costs; to read or to print."""
    actor = actor_of(request)
    known = known_of(actor)
    shown = queries.guide_of(item, known.place if known else None)
    facts = {
        "item": item,
        "guide": shown,
        "hours": item.hours or hours_of(item.place_path).today,
        "sections": sections_of(item, actor),
        "may_edit": rules.may_edit(actor, item),
        "crumbs": [(_("Services"), reverse("guides:index")), (item.name, "")],
    }
    return render(request, "guides/show.html", facts | {"frame": frame_of(actor), "staff": actor.post})
