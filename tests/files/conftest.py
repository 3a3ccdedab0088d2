"""Things of the city that files can belong to, one for everybody and one for its owner, and a storage of its own."""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.ground.authority.actors import SYSTEM
from linli.ground.people.actions import open_account
from linli.ground.people.models import Person, Residence
from linli.ground.places.models import Place
from tests.factories.people import sign_in
from tests.factories.places import WUHAI, plant

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


@dataclass(frozen=True)
class Household:
    """Two residents of one community, each with an account and a browser; the register shows each their own entry only."""

    entry: Person
    owner: Client
    neighbour: Client


@pytest.fixture
def household(db: None) -> Household:
    """王秀兰, whose papers these are, and somebody next door."""
    here = plant([*WUHAI, ("150302005", "滨河街道", "town", ""), ("150302005001", "湖东社区", "community", "juweihui")])
    facts = {"place": here["150302005001"], "residence": Residence.REGISTERED, "by": SYSTEM}
    owner = open_account(phone="13904730001", name="王秀兰", **facts)
    neighbour = open_account(phone="13904730002", name="李明", **facts)
    assert owner.person is not None
    browsers = (sign_in(Client(), account, strong=False) for account in (owner, neighbour))
    return Household(owner.person, *browsers)


def picture(
    name: str = "楼道夜间.jpg", size: tuple[int, int] = (60, 40), form: str = "JPEG", mode: str = "RGB", **saved: object
) -> SimpleUploadedFile:
    """Return a small real picture: its left half red, its right half blue."""
    image = Image.new(mode, size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    body = io.BytesIO()
    image.save(body, form, **saved)
    return SimpleUploadedFile(name, body.getvalue())
