"""The words of a case, apart from it: they never change while its status does, so that a step touches no index of words."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.flows.cases.models import Case
from linli.ground.textsearch.models import gram_index


class CaseWords(models.Model):
    """By which characters, pairs and words one case is found (`textsearch`): its reference, text, where, place and sub-district."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="words")
    grams = models.TextField()

    class Meta:
        verbose_name = _("words of a case")
        indexes: ClassVar = [gram_index("grams", "case_by_grams")]
