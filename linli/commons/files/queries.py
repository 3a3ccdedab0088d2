"""Which files a thing has."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from django.db.models import Model

from linli.ground.core.registry import ref
from linli.ground.database.prepared import Prepared

from .models import File

_ABOUT: Final = Prepared(File.objects.about, reference="a thing")


def files_of(about: Model | str) -> list[File]:
    """Return the files of one thing, oldest first; whoever asks has already been let to the thing."""
    return _ABOUT(reference=about if isinstance(about, str) else ref(about))


def files_of_many(things: Iterable[Model]) -> dict[str, list[File]]:
    """Return the files of many things by reference, in one query."""
    found: dict[str, list[File]] = defaultdict(list)
    for file in File.objects.filter(about__in=[ref(thing) for thing in things]).order_by("pk"):
        found[file.about].append(file)
    return found
