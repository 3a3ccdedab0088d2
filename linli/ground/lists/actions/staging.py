"""Loading a list of residents: kept for a look, taken over whole or not at all. Loading the same list twice changes nothing."""

import base64
import hashlib
from collections.abc import Callable
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record
from linli.ground.lists.models import StagedList
from linli.ground.people.actions import correct_person, enter_people

from .reading import Reading, read_list

_BATCH: Final = 500
Progress = Callable[[int, int], None]


@transaction.atomic
def stage_list(content: bytes, *, area: str, by: Actor) -> tuple[StagedList | None, Reading]:
    """Keep a faultless list for confirmation and return it with what it would do; raises ValidationError for no list."""
    reading = read_list(content, area=area)
    if reading.faults:
        return None, reading
    staged = StagedList.objects.create(
        area=area,
        content=base64.b64encode(content).decode(),
        digest=_digest(reading),
        new=len(reading.new),
        changed=len(reading.changed),
        unchanged=reading.unchanged,
    )
    record(
        "lists.stagedlist.stage",
        staged,
        by=by,
        place_path=area,
        data={"new": staged.new, "changed": staged.changed},
    )
    return staged, reading


def _digest(reading: Reading) -> str:
    """Return a fingerprint of what the list would do."""
    facts = [
        (line.number, line.person and (line.person.pk, line.person.version), line.fields) for line in reading.lines
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


@transaction.atomic
def apply_list(staged: StagedList, *, by: Actor, progress: Progress = lambda _done, _all: None) -> Reading:
    """Take over what was previewed, whole; raises ValidationError where the register has changed since, Refused where it is decided."""
    reading = read_list(base64.b64decode(staged.content), area=staged.area)
    if reading.faults or _digest(reading) != staged.digest:
        raise ValidationError(
            gettext("The register has changed since this preview. Please load the list again."), code="stale"
        )
    staged.apply(by=by)
    new = reading.new
    changed = [(line.person, line.entry) for line in reading.changed if line.person is not None]
    total = len(new) + len(changed)
    for start in range(0, len(new), _BATCH):
        enter_people([line.entry for line in new[start : start + _BATCH]], by=by)
        progress(min(start + _BATCH, len(new)), total)
    for done, (person, entry) in enumerate(changed, start=len(new) + 1):
        correct_person(person, entry, by=by)
        progress(done, total)
    return reading
