"""The index by which the night finds the cases whose time of keeping is over."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cases", "0002_sent_once")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("status", "closed")), fields=["closed_at"], name="case_by_end"),
        ),
    ]
