import django.db.models.deletion
import linli.ground.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('escalations', '0001_initial')]

    initial = True

    dependencies = [
        ('cases', '0001_tables'),
        ('organisations', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('waiting', 'has not reported in yet'), ('takes_part', 'takes part'), ('offers', 'offers to lead; the dispatcher rules on it'), ('leads', 'has taken the lead over'), ('declines', 'has said why not'), ('ended', 'the matter ended before')], default='waiting', max_length=10, verbose_name='status')),
                ('whistled_at', models.DateTimeField(default=linli.ground.core.clock.now)),
                ('whistled_by', models.CharField(blank=True, max_length=100)),
                ('reported_at', models.DateTimeField(blank=True, null=True)),
                ('reported_by', models.CharField(blank=True, max_length=100)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.body', verbose_name='higher body')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='cases.case')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.body', verbose_name='lead')),
            ],
            options={
                'verbose_name': 'escalation',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ('waiting', 'offers'))), fields=('case', 'body'), name='escalation_once_at_a_time'), models.UniqueConstraint(condition=models.Q(('status', 'offers')), fields=('case',), name='escalation_one_offer_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('reported_at', None), ('status', 'waiting')), ('status', 'ended'), models.Q(('reported_at__isnull', False), ('status__in', ['takes_part', 'offers', 'leads', 'declines'])), _connector='OR'), name='escalation_status_has_its_time'), models.CheckConstraint(condition=models.Q(('body', models.F('lead')), _negated=True), name='escalation_to_another_body')],
            },
        ),
    ]
