"""Office hours name the notice they stand in; the nation begins with the customary hours, a custom and not law."""

from datetime import date, time

from django.db import migrations, models


def seed(apps, schema_editor):
    """Write the hours on which every city has counted so far."""
    apps.get_model("deadlines", "OfficeHours").objects.get_or_create(
        place_path="",
        begins_on=date(2015, 1, 1),
        defaults={"opens": time(8, 30), "break_begins": time(12), "break_ends": time(14, 30), "closes": time(18)},
    )


class Migration(migrations.Migration):

    dependencies = [("deadlines", "0002_national_calendar")]

    operations = [
        migrations.AddField(
            "officehours",
            "notice",
            models.CharField(blank=True, default="", max_length=200, verbose_name="Notice"),
            preserve_default=False,
        ),
        migrations.AlterField(
            "officehours",
            "place_path",
            models.CharField(blank=True, db_collation="C", max_length=20, verbose_name="For which place"),
        ),
        migrations.AlterField("officehours", "begins_on", models.DateField(verbose_name="From which day")),
        migrations.AlterField("officehours", "opens", models.TimeField(verbose_name="Opens")),
        migrations.AlterField("officehours", "break_begins", models.TimeField(verbose_name="Lunch break begins")),
        migrations.AlterField("officehours", "break_ends", models.TimeField(verbose_name="Lunch break ends")),
        migrations.AlterField("officehours", "closes", models.TimeField(verbose_name="Closes")),
        migrations.AlterConstraint(
            "officehours",
            "one_set_of_hours_a_day",
            models.UniqueConstraint(
                fields=("place_path", "begins_on"),
                name="one_set_of_hours_a_day",
                violation_error_message="Hours from this day are set already; remove them first.",
            ),
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
