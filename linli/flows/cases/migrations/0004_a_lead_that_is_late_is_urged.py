"""A lead that is late is urged as often as needed; what else is said is said once a round."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cases", "0003_closed_cases_by_their_end")]

    operations = [
        migrations.AlterModelOptions(name="rating", options={"ordering": ["round"], "verbose_name": "rating"}),
        migrations.RemoveConstraint(model_name="statement", name="statement_once_a_round"),
        migrations.AlterField(
            model_name="statement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("answer", "answer"),
                    ("closing", "closing word"),
                    ("reopening", "reason for reopening"),
                    ("urging", "word to the lead"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "urging"), _negated=True),
                fields=("case", "round", "kind"),
                name="statement_once_a_round",
            ),
        ),
    ]
