"""Nobody is told the same twice: of webhooks that are the same, the oldest goes on."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('webhooks', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE webhooks_subscription AS late SET status = 'ended', ended_at = now()
            FROM webhooks_subscription AS first
            WHERE late.status <> 'ended' AND first.status <> 'ended' AND first.id < late.id
              AND (first.place_path, first.url, first.verbs) = (late.place_path, late.url, late.verbs)
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'ended'), _negated=True), fields=('place_path', 'url', 'verbs'), name='subscription_once'),
        ),
    ]
