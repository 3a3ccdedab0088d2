"""The office hours as work: set from a day on, taken back while they have not begun; what runs on them is counted again."""

from copy import copy

from django.db import IntegrityError, transaction

from linli.commons.calendar import recounting
from linli.commons.calendar.models import OfficeHours
from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Conflict, Refused


@transaction.atomic
def set_hours(*, hours: OfficeHours, by: Actor) -> int:
    """Set office hours from a day on; return how many running deadlines moved. Raises Conflict where somebody just did the same."""
    try:
        with transaction.atomic():
            hours.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(hours) from error
    return _hours_changed(hours, "set_hours", by)


@transaction.atomic
def remove_hours(*, hours: OfficeHours, by: Actor) -> int:
    """Take back hours that have not begun; return how many running deadlines moved. Raises Refused once they hold or are gone."""
    if not hours.is_coming or not OfficeHours.objects.filter(pk=hours.pk).delete()[0]:
        raise Refused(hours, "remove_hours")
    return _hours_changed(hours, "remove_hours", by)


def moved_by(hours: OfficeHours) -> int:
    """Return how many running deadlines it would move to set these hours (a new row) or to remove them (a kept one); nothing changes."""
    with transaction.atomic():
        copy(hours).save(force_insert=True) if hours.pk is None else copy(hours).delete()
        count = recounting.count_moving(hours.place_path, hours.begins_on)
        transaction.set_rollback(True)
    return count


def _hours_changed(hours: OfficeHours, verb: str, by: Actor) -> int:
    data = {"begins_on": hours.begins_on, "hours": str(hours)}
    record(f"calendar.officehours.{verb}", hours, by=by, place_path=hours.place_path, data=data)
    return recounting.recount(hours.place_path, hours.begins_on, by=by)
