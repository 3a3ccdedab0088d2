"""ASK: the webhooks of an area, what was sent to a partner, who sees to a webhook."""

from dataclasses import dataclass

from django.apps import apps

from linli.commons.notices import templates
from linli.commons.notices.queries import administrators
from linli.commons.notices.templates import Recipient
from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.core.lifecycle import Stateful
from linli.ground.core.models import Event
from linli.ground.core.paging import Page, page_of

from .models import PRIVATE, Call, Subscription


@dataclass(frozen=True)
class Thing:
    """Something of the house whose events a partner may hear: the beginning of their names, and what it is in words."""

    word: str
    name: str


def things() -> list[Thing]:
    """Return the things that have a life and whose events may leave the house, for whoever fills in the form."""
    models = [one for one in apps.get_models() if issubclass(one, Stateful) and one._meta.app_label not in PRIVATE]
    return sorted(
        (Thing(one._meta.label_lower, str(one._meta.verbose_name)) for one in models), key=lambda one: one.word
    )


def heard(subscription: Subscription) -> list[Thing]:
    """Return what a webhook hears of, each beginning with what it is in words: a thing, or all things of an app."""
    known = things()

    def named(verb: str) -> str:
        thing = ".".join(verb.split(".")[:2])
        return "、".join(one.name for one in known if one.word == thing or one.word.startswith(f"{verb}."))

    return [Thing(verb, named(verb)) for verb in subscription.verbs]


def webhooks(actor: Actor, *, token: str = "") -> Page[Subscription]:
    """Return a page of the webhooks of the actor's area, newest first."""
    return page_of(Subscription.objects.visible_to(actor), keys=("-id",), token=token)


def calls(subscription: Subscription, actor: Actor, *, token: str = "", only_dead: bool = False) -> Page[Call]:
    """Return a page of what was sent to a partner, newest first."""
    sent = Call.objects.visible_to(actor).filter(subscription=subscription).select_related("event")
    return page_of(sent.dead() if only_dead else sent, keys=("-id",), token=token)


def name_of(event: Event) -> str:
    """Name an event by the title under which people are told of it, else by its thing; empty where no release knows that any more."""
    told = next(iter(templates.of(event.verb)), None)
    return told.name(event) if told else templates.kind_of(event.subject)


def who_sees_to_webhook(event: Event) -> list[Recipient]:
    """Return the administrators of a webhook's place, if the city itself has paused it; a person who pauses knows."""
    return administrators(event.place_path) if event.actor == SYSTEM.ref else []
