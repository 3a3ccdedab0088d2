"""What is asked about a list: what it would do, as its preview shows it."""

from dataclasses import dataclass

from linli.ground.lists.actions import Line, Reading
from linli.ground.people import identity


@dataclass(frozen=True)
class PreviewRow:
    """One row of a list as the preview shows it."""

    number: int
    name: str
    phone: str
    place: str
    is_new: bool
    fields: list[str]


def preview_rows(reading: Reading, most: int) -> list[PreviewRow]:
    """Return the new and changed rows of a list, masked, at most so many; of changed ones which fields."""
    return [_preview(line) for line in [*reading.new, *reading.changed][:most]]


def _preview(line: Line) -> PreviewRow:
    entry = line.entry
    return PreviewRow(
        line.number + 1,
        identity.mask_name(entry.name),
        identity.mask_phone(entry.phone),
        entry.place.name if entry.place else "",
        line.person is None,
        line.fields,
    )
