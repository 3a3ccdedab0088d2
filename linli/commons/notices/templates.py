"""Which event is told to whom, in which words. Apps above register theirs in `ready()`, so that notices imports none of them.

register(
"cases.case.answer",
group=Group("cases", _("My matters")),
audience=lambda event: [Recipient(contact=…, phone=…)],
title=_("%(about)s has been answered"),
text=_("Please say whether you are satisfied."),
channels=(Channel.SMS,),
)
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core.models import Event

from .models import Channel


class Urgency(models.TextChoices):
    """Whether a message may wait."""

    NORMAL = "normal", _("may wait for the morning and for the digest")
    URGENT = "urgent", _("goes out at any hour, by itself")


def _everybody(_actor: Actor) -> bool:
    return True


@dataclass(frozen=True)
class Group:
    """What a person switches on and off together."""

    code: str
    name: Promise | str
    concerns: Callable[[Actor], bool] = _everybody
    """Who is offered the switch: nobody needs one for what never reaches them."""


@dataclass(frozen=True)
class Recipient:
    """An account, perhaps as holder of a post; or a proven phone without account (its blind index, and the number where SMS is wanted)."""

    account: int | None = None
    post: str = ""
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Words:
    """A message as one reader sees it, in the reader's language."""

    title: str
    text: str


def _no_values(_event: Event) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Template:
    """One way of telling one event to one audience.

    Words may use `%(about)s` (the thing's title, if the reader may see it) and `values`.
    """

    key: str
    verb: str
    group: Group
    audience: Callable[[Event], Iterable[Recipient]]
    title: Promise | str
    text: Promise | str
    channels: tuple[Channel, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    values: Callable[[Event], Mapping[str, str]] = _no_values
    about: Callable[[Event], str] = lambda event: event.subject
    called: Promise | str = ""
    """What it is called by who sees to its delivery, where its title speaks to its reader."""

    def words(self, event: Event, about: str) -> Words:
        """Return the words for an event; `about` is the title of the thing, empty where the reader may not see it."""
        values = self._values(event, about)
        return Words(str(self.title) % values, str(self.text) % values)

    def name(self, event: Event) -> str:
        """Name the message for who sees to its delivery and may not see the matter: by its title and the kind of thing, 已答复：诉求."""
        return str(self.called or self.title) % self._values(event, kind_of(self.about(event)))

    def _values(self, event: Event, about: str) -> dict[str, str]:
        return {**self.values(event), "about": about or gettext("a matter")}


_templates: dict[str, Template] = {}


def register(
    verb: str,
    *,
    group: Group,
    audience: Callable[[Event], Iterable[Recipient]],
    title: Promise | str,
    text: Promise | str,
    channels: tuple[Channel, ...] = (),
    urgency: Urgency = Urgency.NORMAL,
    values: Callable[[Event], Mapping[str, str]] = _no_values,
    about: Callable[[Event], str] = lambda event: event.subject,
    called: Promise | str = "",
    audience_name: str = "",
) -> None:
    """Tell an event to an audience; the second audience of a verb needs a name, and who is in both is told in the first one's words.

    `values` makes words out of the event's codes without a query; `about` says which thing the message leads to (else the subject);
    `called` is the title for who sees to its delivery, where `title` speaks to its reader.
    """
    key = f"{verb}#{audience_name}" if audience_name else verb
    _templates[key] = Template(key, verb, group, audience, title, text, tuple(channels), urgency, values, about, called)


def kind_of(reference: str) -> str:
    """Return what kind of thing a reference (`cases.case:42`) or its beginning points at, in words; empty for one that is no more."""
    try:
        return str(apps.get_model(reference.partition(":")[0])._meta.verbose_name)
    except (LookupError, ValueError):
        return ""


def of(verb: str) -> list[Template]:
    """Return the templates for a verb, in the order of registration."""
    return [one for one in _templates.values() if one.verb == verb]


def named(key: str) -> Template | None:
    """Return a template; None for one that the city has given up since."""
    return _templates.get(key)


def groups(actor: Actor) -> list[tuple[Group, tuple[Channel, ...]]]:
    """Return what the actor can switch, each with the channels that some template of the group uses."""
    found: dict[str, Group] = {}
    used: dict[str, set[Channel]] = {}
    for one in _templates.values():
        found.setdefault(one.group.code, one.group)
        used.setdefault(one.group.code, set()).update(one.channels)
    return [
        (group, tuple(channel for channel in Channel if channel in used[code]))
        for code, group in found.items()
        if group.concerns(actor)
    ]
