import django.db.models.deletion
import linli.ground.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('callbacks', '0001_initial')]

    initial = True

    dependencies = [
        ('cases', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='round')),
                ('reason', models.CharField(choices=[('unreached', 'the resident could not be reached'), ('outside', "outside the lead's competence"), ('unlawful', 'the demand is unlawful'), ('repeated', 'repeated with ill will'), ('withdrawn', 'the resident took it back'), ('other', 'another reason that is written down')], max_length=10, verbose_name='reason')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='grounds')),
                ('at', models.DateTimeField(default=linli.ground.core.clock.now, verbose_name='left out')),
                ('post', models.CharField(blank=True, max_length=100)),
                ('included_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
                ('included_post', models.CharField(blank=True, max_length=100)),
                ('included_text', models.CharField(blank=True, max_length=500, verbose_name='why taken back')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'verbose_name': 'exclusion',
                'constraints': [models.UniqueConstraint(condition=models.Q(('included_at', None)), fields=('case', 'round'), name='exclusion_once_at_a_time'), models.CheckConstraint(condition=models.Q(('reason__in', ['unreached', 'outside', 'unlawful', 'repeated', 'withdrawn', 'other'])), name='exclusion_reason_is_known'), models.CheckConstraint(condition=models.Q(('reason', 'unreached'), models.Q(('text', ''), _negated=True), _connector='OR'), name='exclusion_has_its_grounds'), models.CheckConstraint(condition=models.Q(models.Q(('included_at', None), ('included_post', ''), ('included_text', '')), ('included_at__isnull', False), _connector='OR'), name='exclusion_taken_back_has_its_time')],
            },
        ),
    ]
