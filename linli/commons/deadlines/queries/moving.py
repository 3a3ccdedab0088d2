"""Which clocks a change of the calendar moves."""

from datetime import date

from django.utils.timezone import localdate

from linli.commons.calendar.models import Days
from linli.commons.deadlines.models import Clock
from linli.commons.deadlines.models.clock import OPEN


def clocks_moving(place_path: str, first: date, last: date) -> list[Clock]:
    """Return the open clocks of a place whose date is another since the days from `first` to `last` have changed.

    The calendar of each place is read once, however many clocks run there.
    """
    touched = Clock.objects.filter(status__in=OPEN, place_path__startswith=place_path, due_at__date__gte=first)
    stretches: dict[str, Days] = {}
    found = []
    for one in touched.filter(started_at__date__lte=last).prefetch_related("moves").order_by("started_at", "pk"):
        if one.place_path not in stretches:
            stretches[one.place_path] = Days(one.place_path, localdate(one.started_at))
        if one.reckon(stretches[one.place_path]).due_at != one.due_at:
            found.append(one)
    return found
