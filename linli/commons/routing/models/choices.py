"""What is chosen from: urgencies, hours of the day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Urgency(models.TextChoices):
    """How soon a category has to be handled; the rulebook says how long each is (保定市接诉即办工作条例 2022, as defaults)."""

    CRITICAL = "critical", _("critical")
    URGENT = "urgent", _("urgent")
    PRIORITY = "priority", _("priority")
    NORMAL = "normal", _("normal")
    ENQUIRY = "enquiry", _("enquiry")

    @property
    def rule(self) -> str:
        """The key of the rule that gives the time limit."""
        return f"cases.limit.{self.value}"


class Hours(models.TextChoices):
    """When a need comes in, as a route distinguishes it."""

    ANY = "any", _("at any time")
    OFFICE = "office", _("while offices are open")
    CLOSED = "closed", _("while offices are closed")
