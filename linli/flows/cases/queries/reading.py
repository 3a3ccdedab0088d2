"""Reading cases: who leads, until when one may reopen, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from django.db.models import QuerySet, TextField, Value
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.commons.calendar.models import DayMark, Days, Unit
from linli.commons.calendar.models.wording import quantity
from linli.commons.calendar.queries import due
from linli.commons.deadlines.models import Clock, Todo
from linli.commons.deadlines.queries import Left, left, left_on
from linli.commons.files.models import File
from linli.commons.files.queries import files_of
from linli.commons.notices.templates import Recipient
from linli.flows.cases.models import Case, CaseQuerySet, Reporter, Statement, Status
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body
from linli.ground.organisations.queries import lead_for
from linli.ground.people.models import Person
from linli.ground.people.queries import account_of_contact
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place
from linli.ground.residents.personal_data import printed_as
from linli.ground.rulebook.models import RuleVersion
from linli.ground.rulebook.queries import rule, rules

from .keeping import CASE_YEARS, kept_until

REASONS: dict[str, Promise] = {  # by the kind of the body that the routing found: why it leads
    "workstation": _("It happened here, and the workstation is this community's one-stop service."),
    "residents_committee": _("This community has no workstation, so its residents' committee takes it first."),
    "villagers_committee": _("This village has no workstation, so its villagers' committee takes it first."),
    "subdistrict_office": _("This place has no body of its own, so the sub-district office above it leads."),
    "town_government": _("This place has no body of its own, so the town government above it leads."),
    "district_government": _("This place has neither a body nor an office of its own, so the district leads."),
    "city_government": _("No body nearer to the place was found, so the city leads."),
}
EVENTS: dict[str, tuple[Promise, str, str]] = {  # what the public timeline says of each event: words, icon, state
    "receive": (_("Need received"), "message-report", ""),
    "accept": (_("Accepted"), "check", ""),
    "answer": (_("Answered"), "message", ""),
    "close": (_("Closed"), "circle-check", "is-done"),
    "rate": (_("Rated by the resident"), "star", ""),
    "reopen": (_("Reopened: not solved yet"), "refresh", "is-act"),
}
ANSWER = "cases.answer"
"""The name of the clock that runs until the answer."""
BY_LEAD = {"accept", "answer", "close"}
REOPENING = ("cases.reopen.days", "cases.reopen.max")
SAID = {"answer": Statement.Kind.ANSWER, "close": Statement.Kind.CLOSING, "reopen": Statement.Kind.REOPENING}


@dataclass(frozen=True)
class Lead:
    """The body that leads a case, and the rule by which it does."""

    body: Body
    reason: str


@dataclass(frozen=True)
class Happening:
    """One entry of a case's timeline."""

    at: datetime
    words: Promise
    icon: str
    state: str
    text: str
    who: str
    """The body that did it, or the channel by which the need came; empty for what the resident did."""


@dataclass(frozen=True)
class Window:
    """The time in which the resident may say "not solved", and whether it is open."""

    until: datetime
    is_open: bool


class Facts(TypedDict):
    """What the page of a case shows beside the case itself."""

    clock: Clock
    days: list[DayMark]
    deadline: Left
    lead_reason: Promise
    pictures: QuerySet[File]
    reopen_until: datetime | None
    kept_until: date | None
    accept_until: datetime | None
    timeline: list[Happening]
    allowed: set[str]


class NoLead(Exception):
    """No body stands at or above the place: the city is not set up."""


def lead_of(place: Place) -> Lead:
    """Find the body that leads a need at this place; raises NoLead."""
    body = lead_for(place.path)
    if body is None:
        raise NoLead(place.path)
    return Lead(body, body.kind.code)


def clock_of(case: Case) -> Clock:
    """Return the clock of the case's present round."""
    return Clock.objects.filter(about=ref(case)).latest("pk")


def window_of(case: Case, days: Days | None = None, known: Mapping[str, RuleVersion] | None = None) -> Window | None:
    """Return until when, and whether still, the resident may say "not solved"; None while there is no answer.

    After the last reopening the body above takes over. `days` (the calendar) and `known` (the rules) where they are read already.
    """
    if case.answered_at is None:
        return None
    known = known or rules(*REOPENING, place_path=case.place.path)
    limit, most = (known[key] for key in REOPENING)
    until = due(case.answered_at, limit.number, limit.unit, case.place.path, days=days).due_at
    return Window(until, is_open=clock.now() <= until and case.round <= most.number)


def steps_of(case: Case) -> set[str]:
    """Return the steps that the case's status and time allow now, whoever takes them."""
    is_rated = case.ratings.filter(round=case.round).exists() if case.answered_at else False
    return steps_at(case, window_of(case), is_rated=is_rated)


def steps_at(case: Case, window: Window | None, *, is_rated: bool) -> set[str]:
    """Return the steps that are allowed where the window for reopening and whether the round is rated are known."""
    steps = {Status.RECEIVED: {"accept"}, Status.ACCEPTED: {"answer"}, Status.ANSWERED: {"close"}}.get(
        case.status, set()
    )
    if case.answered_at and not is_rated:
        steps |= {"rate"}
    if window and window.is_open:
        steps |= {"reopen"}
    return steps


def promise(place_path: str = "") -> str:
    """Return the limit in words that is promised in a place, for those about to report."""
    limit = rule("cases.limit.normal", place_path=place_path)
    return quantity(limit.number, Unit(limit.unit))


