"""Every city begins with the nation's calendar as it is published (2015 on); `manage load_calendar` refreshes it."""

from django.db import migrations

from linli.commons.calendar.actions.published import FIRST_YEAR, published_days

LAST_YEAR = 2028


def seed(apps, schema_editor):
    """Write every day with its running number of working days."""
    Calendar, CalendarDay = apps.get_model("deadlines", "Calendar"), apps.get_model("deadlines", "CalendarDay")
    nation = Calendar.objects.create(place_path="")
    number, rows = 0, []
    for one in published_days(FIRST_YEAR, LAST_YEAR):
        number += one.kind in {"workday", "swapped_workday"}
        row = CalendarDay(calendar=nation, day=one.day, kind=one.kind, name=one.name, provisional=one.provisional, number=number)
        rows.append(row)
    CalendarDay.objects.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [("deadlines", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
