import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_tables'),
        ('organisations', '0002_stands_still'),
        ('places', '0002_stands_still'),
        ('routing', '0002_stands_still'),
    ]

    operations = [
        migrations.AlterField(
            model_name='case',
            name='lead',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.body', verbose_name='lead'),
        ),
        migrations.AlterField(
            model_name='case',
            name='place',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='place'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('status__in', ('received', 'returned', 'accepted', 'suspended', 'answered'))), fields=['-received_at', '-id'], name='case_open'),
        ),
    ]
