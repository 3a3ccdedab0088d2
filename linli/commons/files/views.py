"""Serving files to those who may see what they belong to. Nothing that is served can run in the city's name."""

from typing import Final

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_GET

from linli.ground.authority.doors import guarded

from .models import File, Media
from .rules import may_show, may_show_thumbnail

SANDBOX: Final = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@require_GET
@guarded(may_show, thing=File)
def show(request: HttpRequest, file: File) -> FileResponse:  # noqa: ARG001
    """Serve a picture in place and a document as a download."""
    return _served(file.stored_as, file.media, file.name, download=not file.is_picture)


@require_GET
@guarded(may_show_thumbnail, thing=File)
def show_thumbnail(request: HttpRequest, file: File) -> FileResponse:  # noqa: ARG001
    """Serve the small picture."""
    return _served(file.thumbnail_as, Media.JPEG, "thumbnail.jpg", download=False)


def _served(stored_as: str, media: str, name: str, *, download: bool) -> FileResponse:
    try:
        body = default_storage.open(stored_as)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(body, as_attachment=download, filename=name, content_type=media)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    return response
