"""What is chosen from on a case: channels, statuses, grounds of a refusal, and the resident's judgement."""

from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST: Final = 2000
"""Characters of what is typed about a case: the need, an answer, any word."""


class Channel(models.TextChoices):
    """How the need came in; all channels are one count."""

    WEB = "web", _("web")
    DESK = "desk", _("community desk")
    PHONE = "phone", _("telephone")
    LETTER = "letter", _("letter")
    VISIT = "visit", _("home visit")
    API = "api", _("another system")


TAKEN_DOWN: Final = (Channel.DESK, Channel.PHONE, Channel.LETTER, Channel.VISIT)
"""The ways by which staff take a need down."""


class Status(models.TextChoices):
    """Where a case stands."""

    RECEIVED = "received", _("waiting to be accepted")
    RETURNED = "returned", _("sent back, waiting for a ruling")
    ACCEPTED = "accepted", _("under way")
    SUSPENDED = "suspended", _("suspended")
    ANSWERED = "answered", pgettext_lazy("case", "answered")
    CLOSED = "closed", pgettext_lazy("case", "closed")
    REFUSED = "refused", _("not taken on")
    MERGED = "merged", _("part of another case about the same matter")


LIVE: Final = (Status.RECEIVED, Status.RETURNED, Status.ACCEPTED, Status.SUSPENDED)
"""The lead has still to answer these."""
OPEN: Final = (*LIVE, Status.ANSWERED)
"""Somebody has still to act on these."""
ENDED: Final = (Status.CLOSED, Status.REFUSED, Status.MERGED)
"""Nobody has to act on these any more."""


class LeadBy(models.TextChoices):
    """By what a case has its lead."""

    ROUTE = "route", _("by a route")
    NEAREST = "nearest", _("the nearest body")
    RULING = "ruling", _("by a ruling")


class Word(models.TextChoices):
    """What kind of word is said on a case; notes are for those who work on it alone."""

    ANSWER = "answer", _("answer")
    CLOSING = "closing", _("closing word")
    REOPENING = "reopening", _("reason for reopening")
    URGING = "urging", _("word to the lead")
    RETURN = "return", _("reason for sending it back")
    RULING = "ruling", _("ruling")
    EXTENSION = "extension", _("reason for taking longer")
    SUSPENSION = "suspension", _("reason for suspending it")
    RESUMPTION = "resumption", _("why it goes on")
    REFUSAL = "refusal", _("why it is not taken on, in words")
    UPDATE = "update", _("progress")
    NOTE = "note", _("internal note")
    WHISTLE = "whistle", _("why a higher body is needed")
    REPORT_IN = "report_in", _("what the higher body reports")
    HAND_OVER = "hand_over", _("ruling on the lead")


ONCE_A_ROUND: Final = (Word.ANSWER, Word.CLOSING, Word.REOPENING, Word.REFUSAL)


class Ground(models.TextChoices):
    """Why a need is not taken on: another lawful channel is there for it (北京市接诉即办工作条例 art. 11)."""

    EMERGENCY = "emergency", _("an emergency: call the emergency services")
    COURT = "court", _("it is before a court or an arbitrator")
    PETITION = "petition", _("it belongs to the petition channel")
    SECRET = "secret", _("it concerns state or commercial secrets or somebody's privacy")
    REPEATED = "repeated", _("it was answered before and nothing new is said")
    MARKET = "market", _("it is between private parties alone")
    UNLAWFUL = "unlawful", _("it asks for something against law or public order")


CHANNELS: Final[dict[str, Promise]] = {
    Ground.EMERGENCY: _("Call 110 (police), 119 (fire), 120 (ambulance) or 122 (traffic accidents) at once."),
    Ground.COURT: _("Please go on with it before the court or the arbitrator; legal aid: call 12348."),
    Ground.PETITION: _(
        "Please bring it to the petition office (信访局) of your district, or online at the national petition platform."
    ),
    Ground.SECRET: _("Please bring it in person to the office in charge; it must not be written here."),
    Ground.REPEATED: _(
        "The answer that you have received stands. If there is something new, please say what it is and report it again."
    ),
    Ground.MARKET: _("The mediation committee of your community helps for nothing; legal aid: call 12348."),
    Ground.UNLAWFUL: _("It cannot be handled. If you think that this is wrong, call 12345."),
}


class Way(models.TextChoices):
    """How the resident's judgement of the work came in; all ways are one count."""

    SELF = "self", _("of their own accord")
    PHONE = "phone", pgettext_lazy("call-back", "by telephone")
    DESK = "desk", pgettext_lazy("call-back", "at the desk")


class Missed(models.TextChoices):
    """Why a call did not reach the resident."""

    NO_ANSWER = "no_answer", _("nobody answered")
    OFF = "off", _("switched off or out of service")
    WRONG = "wrong", _("wrong number")
    REFUSED = "refused", _("does not wish to be asked")
    NO_PHONE = "no_phone", _("left no phone")


class Solved(models.TextChoices):
    """Is the matter solved, in the resident's eyes?"""

    YES = "yes", _("solved")
    PARTLY = "partly", _("partly solved")
    NO = "no", _("not solved")


class Satisfied(models.TextChoices):
    """Is the resident satisfied?"""

    YES = "yes", _("satisfied")
    FAIRLY = "fairly", _("fairly satisfied")
    NO = "no", _("not satisfied")


class Contacted(models.IntegerChoices):
    """Did somebody contact the resident in time?"""

    YES = 1, _("yes, somebody did")
    NO = 0, _("no, nobody did")
