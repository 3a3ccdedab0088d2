from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deadlines', '0001_tables'),
        ('organisations', '0002_stands_still'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='todo',
            name='todo_by_place',
        ),
        migrations.AddIndex(
            model_name='todo',
            index=models.Index(condition=models.Q(('done_at__isnull', True)), fields=['place_path', 'due_at'], include=('verb', 'is_waiting'), name='todo_by_place'),
        ),
    ]
