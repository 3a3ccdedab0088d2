"""Declared figures become the app figures' own: the table goes over with every row; `figures` 0001 takes it in."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("people", "0002_way_in")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("DeclaredFigure", "figures_declaredfigure")],
            state_operations=[migrations.DeleteModel("DeclaredFigure")],
        ),
    ]
