import django.db.models.deletion
import linli.ground.core.clock
import linli.ground.core.crypto
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('supports', '0001_initial'), ('supports', '0002_the_ways_of_a_call')]

    initial = True

    dependencies = [
        ('cases', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='cases.case')),
                ('origin', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'verbose_name': 'matter of cases',
                'constraints': [models.UniqueConstraint(fields=('key', 'number'), name='matter_held_once')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='part', serialize=False, to='cases.case')),
                ('linked_at', models.DateTimeField(default=linli.ground.core.clock.now)),
                ('whole', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='cases.case')),
            ],
            options={
                'verbose_name': 'part of a case',
                'constraints': [models.CheckConstraint(condition=models.Q(('case', models.F('whole')), _negated=True), name='part_is_not_its_own_whole')],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_reporter', models.BooleanField(default=False)),
                ('contact', models.CharField(blank=True, db_index=True, max_length=64)),
                ('name', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='name')),
                ('phone', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='phone')),
                ('text', linli.ground.core.crypto.EncryptedField(blank=True, max_length=2000, verbose_name='what they say')),
                ('channel', models.CharField(choices=[('web', 'web'), ('desk', 'community desk'), ('phone', 'telephone'), ('letter', 'letter'), ('visit', 'home visit'), ('api', 'another system')], max_length=10, verbose_name='channel')),
                ('sent_as', models.UUIDField(editable=False, null=True, unique=True)),
                ('at', models.DateTimeField(default=linli.ground.core.clock.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='cases.case')),
                ('origin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'support',
                'constraints': [models.UniqueConstraint(condition=models.Q(('contact', ''), _negated=True), fields=('case', 'contact'), name='support_once_a_phone'), models.UniqueConstraint(fields=('case', 'person'), name='support_once_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('contact', ''), ('phone', '')), models.Q(models.Q(('phone', ''), _negated=True), models.Q(('contact', ''), _negated=True)), _connector='OR'), name='support_phone_has_its_index'), models.CheckConstraint(condition=models.Q(('is_reporter', False), models.Q(('case', models.F('origin')), _negated=True), _connector='OR'), name='support_of_a_reporter_is_elsewhere')],
            },
        ),
    ]
