"""What a department decides, what a program brings, and when an application has ended."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="decider",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.body",
                verbose_name="decides",
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="channel",
            field=models.CharField(
                choices=[("web", "web"), ("desk", "community desk"), ("api", "another system")],
                max_length=10,
                verbose_name="channel",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("delivered_at", "withdrawn_at"),
                condition=models.Q(("status__in", ("delivered", "withdrawn"))),
                name="application_by_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("decider", None), ("accepted_at__isnull", False), _connector="OR"),
                name="only_accepted_is_forwarded",
            ),
        ),
    ]
