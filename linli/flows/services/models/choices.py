"""What is chosen from on an application."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationChannel(models.TextChoices):
    """How an application came in; all channels are one count."""

    WEB = "web", _("web")
    DESK = "desk", _("community desk")
    API = "api", _("another system")


class ApplicationStatus(models.TextChoices):
    """Where an application stands."""

    RECEIVED = "received", pgettext_lazy("application", "waiting to be accepted")
    RETURNED = "returned", pgettext_lazy("application", "waiting for papers")
    ACCEPTED = "accepted", pgettext_lazy("application", "under way")
    DECIDED = "decided", pgettext_lazy("application", "decided, result not handed out")
    DELIVERED = "delivered", pgettext_lazy("application", "finished")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "withdrawn")


class Outcome(models.IntegerChoices):
    """What was decided."""

    GRANTED = 1, _("granted")
    REFUSED = 0, _("refused")


class Satisfied(models.TextChoices):
    """Is the applicant satisfied?"""

    YES = "yes", _("satisfied")
    FAIRLY = "fairly", _("fairly satisfied")
    NO = "no", _("not satisfied")
