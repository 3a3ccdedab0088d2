"""What belongs to an application: who applied, the papers, the one notice of gaps, what was said, how it was judged."""

from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core.crypto import EncryptedField
from linli.ground.people import identity
from linli.ground.people.models import Person, PersonalData

from .applications import Application
from .choices import Satisfied

NOBODY: Final[dict[str, str | None]] = {"person": None, "name": "", "phone": "", "contact": ""}
"""What an applicant's row says once nobody may be known by it."""


class ApplicantQuerySet(models.QuerySet["Applicant"]):
    """How applicants are found."""

    def behind(self, person: Person) -> Self:
        """Return who applied as this person: signed in, or by a phone of theirs where no other person is known for it."""
        phones = {*person.accounts.values_list("contact", flat=True)}
        phones |= {*PersonalData.objects.filter(person=person).values_list("phone_index", flat=True)}
        return self.filter(Q(person=person) | Q(person=None, contact__in=phones - {"", None}))


class Applicant(models.Model):
    """Who applied: personal data, apart from the application, so that it can be erased and the matter stays.

    Basis: handling what the person asked for (个人信息保护法 art. 13 (3), statutory duty).
    """

    application = models.OneToOneField(Application, models.PROTECT, primary_key=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.CharField(max_length=64, blank=True, db_index=True)
    name = EncryptedField(_("name"), blank=True)
    phone = EncryptedField(_("phone"), blank=True)

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        verbose_name = _("applicant")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(phone="", contact="") | (~Q(phone="") & ~Q(contact="")),
                name="applicant_phone_has_its_index",
            )
        ]

    def forget(self, *names: str) -> None:
        """Let go of what is known of them: of all of it, or of the columns named."""
        Applicant.objects.filter(pk=self.pk).update(**{name: NOBODY[name] for name in names or NOBODY})

    @property
    def masked_name(self) -> str:
        """王某某."""
        return identity.mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        """139****0001, or empty for somebody without a phone."""
        return identity.mask_phone(self.phone) if self.phone else ""


class PaperQuerySet(models.QuerySet["Paper"]):
    """How papers are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the papers of the applications that the actor may see."""
        return self.filter(application__in=Application.objects.visible_to(actor).select_related(None).values("pk"))


class Paper(models.Model):
    """One material of an application, as the item asked for it then: handed in or brought by sharing, and what is missing of it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("material"), max_length=100)
    waived_why = models.CharField(max_length=100, blank=True)
    is_given = models.BooleanField(_("handed in"), default=False)
    gap = models.CharField(_("what is missing"), max_length=200, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        """In the order of the guide."""

        verbose_name = _("paper of an application")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "position"], name="paper_in_its_place"),
            models.CheckConstraint(condition=Q(waived_why="") | Q(gap=""), name="what_is_waived_cannot_be_missing"),
        ]

    def __str__(self) -> str:
        """Name it."""
        return self.name


class Notice(models.Model):
    """The one notice of all gaps (一次性告知): a second one for the same application is refused by the database."""

    application = models.OneToOneField(Application, models.PROTECT, primary_key=True)
    text = models.TextField(_("what else is missing"), max_length=1000, blank=True)
    at = models.DateTimeField()
    post = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("notice of gaps")


class Statement(models.Model):
    """What was said at a step: with the completed papers, for more time, at the withdrawal. Free text stays out of the log."""

    class Kind(models.TextChoices):
        """At which step."""

        COMPLETE = "complete", _("with the completed papers")
        EXTEND = "extend", _("why more time is needed")
        WITHDRAW = "withdraw", _("why it is withdrawn")

    application = models.ForeignKey(Application, models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(max_length=1000)
    at = models.DateTimeField()
    post = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("statement on an application")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "kind"], name="application_statement_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["complete", "extend", "withdraw"]), name="application_statement_kind"
            ),
        ]


class Rating(models.Model):
    """The applicant's own judgement, once."""

    application = models.OneToOneField(Application, models.PROTECT, primary_key=True)
    satisfied = models.CharField(_("satisfied"), max_length=10, choices=Satisfied.choices)
    remark = models.TextField(_("remark"), max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("rating of an application")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(satisfied__in=Satisfied.values), name="application_rating_is_known")
        ]
