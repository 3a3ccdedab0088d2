"""Tallies of the districts: each is the sum of those of its sub-districts."""

from django.db import migrations, models
from django.db.models import F, Sum
from django.db.models.functions import Left

DISTRICT, AREA = 6, 9


def add_up(apps, schema_editor):
    """Add up what was counted already, so that no page is empty until the night."""
    tally = apps.get_model("overview", "Tally")
    cell = {"above": Left("area", DISTRICT), "in_month": F("month"), "of": F("field"), "at": F("status")}
    parts = tally.objects.order_by().annotate(**cell).values_list(*cell)
    rows = parts.annotate(Sum("cases"), Sum("on_time"), Sum("late"))
    names = ("area", "month", "field", "status", "cases", "on_time", "late")
    tally.objects.bulk_create(tally(digits=DISTRICT, **dict(zip(names, row))) for row in list(rows))


def forget(apps, schema_editor):
    """Leave the sub-districts alone."""
    apps.get_model("overview", "Tally").objects.filter(digits=DISTRICT).delete()


class Migration(migrations.Migration):
    dependencies = [("overview", "0001_tables")]

    operations = [
        migrations.AddField("tally", "digits", models.PositiveSmallIntegerField(default=AREA), preserve_default=False),
        migrations.RemoveConstraint("tally", "tally_once"),
        migrations.AddConstraint(
            "tally",
            models.UniqueConstraint(fields=("digits", "area", "month", "field", "status"), name="tally_once"),
        ),
        migrations.AddConstraint(
            "tally",
            models.CheckConstraint(condition=models.Q(digits__in=(DISTRICT, AREA)), name="tally_of_a_kept_place"),
        ),
        migrations.RunPython(add_up, forget),
    ]
