"""How applications come in: a resident's own, and those that the desk makes for somebody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.commons.guides.models import Item
from linli.commons.guides.queries import guide_of
from linli.flows.services import actions, queries, rules
from linli.flows.services.forms import ApplyForm, RegisterForm
from linli.flows.services.models import Application, ApplicationChannel
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.people import identity
from linli.ground.residents.queries import known_of

OK, UNPROCESSABLE = 200, 422


@guarded(rules.may_apply, thing=Item, by="code")
def apply(request: HttpRequest, item: Item) -> HttpResponse:
    """Let a resident apply: what sharing of data brings is not asked."""
    known = known_of(actor_of(request))
    form = ApplyForm(request, item, known)
    if request.method == "POST" and form.is_valid():
        phone = known.phone if known else ""
        one = _receive(request, form, item, ApplicationChannel.WEB, phone, is_own=True)
        return redirect("services:show", one.reference)
    own_phone = identity.mask_phone(known.phone) if known and known.phone else ""
    facts: dict[str, object] = {"own_phone": own_phone, "limit": queries.in_words(queries.ACCEPT_DAYS, item.place_path)}
    return _page(request, "services/apply.html", form, item, facts)


@guarded(rules.may_register, thing=Item, by="code")
def register(request: HttpRequest, item: Item) -> HttpResponse:
    """Apply for somebody at the desk, also without a phone (代办): who helped is on record."""
    form = RegisterForm(request, item)
    actor = actor_of(request)
    if request.method != "POST" and actor.post:
        form.initial["place"] = actor.post.place_path
    if request.method == "POST" and form.is_valid():
        one = _receive(request, form, item, ApplicationChannel.DESK, form.cleaned_data["phone"], is_own=False)
        if Application.objects.visible_to(actor).filter(pk=one.pk).exists():
            return redirect("services:show", one.reference)
        told = _("%(handler)s handles it, outside your place. Write the reference down for the applicant.")
        messages.info(request, told % {"handler": one.handler.name})
        return redirect("services:queue")
    return _page(request, "services/register.html", form, item, {})


def _receive(
    request: HttpRequest, form: ApplyForm, item: Item, channel: ApplicationChannel, phone: str, *, is_own: bool
) -> Application:
    """Take the typed application in."""
    typed, actor = form.cleaned_data, actor_of(request)
    known = known_of(actor) if is_own else None
    one = actions.receive(
        item=item,
        place=typed["place"],
        name=typed["name"],
        phone=phone,
        channel=channel,
        given=typed.get("given", ()),
        files=typed["files"],
        person=known.person if known else None,
        is_helped=not is_own,
        sending=typed["sending"],
        by=actor,
    )
    messages.success(request, _("We have received it. The reference is %(reference)s.") % {"reference": one.reference})
    return one


def _page(request: HttpRequest, template: str, form: ApplyForm, item: Item, more: dict[str, object]) -> HttpResponse:
    crumbs = [(_("Services"), reverse("guides:index")), (item.name, item.get_absolute_url()), (_("Apply"), "")]
    facts = {"form": form, "item": item, "guide": guide_of(item, None), "crumbs": crumbs} | more
    return render(request, template, facts, status=UNPROCESSABLE if form.errors else OK)
