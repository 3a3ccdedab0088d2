"""The bare field and the old reason go; every case has a category."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_the_whole_life'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='case',
            name='field',
        ),
        migrations.RemoveField(
            model_name='case',
            name='lead_reason',
        ),
        migrations.AlterField(
            model_name='case',
            name='category',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='routing.category', verbose_name='category of needs'),
        ),
        migrations.AlterField(
            model_name='case',
            name='lead_by',
            field=models.CharField(choices=[('route', 'by a route'), ('nearest', 'the nearest body'), ('ruling', 'by a ruling')], max_length=10, verbose_name='why this lead'),
        ),
    ]
