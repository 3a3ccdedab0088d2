"""The calendar becomes an app of its own: its tables go over with every row; `calendar` 0001 takes them in."""

import pgtrigger.migrations
from django.db import migrations

MODELS = ("CalendarDay", "Announcement", "OfficeHours", "Calendar")


class Migration(migrations.Migration):

    dependencies = [("deadlines", "0003_office_hours_have_a_notice")]

    operations = [
        # Its name is made from the app's.
        pgtrigger.migrations.RemoveTrigger(model_name="announcement", name="append_only"),
        migrations.RunSQL("DROP FUNCTION pgtrigger_append_only_905e4()", migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable(model, f"calendar_{model.lower()}") for model in MODELS],
            state_operations=[migrations.DeleteModel(model) for model in MODELS],
        ),
    ]
