"""The fields of service, by which needs and services are sorted (2006 年调查的七个服务领域)."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


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


SEVEN: Final = [
    (one.value, one.label) for one in ServiceField if one not in {ServiceField.SURROUNDINGS, ServiceField.UNSURE}
]
"""The seven of the survey with their names: of these are the items that can be applied for."""
