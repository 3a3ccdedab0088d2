"""A body of the city that files can belong to, a registry that shows it to some, and a storage of its own."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from PIL import Image

from linli.ground.authority.actors import Actor
from linli.ground.core import registry
from linli.ground.places.models import Place

OWNER = "people.account:1"


@pytest.fixture(autouse=True)
def own_storage(tmp_path: Path, settings: object) -> Path:
    """Let each test write into a folder of its own."""
    folder = tmp_path / "uploads"
    settings.STORAGES = settings.STORAGES | {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": None},
        }
    }
    return folder


@pytest.fixture
def place(db: None) -> Place:
    """A thing of the city."""
    return Place.objects.create(path="15", name="内蒙古自治区", level="province", begun_on=date(2020, 1, 1))


@pytest.fixture
def private_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only the owner see places, as a case's files are seen only by those who see the case."""

    def seen(actor: Actor) -> QuerySet[Place]:
        return Place.objects.all() if actor.ref == OWNER else Place.objects.none()

    kind = registry.Kind(title=str, url=lambda _place: "/", visible_to=seen)
    monkeypatch.setattr(registry, "_kinds", {"places.place": kind, "files.file": registry.registered()["files.file"]})


def picture(
    name: str = "楼道夜间.jpg", size: tuple[int, int] = (60, 40), form: str = "JPEG", mode: str = "RGB", **saved: object
) -> SimpleUploadedFile:
    """Return a small real picture: its left half red, its right half blue."""
    image = Image.new(mode, size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    body = io.BytesIO()
    image.save(body, form, **saved)
    return SimpleUploadedFile(name, body.getvalue())