def facts_of(case: Case, *, asked: bool) -> Facts:
    """Return what the page of a case shows beside the case itself: until when to reopen for who `asked`, to accept for the others."""
    running = clock_of(case)
    happened, is_rated = _history(case)
    known = rules(*REOPENING, CASE_YEARS, place_path=case.place.path) if asked and case.answered_at else None
    window = window_of(case, running.stretch, known) if asked else None
    return {
        "clock": running,
        "days": running.days(),
        "deadline": countdown(running),
        "lead_reason": REASONS[case.lead_reason],
        "pictures": files_of(case),
        "reopen_until": window.until if window else None,
        "kept_until": kept_until(case, known[CASE_YEARS]) if known else None,
        "accept_until": None if asked else accept_until(case),
        "timeline": happened,
        "allowed": steps_at(case, window, is_rated=is_rated),
    }


def accept_until(case: Case) -> datetime | None:
    """Return until when the lead has to take the case on; None once it has."""
    if case.status != Status.RECEIVED:
        return None
    return Todo.objects.open().filter(about=ref(case), verb="cases.accept").values_list("due_at", flat=True).first()


def countdown(running: Clock) -> Left:
    """Say in words how the time limit stands: how long is left, or how many working days before or after it the answer came."""
    if running.stopped_at is None:
        return left_on(running)
    due_on, answered_on = localdate(running.due_at), localdate(running.stopped_at)
    days = running.stretch.number(due_on) - running.stretch.number(max(answered_on, running.stretch.first))
    if running.is_late:
        words = ngettext("answered %(n)s working day late", "answered %(n)s working days late", -days)
        return Left(words % {"n": -days} if days else str(_("answered after the time limit")), "late")
    words = ngettext("answered %(n)s working day early", "answered %(n)s working days early", days)
    return Left(words % {"n": days} if days else str(_("answered within the time limit")), "done")


def looked(case: Case, by: Actor, *, since: datetime) -> bool:
    """Say whether somebody has already looked at who reported the case since a moment."""
    return Event.objects.filter(verb="cases.case.unmask", subject=ref(case), actor=by.ref, at__gte=since).exists()


def _history(case: Case) -> tuple[list[Happening], bool]:
    """Return what happened to the case, oldest first, with the words said at each turn; and whether this round is rated."""
    none = Value("", output_field=TextField())
    said = case.statements.values_list("round", "kind", "text", "at")
    ratings = case.ratings.values_list("round", Value("rating"), none, "at")
    events = Event.objects.filter(subject=ref(case)).values_list("pk", "verb", none, "at")
    words: dict[str, list[str]] = {}
    is_rated = False
    happenings = []
    rows = said.union(ratings, events, all=True)
    for number, kind, text, at in sorted(rows, key=lambda row: ("." in row[1], row[0])):  # words first, then events
        verb = kind.rpartition(".")[2]
        if "." not in kind:
            words.setdefault(kind, []).append(text)
            is_rated |= kind == "rating" and number == case.round
        elif verb in EVENTS:
            spoken = words.get(SAID.get(verb, ""), [])
            label, icon, state = EVENTS[verb]
            who = case.lead.name if verb in BY_LEAD else str(case.get_channel_display()) if verb == "receive" else ""
            happenings.append(Happening(at, label, icon, state, spoken.pop(0) if spoken else "", who))
    return happenings, is_rated


def mine(actor: Actor) -> CaseQuerySet:
    """Return the cases that the actor brought themselves."""
    own = Case.objects.visible_to(actor)
    if actor.person is not None:
        return own.filter(reporter__person=actor.person) | own.filter(reporter__contact=actor.contact or "-")
    return own.filter(reporter__contact=actor.contact) if actor.contact else own.none()


def with_left(cases: Sequence[Case]) -> list[tuple[Case, Left | None]]:
    """Return the cases, each with how long is left for its answer; None once it is answered."""
    waiting = Clock.objects.filter(about__in=[ref(case) for case in cases], stopped_at=None, name=ANSWER)
    running = list(waiting)
    remaining = left(running)
    found = {one.about: remaining[one.pk] for one in running}
    return [(case, found.get(ref(case))) for case in cases]


@dataclass(frozen=True)
class Known:
    """What is known of a resident who has signed in, so that they need not type it again."""

    person: Person
    name: str
    phone: str
    """Empty unless it is the phone that they sign in with: any other one would need its code."""
    place: Place | None
    """The community where they live."""


def known_of(actor: Actor) -> Known | None:
    """Return what is known of whoever asks; None for visitors and for organisations without an entry in the register."""
    people = Person.objects.select_related("personal", "place__parent").filter(personal__isnull=False)
    found = people.filter(pk=actor.person).first() if actor.person is not None else None
    if found is None:
        return None
    known, place = found.personal, found.place
    phone = known.phone if actor.contact and known.phone_index == actor.contact else ""
    community = place.parent if place and place.level == Level.GRID else place
    return Known(found, known.name, phone, community)


def who_asked(event: Event) -> list[Recipient]:
    """Return the resident whose matter an event is about: by account where there is one, else by the proven phone."""
    reporter = Reporter.objects.filter(case_id=int(event.subject.partition(":")[2])).first()
    if reporter is None or not (reporter.contact or reporter.person_id):
        return []
    account = account_of_contact(reporter.contact)
    if account is not None:
        return [Recipient(account=account.pk)]
    return [Recipient(contact=reporter.contact, phone=reporter.phone)] if reporter.contact else []


def copy_for(person: Person) -> list[dict[str, str]]:
    """Return what a person reported, for their copy of everything kept about them."""
    return [
        {
            str(_("reference")): reporter.case.reference,
            str(_("received")): printed_as(reporter.case.received_at),
            str(_("what it is about")): reporter.case.text,
            str(_("name")): reporter.name,
            str(_("phone")): reporter.phone,
        }
        for reporter in Reporter.objects.behind(person).select_related("case").order_by("pk")
    ]
