"""The periods of the overview: whole months, the last twelve where nothing else is asked."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock

YEAR = 12


class PeriodCode(TextChoices):
    """What one may look at."""

    TWELVE = "twelve", _("the last 12 months")
    MONTH = "month", _("this month")
    QUARTER = "quarter", _("this quarter")
    YEAR = "year", _("this year")
    LAST = "last", _("last year")


@dataclass(frozen=True)
class Period:
    """Months of receipt: the first day of the first, the last day of the last."""

    code: PeriodCode
    first: date
    last: date

    @property
    def months(self) -> list[date]:
        """The first day of each month."""
        found, month = [], self.first
        while month <= self.last:
            found.append(month)
            month = _later(month, 1)
        return found

    @property
    def begins_at(self) -> datetime:
        """When it begins in the city."""
        return midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return midnight(self.last + timedelta(1))


def period_of(asked: str) -> Period:
    """Return the period of a code; of no code the last twelve months, this one included."""
    code = PeriodCode(asked) if asked in PeriodCode.values else PeriodCode.TWELVE
    month = clock.today().replace(day=1)
    first, months = {
        PeriodCode.TWELVE: (_later(month, 1 - YEAR), YEAR),
        PeriodCode.MONTH: (month, 1),
        PeriodCode.QUARTER: (_later(month, -((month.month - 1) % 3)), (month.month - 1) % 3 + 1),
        PeriodCode.YEAR: (month.replace(month=1), month.month),
        PeriodCode.LAST: (date(month.year - 1, 1, 1), YEAR),
    }[code]
    return Period(code, first, _later(first, months) - timedelta(1))


def month_after(month: date) -> date:
    """Return the first day of the next month."""
    return _later(month, 1)


def _later(month: date, months: int) -> date:
    """Return the first day of a month some months later, or earlier."""
    years, rest = divmod(month.month - 1 + months, YEAR)
    return date(month.year + years, rest + 1, 1)


def midnight(day: date) -> datetime:
    """Return when a day begins in the city."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())
