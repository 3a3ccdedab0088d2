"""What was written is kept apart where it holds personal numbers; how and when a need was said, and whether it is kept private."""

import linli.ground.core.crypto
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0010_call_backs'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='came_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='when it was said'),
        ),
        migrations.AddField(
            model_name='case',
            name='is_private',
            field=models.BooleanField(default=False, verbose_name='not to be shown to others'),
        ),
        migrations.AddField(
            model_name='reporter',
            name='original',
            field=linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='what they wrote'),
        ),
        migrations.AddField(
            model_name='statement',
            name='original',
            field=linli.ground.core.crypto.EncryptedField(blank=True, default=''),
        ),
        migrations.AlterField(
            model_name='case',
            name='channel',
            field=models.CharField(choices=[('web', 'web'), ('desk', 'community desk'), ('phone', 'telephone'), ('letter', 'letter'), ('visit', 'home visit'), ('api', 'another system')], max_length=10, verbose_name='channel'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('came_at', None), ('came_at__lte', models.F('received_at')), _connector='OR'), name='case_said_before_received'),
        ),
    ]
