"""Files made of what a filter shows, by the worker beside the web."""

from datetime import timedelta
from functools import partial
from typing import ClassVar, Final, Self

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.codes import new_code
from linli.ground.core.lifecycle import Stateful, status_field, step

from .filters import LONGEST

FOLDER: Final = "exports"


class Format(models.TextChoices):
    """What kind of file."""

    XLSX = "xlsx", _("Excel workbook (.xlsx)")
    CSV = "csv", _("plain text (.csv)")


class ExportStatus(models.TextChoices):
    """Where an export stands."""

    WAITING = "waiting", _("waiting its turn")
    RUNNING = "running", _("being written")
    READY = "ready", _("ready to download")
    FAILED = "failed", _("could not be written")
    REMOVED = "removed", _("removed")


class ExportQuerySet(models.QuerySet["Export"]):
    """How exports are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return what the actor themselves asked for in the post in which they act now."""
        return self.filter(owner=actor.ref, post=actor.post_ref) if actor.post else self.none()

    def old(self) -> Self:
        """Return those whose file may go."""
        return self.filter(status=ExportStatus.READY, expires_at__lt=clock.now())


class Export(Stateful):
    """One file of cases (导出): of which filter, asked for by whom, how far it is, until when it can be fetched. Names nobody."""

    reference = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    owner = models.CharField(max_length=100)
    post = models.CharField(max_length=100)
    area = models.CharField(max_length=20, blank=True)
    """The place of the post, for the log."""
    query = models.CharField(max_length=LONGEST, blank=True)
    format = models.CharField(_("kind of file"), max_length=4, choices=Format.choices)
    status = status_field(ExportStatus, ExportStatus.WAITING)
    asked_at = models.DateTimeField(_("asked for"), default=clock.now)
    rows = models.PositiveIntegerField(_("cases written"), default=0)
    total = models.PositiveIntegerField(_("cases in all"), null=True)
    stored_as = models.CharField(max_length=60, blank=True)
    expires_at = models.DateTimeField(_("can be downloaded until"), null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        """A file that is ready has a name in the storage and a time until which it can be fetched."""

        verbose_name = _("export")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(format__in=Format.values), name="export_format_is_known"),
            models.CheckConstraint(
                condition=Q(status=ExportStatus.READY, expires_at__isnull=False) & ~Q(stored_as="")
                | ~Q(status=ExportStatus.READY) & Q(stored_as=""),
                name="export_ready_has_its_file",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "-asked_at"], name="export_by_owner"),
            models.Index(fields=["expires_at"], name="export_to_remove", condition=Q(status="ready")),
        ]

    @property
    def place_path(self) -> str:
        """The place of the post that asked."""
        return self.area

    @property
    def file_name(self) -> str:
        """Under which name it is saved by whoever fetches it."""
        day = f"{timezone.localtime(self.asked_at):%Y-%m-%d-%H%M}"
        return _("cases-%(day)s.%(format)s") % {"day": day, "format": self.format}

    @property
    def is_under_way(self) -> bool:
        """Whether it may yet become ready."""
        return self.status in {ExportStatus.WAITING, ExportStatus.RUNNING}

    @step(source=[ExportStatus.WAITING, ExportStatus.RUNNING], target=ExportStatus.RUNNING)
    def begin(self, *, total: int, by: Actor) -> None:  # noqa: ARG002 (the log takes `by`)
        """Start writing; again after the worker was ended in the middle of it."""
        self.total, self.rows = total, 0

    @step(source=[ExportStatus.RUNNING], target=ExportStatus.READY)
    def finish(self, *, rows: int, stored_as: str, days: int, by: Actor) -> None:  # noqa: ARG002
        """It is written: it can be fetched for so many days."""
        self.rows, self.total, self.stored_as = rows, rows, stored_as
        self.expires_at = clock.now() + timedelta(days=days)

    @step(source=[ExportStatus.WAITING, ExportStatus.RUNNING], target=ExportStatus.FAILED)
    def fail(self, *, by: Actor) -> None:
        """It cannot be written: the post has ended meanwhile, or the worker failed at it again and again."""

    @step(source=[ExportStatus.READY], target=ExportStatus.REMOVED)
    def remove(self, *, by: Actor) -> None:  # noqa: ARG002
        """Its time is over: the file goes."""
        transaction.on_commit(partial(default_storage.delete, self.stored_as))
        self.stored_as = ""
