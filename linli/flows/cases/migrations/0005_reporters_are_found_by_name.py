"""Who brought a case is found by name, through a keyed hash as by phone; the names that are kept get theirs."""

from django.db import migrations, models

from linli.ground.people.identity import name_index

BATCH = 1000


def index_names(apps, schema_editor):
    reporters = apps.get_model("cases", "Reporter").objects
    rows = []
    for one in reporters.exclude(name="").only("pk", "name").iterator(BATCH):
        one.name_index = name_index(one.name)
        rows.append(one)
    reporters.bulk_update(rows, ["name_index"], batch_size=BATCH)


class Migration(migrations.Migration):

    dependencies = [("cases", "0004_a_lead_that_is_late_is_urged"), ("people", "0005_moved_back")]

    operations = [
        migrations.AddField(
            model_name="reporter",
            name="name_index",
            field=models.CharField(blank=True, db_index=True, editable=False, max_length=64),
        ),
        migrations.AddConstraint(
            model_name="reporter",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), ("name_index", ""), _connector="OR"),
                name="reporter_name_index_goes_with_the_name",
            ),
        ),
        migrations.RunPython(index_names, migrations.RunPython.noop),
    ]
