import django.db.models.deletion
import linli.ground.core.clock
import linli.ground.core.codes
import linli.ground.core.crypto
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('doubles', '0001_initial')]

    initial = True

    dependencies = [
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Apart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found_at', models.DateTimeField(default=linli.ground.core.clock.now, editable=False)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'two people',
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='two_people_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='two_people_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=linli.ground.core.codes.new_code, editable=False, max_length=8, unique=True)),
                ('reason', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='reason')),
                ('before', linli.ground.core.crypto.EncryptedField(blank=True, editable=False)),
                ('merged_at', models.DateTimeField(default=linli.ground.core.clock.now, editable=False, verbose_name='merged on')),
                ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='undone on')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='entry that stays')),
                ('lost', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='entry that ended')),
            ],
            options={
                'verbose_name': 'merge of two entries',
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('lost',), name='an_entry_is_merged_once', violation_error_message='This entry has been merged already.'), models.CheckConstraint(condition=models.Q(('lost', models.F('kept')), _negated=True), name='a_merge_takes_two_entries'), models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), ('before', ''), _connector='OR'), name='an_undone_merge_keeps_nothing')],
            },
        ),
    ]
