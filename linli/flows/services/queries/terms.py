"""The times of an application by rule: to accept, to decide, to hand out; and where to appeal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import BigIntegerField, QuerySet, Value
from django.db.models.functions import Cast, Replace
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.commons.calendar.models import Unit
from linli.commons.calendar.models.wording import quantity
from linli.commons.deadlines.models import Clock
from linli.commons.deadlines.models.clock import OPEN, ClockStatus
from linli.commons.guides.models import Mode
from linli.flows.services.models import Application, ApplicationStatus
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body
from linli.ground.organisations.queries import department_of
from linli.ground.rulebook.queries import rule, rules

ACCEPT, DECIDE, DELIVER = "services.accept", "services.decide", "services.deliver"
"""The acts that the handler owes; the first two are the names of their clocks too."""
GIVE_OPINION: Final = "services.give_opinion"
"""The act that a department owes which was asked for its opinion."""
HELD: Final[list[Callable[[Application], bool]]] = []
"""What holds a decision up: apps above add theirs in `ready()`."""
ACCEPT_DAYS, DECIDE_DAYS = "services.accept.days", "services.decide.days"
EXTEND_DAYS, DELIVER_DAYS = "services.extend.days", "services.deliver.days"
SPOT_DAYS: Final = "services.spot.days"
REVIEW_DAYS, LAWSUIT_MONTHS = "services.review.days", "services.lawsuit.months"
EXTENDED: Final = "art. 42"
"""What the clock says of an extension; why it was needed stands in the applicant's own row."""
LABEL: Final = "services.application:"


@dataclass(frozen=True)
class Limit:
    """How long the decision may take, and the version of the rule or of the item that says so."""

    amount: int
    unit: str
    rule_ref: str


def limit_of(one: Application) -> Limit:
    """Return the time for the decision: the law's, unless the item promised less; for what is done on the spot the city's own."""
    known = rules(DECIDE_DAYS, SPOT_DAYS, place_path=one.place_path)
    law, spot = known[DECIDE_DAYS], known[SPOT_DAYS]
    if one.promised_days == 0:
        return Limit(spot.number, spot.unit, spot.version_ref)
    if one.promised_days < law.number:
        return Limit(one.promised_days, law.unit, f"guides.item:{one.item_id}@{one.item_version}")
    return Limit(law.number, law.unit, law.version_ref)


def decider_of(one: Application) -> Body | None:
    """Return the department that decides on what is forwarded (报批) or handled jointly (联办), the nearest one; None: the handler."""
    is_passed_on = one.item.mode in {Mode.FORWARDED, Mode.JOINT}
    return department_of(one.item.department, one.place_path) if is_passed_on else None


def is_held(one: Application) -> bool:
    """Say whether somebody has to be heard before it may be decided."""
    return any(holds(one) for holds in HELD)


def in_words(key: str, place_path: str) -> str:
    """Return a term of the rulebook in words: 5 个工作日."""
    limit = rule(key, place_path=place_path)
    return quantity(limit.number, Unit(limit.unit))


def running(one: Application) -> QuerySet[Clock]:
    """Return the clocks of an application that are open."""
    return Clock.objects.filter(about=ref(one), status__in=OPEN)


def clock_of(one: Application) -> Clock:
    """Return the clock that was started last."""
    return Clock.objects.filter(about=ref(one)).latest("pk")


def to_deem_accepted() -> QuerySet[Application]:
    """Return the applications whose time to accept has run out unanswered, the longest first."""
    late = Clock.objects.filter(
        name=ACCEPT, status=ClockStatus.RUNNING, due_at__lt=clock.now(), about__startswith=LABEL
    )
    keys = late.annotate(key=Cast(Replace("about", Value(LABEL)), BigIntegerField())).values("key")
    waiting = Application.objects.filter(status=ApplicationStatus.RECEIVED, pk__in=keys)
    return waiting.select_related("item", "place", "handler").order_by("submitted_at", "pk")


def remedies(one: Application) -> str:
    """Return where to appeal and until when, by the law of today (行政复议法 art. 20, 行政诉讼法 art. 46)."""
    review, lawsuit = (rule(key, place_path=one.place_path) for key in (REVIEW_DAYS, LAWSUIT_MONTHS))
    with override(settings.LANGUAGE_CODE):
        text = _(
            "If you disagree: within %(days)s days from learning of this decision you may apply for administrative"
            " reconsideration, or within %(months)s months bring an action before the people's court."
        )
    return text % {"days": review.number, "months": lawsuit.number}
