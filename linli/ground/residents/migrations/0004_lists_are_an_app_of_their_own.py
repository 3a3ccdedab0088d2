"""Lists from a spreadsheet become the app lists' own: the table goes over with every row; `lists` 0001 takes it in."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("residents", "0003_undone_marks")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("StagedList", "lists_stagedlist")],
            state_operations=[migrations.DeleteModel("StagedList")],
        ),
    ]
