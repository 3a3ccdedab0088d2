"""The catalogue of kinds goes to an app of its own: its table is renamed, no row is touched."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_category'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(database_operations=[
            migrations.AlterModelTable('bodykind', 'kinds_bodykind'),
        ]),
    ]
