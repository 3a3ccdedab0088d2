"""Whoever looks into an overdue act sees it overdue since the act's own date; its own term tells when the next body above hears of it."""

from django.db import migrations, models

SHARED = """
UPDATE deadlines_todo AS above SET escalates_at = above.due_at, due_at = owed.due_at, clock_id = owed.clock_id
FROM deadlines_todo AS owed
WHERE above.verb = owed.verb || '.overdue' AND above.about = owed.about
AND above.done_at IS NULL AND owed.done_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ('deadlines', '0004_the_calendar_is_an_app_of_its_own'),
    ]

    operations = [
        migrations.AddField(
            model_name='todo',
            name='escalates_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='escalates'),
        ),
        migrations.RunSQL(SHARED, migrations.RunSQL.noop),
    ]
