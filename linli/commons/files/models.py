"""Uploaded files. The bytes lie in the storage under a random name; the row says what they are and what they belong to."""

from datetime import datetime
from typing import ClassVar, Final, Self

from django.core.files.storage import default_storage
from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core import registry
from linli.ground.core.codes import new_code

LABEL: Final = "files.file"


class Media(models.TextChoices):
    """What a file may be."""

    JPEG = "image/jpeg", _("JPEG picture")
    PNG = "image/png", _("PNG picture")
    WEBP = "image/webp", _("WebP picture")
    PDF = "application/pdf", _("PDF document")


class _KeyOf(models.Func):
    """The key in a reference `app.model:42`, as a number; null for a draft."""

    template = "NULLIF(split_part(%(expressions)s, ':', 2), '')"
    output_field = models.CharField()


class FileQuerySet(models.QuerySet["File"]):
    """How files are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the files of the things that the actor may see, by the rule of each thing's owner; drafts belong to nobody."""
        seen = models.Q(pk__in=[])
        for label, kind in registry.registered().items():
            if label == LABEL:
                continue
            owner = kind.visible_to(actor).filter(pk=models.OuterRef("about_key")).order_by()
            seen |= models.Q(models.Exists(owner), about__startswith=f"{label}:")
        return self.alias(about_key=Cast(_KeyOf("about"), models.BigIntegerField())).filter(seen)

    def about(self, reference: str) -> Self:
        """Return the files of one thing, in the order of their coming."""
        return self.filter(about=reference).order_by("pk")

    def drafts(self, keeper: str) -> Self:
        """Return the uploads that wait for one session."""
        return self.filter(about="", keeper=keeper)


class File(models.Model):
    """One picture or document that belongs to a thing of any app; or a draft, which waits for its session."""

    reference = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    about = models.CharField(max_length=100, blank=True)
    keeper = models.CharField(max_length=64, blank=True)
    name = models.CharField(_("name"), max_length=120)
    media = models.CharField(_("kind"), max_length=40, choices=Media.choices)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    stored_as = models.CharField(max_length=60, unique=True)
    thumbnail_as = models.CharField(max_length=60, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"))
    by = models.CharField(max_length=100, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        """Found by what it is about; drafts by their session. Pictures have a size and a thumbnail, documents have neither."""

        verbose_name = _("file")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(about="") ^ models.Q(keeper=""), name="file_belongs_to_a_thing_or_waits"
            ),
            models.CheckConstraint(condition=models.Q(media__in=Media.values), name="file_media"),
            models.CheckConstraint(
                condition=models.Q(media=Media.PDF, width=None, height=None, thumbnail_as="")
                | (
                    ~models.Q(media=Media.PDF)
                    & models.Q(width__isnull=False, width__gte=1, height__isnull=False, height__gte=1)
                    & ~models.Q(thumbnail_as="")
                ),
                name="pictures_have_a_size",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["about", "id"], name="file_by_matter", condition=~models.Q(about="")),
            models.Index(fields=["keeper", "uploaded_at"], name="file_drafts", condition=models.Q(about="")),
        ]

    def __str__(self) -> str:
        """Name the file as it was uploaded."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return where it is served to those who may see it."""
        return reverse("files:show", args=[self.reference])

    @property
    def thumbnail_url(self) -> str:
        """Return where its small picture is served; empty for a document."""
        return reverse("files:show_thumbnail", args=[self.reference]) if self.thumbnail_as else ""

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as a picture."""
        return bool(self.thumbnail_as)

    @classmethod
    def expired(cls, before: datetime) -> FileQuerySet:
        """Return the drafts that were uploaded before a moment."""
        return cls.objects.filter(about="", uploaded_at__lt=before)

    def erase_bytes(self) -> None:
        """Remove what is stored; the row goes first, so that nothing points to missing bytes."""
        for name in filter(None, (self.stored_as, self.thumbnail_as)):
            default_storage.delete(name)
