"""What is chosen from in the catalogue of services."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    """What an item is in administrative law; the letters stand in its code."""

    LICENCE = "XK", _("administrative licence")
    CONFIRMATION = "QR", _("administrative confirmation")
    PAYMENT = "JF", _("administrative payment")
    REWARD = "JL", _("administrative reward")
    SERVICE = "GG", _("public service")
    OTHER = "QT", _("other administrative power")


class Mode(models.TextChoices):
    """How an item is handled."""

    IMMEDIATE = "immediate", _("done on the spot")
    PROMISED = "promised", _("done within a promised time")
    JOINT = "joint", _("done jointly by several departments")
    FORWARDED = "forwarded", _("forwarded to the competent body")
    AGENCY = "agency", _("done by the community on behalf")


class MaterialSource(models.TextChoices):
    """Where a material comes from."""

    OWN = "own", _("applicant's own")
    ISSUED = "issued", _("issued by an authority")
    DESK = "desk", _("filled in at the desk")
