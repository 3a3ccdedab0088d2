"""The consent ledger."""

from typing import ClassVar, Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.ground.core.models import APPEND_ONLY

ACCOUNT: Final = "account"
REGISTER: Final = "residents-register"
PURPOSES: dict[str, Promise] = {ACCOUNT: _("your account"), REGISTER: _("the residents' register")}
"""How each purpose reads; other apps add theirs in `ready()`."""


class Consent(models.Model):
    """One line of the consent ledger: given or withdrawn, for one purpose, to one version of the notice (PIPL art. 14–17). Append-only.

    The newest line of a purpose holds; withdrawing is as easy as giving and works for the future only.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=50)
    notice = models.CharField(_("version of the notice"), max_length=50)
    given = models.BooleanField(_("consent given"))
    at = models.DateTimeField(_("recorded at"))

    class Meta:
        """Written once, never changed."""

        verbose_name = _("consent")
        triggers: ClassVar = [APPEND_ONLY]
        indexes: ClassVar = [models.Index(fields=["person", "purpose", "id"], name="consent_newest")]

    def __str__(self) -> str:
        """Say what for."""
        return f"{self.purpose} {'+' if self.given else '-'}"

    @property
    def title(self) -> str:
        """What the consent is for, in words."""
        return str(PURPOSES.get(self.purpose, self.purpose))
