"""ASK: whom a joint application is to be put to, who has said what and who is silent, whose applications one sees for being asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, TextChoices
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.commons.guides.models import Mode, OpinionLine
from linli.commons.guides.models.lines import name_of
from linli.commons.notices.queries import holders_in
from linli.commons.notices.templates import Recipient
from linli.flows.services.models import Application, ApplicationStatus
from linli.flows.services.queries import Happening
from linli.flows.services.rules import applied
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.organisations.models import Body
from linli.ground.organisations.queries import department_of
from linli.ground.ui.templatetags.ui import zh_datetime

from .models import Opinion


class Stand(TextChoices):
    """Where an opinion stands."""

    AGREES = "agrees", pgettext_lazy("opinion", "agrees")
    DISAGREES = "disagrees", pgettext_lazy("opinion", "does not agree")
    AWAITED = "awaited", _("waiting for its opinion")
    SILENT = "silent", _("has given no opinion in time")
    ENDED = "ended", _("the matter ended before")


@dataclass
class Asking:
    """A body that is to be asked: in whose place, with the lines of the item that name it."""

    body: Body
    stands_in: list[str] = field(default_factory=list)
    lines: list[OpinionLine] = field(default_factory=list)

    @property
    def about(self) -> str:
        """On what, one line for each department."""
        return "；".join(line.about for line in self.lines)

    @property
    def days(self) -> int:
        """How many working days it has: the most that one of its lines gives."""
        return max(line.days for line in self.lines)


@dataclass(frozen=True)
class Said:
    """One opinion as a page or a program is told of it."""

    opinion: Opinion
    stand: Stand
    is_seen: bool
    """Whether the reader is told what was said, not only that something was: those who work on it, not who applied."""

    @property
    def word(self) -> str:
        """Where it stands, in words."""
        if self.opinion.given_at and not self.is_seen:
            return _t("has given its opinion")
        return str(self.stand.label)

    @property
    def kind(self) -> str:
        """Where it stands, as a status is drawn."""
        if self.opinion.given_at and not self.is_seen:
            return "done"
        return {Stand.AGREES: "done", Stand.AWAITED: "wait", Stand.ENDED: "todo"}.get(self.stand, "late")


def to_ask(one: Application) -> list[Asking]:
    """Return whom a joint application is to be put to: the nearest body of each department; the lead for those that have none here."""
    if one.item.mode != Mode.JOINT:
        return []
    lead, found = one.decider or one.handler, dict[int, Asking]()
    for asked in one.item.opinions.all():
        body = department_of(asked.department, one.place_path)
        asking = found.setdefault((body or lead).pk, Asking(body or lead))
        asking.lines.append(asked.line)
        asking.stands_in += [] if body else [name_of(asked.department)]
    return list(found.values())


def asked_of(actor: Actor) -> Q:
    """Return the condition "the actor's body was asked for its opinion" for an application."""
    body = actor.post.body if actor.post else 0
    if not actor.holds_in(Power.DECIDE_APPLICATIONS, body):
        return Q(pk__in=[])
    return Q(pk__in=Opinion.objects.filter(body=body).values("application"))


def is_awaited(one: Application) -> bool:
    """Say whether an opinion is outstanding whose time is not over."""
    return one.accepted_at is not None and Opinion.objects.awaited().filter(application=one).exists()


def stand_of(opinion: Opinion, one: Application) -> Stand:
    """Return where an opinion stands; who was not heard in time was silent, which is no consent."""
    if opinion.given_at is not None:
        return Stand.AGREES if opinion.agrees else Stand.DISAGREES
    if opinion.due_at < (one.decided_at or one.withdrawn_at or clock.now()):
        return Stand.SILENT
    return Stand.AWAITED if one.status == ApplicationStatus.ACCEPTED else Stand.ENDED


def said_on(one: Application, actor: Actor) -> list[Said]:
    """Return the opinions on an application as somebody may read them; one query, none before it is accepted."""
    is_seen = actor.ref != "" and not applied(actor, one)
    return [Said(each, stand_of(each, one), is_seen) for each in _opinions(one)]


def shown_on(one: Application, actor: Actor) -> dict[str, object] | None:
    """Return what the page of an application shows of who has a say; None where nobody was asked."""
    said = said_on(one, actor)
    if not said:
        return None
    awaited = [each.opinion.due_at for each in said if each.stand == Stand.AWAITED]
    return {
        "said": said,
        "lead": one.decider or one.handler,
        "waits_until": max(awaited, default=None),
        "given": sum(each.opinion.given_at is not None for each in said),
    }


def happened(one: Application) -> Iterator[Happening]:
    """Yield what the timeline tells of opinions: who was asked, who has answered, who was silent when the time was over."""
    opinions = _opinions(one)
    if opinions:
        yield Happening(
            opinions[0].asked_at, _t("Departments asked for their opinions"), "send", "", "", lines=_asked(opinions)
        )
    for each in opinions:
        if each.given_at:
            words = _t("Opinion given after its time") if each.is_late else _t("Opinion given")
            yield Happening(each.given_at, words, "message", "", each.body.name)
        if stand_of(each, one) == Stand.SILENT or each.is_late:
            yield Happening(each.due_at, _t("No opinion given in time"), "clock", "is-act", each.body.name)


def _asked(opinions: Sequence[Opinion]) -> list[str]:
    words = _t("%(body)s: %(about)s, to be given by %(moment)s")
    return [
        words % {"body": each.body.name, "about": each.about, "moment": zh_datetime(each.due_at)} for each in opinions
    ]


def _opinions(one: Application) -> list[Opinion]:
    return list(Opinion.objects.filter(application=one).select_related("body")) if one.accepted_at else []


def who_is_asked(event: Event) -> list[Recipient]:
    """Return the people in the posts of the bodies that an event asks for their opinions."""
    return [each for body in event.data["bodies"] for each in holders_in(int(body))]


def who_leads(event: Event) -> list[Recipient]:
    """Return the people in the posts of the body that decides on the application that an event is about."""
    found = Application.objects.filter(pk=event.subject.rpartition(":")[2]).values_list("decider", "handler").first()
    return holders_in(found[0] or found[1]) if found else []
