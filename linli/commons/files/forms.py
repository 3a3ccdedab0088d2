"""The field that takes pictures: several at once, each with its own error, and none lost when the form is sent back."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Final, cast

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import VISITOR, Actor, actor_of

from . import actions
from .models import File

SALT: Final = "files.draft"
SESSION_KEY: Final = "uploads"
LASTS: Final = timedelta(7)
KEPT: Final = "-kept"
READ_UP_TO: Final = 32 * 2**20
TOO_LONG: Final = "linli.uploads_too_long"
ACCEPT: Final = "image/jpeg,image/png,image/webp,application/pdf"


class BoundedUploadHandler(FileUploadHandler):
    """Stops storing an upload that is far beyond the limit, so that nobody fills the disk; the field then names it."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a chunk on, or skip the rest of the file and remember its name."""
        if start + len(raw_data) > READ_UP_TO:
            request = cast("HttpRequest", self.request)
            request.META.setdefault(TOO_LONG, []).append(self.file_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that store."""


@dataclass(frozen=True)
class Chosen:
    """What a person sent: new uploads, and the tokens of drafts kept from before."""

    uploads: "list[UploadedFile[bytes]]"
    kept: list[str]


class PicturesWidget(forms.FileInput):
    """A file input for several files, with those kept from before below it, each with a box to leave it out."""

    allow_multiple_selected = True
    template_name = "files/pictures.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Chosen:
        """Return what was sent."""
        uploads = files.getlist(name) if isinstance(files, MultiValueDict) else list(filter(None, [files.get(name)]))
        kept = data.getlist(name + KEPT) if hasattr(data, "getlist") else list(data.get(name + KEPT, []))
        return Chosen(uploads, kept)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Say whether neither was sent."""
        return name not in files and name + KEPT not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the files kept from before."""
        context = super().get_context(name, None, attrs)
        context["kept"] = value or []
        context["kept_name"] = name + KEPT
        return context


@dataclass(frozen=True)
class Kept:
    """A draft as the form shows it again: its name, its size in bytes, and the signed token that brings it back."""

    name: str
    size: int
    token: str


class PicturesField(forms.Field):
    """Pictures and PDFs of a form. Good ones are kept as drafts at once, so that an incomplete form loses none of them.

    Call `bind(request)` in the form's `__init__`; after validation `actions.keep(files=cleaned, about=thing)` makes them the thing's.
    """

    widget = PicturesWidget(attrs={"accept": ACCEPT, "multiple": True})
    default_error_messages: ClassVar[dict[str, Any]] = {"required": _("Please choose at least one picture.")}

    def __init__(self, *, max_count: int = actions.MOST, **kwargs: Any) -> None:
        """Take at most `max_count` files."""
        super().__init__(**kwargs)
        self.max_count = max_count
        self.keeper = ""
        self.actor: Actor = VISITOR
        self.too_long: Sequence[str] = ()
        self.files: list[File] = []

    def bind(self, request: HttpRequest) -> None:
        """Tie the field to the session of a request: its drafts can be brought back by nobody else."""
        secret = request.session.setdefault(SESSION_KEY, secrets.token_urlsafe(24))
        self.keeper = hashlib.sha256(secret.encode()).hexdigest()
        self.actor = actor_of(request)
        self.too_long = request.META.get(TOO_LONG, ())

    def clean(self, value: Any) -> list[File]:
        """Return all drafts of the form; raises ValidationError with one sentence per file that cannot be taken."""
        chosen = cast("Chosen", value)
        errors = [self._too_long(name) for name in self.too_long]
        self.files, lost = self._brought_back(chosen.kept)
        if lost:
            errors.append(
                ValidationError(_t("Files chosen before have expired: please choose them again."), code="expired")
            )
        for upload in chosen.uploads:
            if len(self.files) >= self.max_count:
                text = _t("At most %(most)s files: please leave some out.")
                errors.append(ValidationError(text, code="count", params={"most": self.max_count}))
                break
            try:
                self.files.append(actions.draft(upload=upload, keeper=self.keeper, by=self.actor))
            except ValidationError as error:
                errors.append(error)
        if self.required and not self.files and not errors:
            errors.append(ValidationError(self.error_messages["required"], code="required"))
        if errors:
            raise ValidationError(errors)
        return self.files

    def bound_data(self, data: Any, initial: Any) -> list[Kept]:  # noqa: ARG002 (Django's words)
        """Return what the form shows again: the files that are kept."""
        return [Kept(file.name, file.size, self._token(file)) for file in self.files]

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ARG002
        """Say whether anything was sent."""
        return bool(data and (data.uploads or data.kept))

    def _brought_back(self, tokens: Sequence[str]) -> tuple[list[File], bool]:
        """Return the drafts of this session that the tokens name, and whether one is missing."""
        references = []
        for token in tokens[: self.max_count]:
            try:
                reference, keeper = signing.loads(token, salt=SALT, max_age=LASTS)
            except (signing.BadSignature, ValueError):
                continue
            if keeper == self.keeper:
                references.append(reference)
        found = list(File.objects.drafts(self.keeper).filter(reference__in=references).order_by("pk"))
        return found, len(found) < len(set(tokens))

    def _token(self, file: File) -> str:
        return signing.dumps([file.reference, self.keeper], salt=SALT)

    @staticmethod
    def _too_long(name: str) -> ValidationError:
        most = actions.MAX_BYTES // 2**20
        text = _t("“%(name)s” has more than %(most)s MB: please choose another or take it again.")
        return ValidationError(text, code="upload", params={"name": name, "most": most})
