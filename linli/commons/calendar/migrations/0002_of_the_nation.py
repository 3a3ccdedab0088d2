"""Every city begins with the nation's calendar as it is published (2015 on), and with the customary office hours, a custom and not law."""

from datetime import date, time

from django.db import migrations

from linli.commons.calendar.actions.published import FIRST_YEAR, published_days

LAST_YEAR = 2028
HOURS = {"opens": time(8, 30), "break_begins": time(12), "break_ends": time(14, 30), "closes": time(18)}


def seed(apps, schema_editor):
    """Write every day with its running number of working days."""
    model = apps.get_model
    if model("calendar", "Calendar").objects.exists():  # a city whose tables were made before these migrations were written anew
        return
    nation = model("calendar", "Calendar").objects.create(place_path="")
    number, rows = 0, []
    for one in published_days(FIRST_YEAR, LAST_YEAR):
        number += one.kind in {"workday", "swapped_workday"}
        row = {"day": one.day, "kind": one.kind, "name": one.name, "provisional": one.provisional, "number": number}
        rows.append(model("calendar", "CalendarDay")(calendar=nation, **row))
    model("calendar", "CalendarDay").objects.bulk_create(rows, batch_size=1000)
    model("calendar", "OfficeHours").objects.create(place_path="", begins_on=date(2015, 1, 1), **HOURS)


class Migration(migrations.Migration):

    dependencies = [("calendar", "0001_tables")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
