"""What is chosen from on a case: fields of service, channels, statuses, and the resident's judgement."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ServiceField(models.TextChoices):
    """The seven fields of service that the survey of 2006 names, the residents' surroundings, and "not sure"."""

    RELIEF = "relief", _("social relief")
    EMPLOYMENT = "employment", _("employment")
    SECURITY = "security", _("social security")
    HEALTH = "health", _("health and family planning")
    CULTURE = "culture", _("culture, sport and education")
    SAFETY = "safety", _("community safety")
    MIGRANTS = "migrants", _("migrant residents")
    SURROUNDINGS = "surroundings", _("surroundings and facilities")
    UNSURE = "unsure", _("not sure")


class Channel(models.TextChoices):
    """How the need came in; all channels are one count."""

    WEB = "web", _("web")
    DESK = "desk", _("community desk")
    API = "api", _("another system")


class Status(models.TextChoices):
    """Where a case stands."""

    RECEIVED = "received", _("waiting to be accepted")
    ACCEPTED = "accepted", _("under way")
    ANSWERED = "answered", pgettext_lazy("case", "answered")
    CLOSED = "closed", pgettext_lazy("case", "closed")


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
