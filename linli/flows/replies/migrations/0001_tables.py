import django.db.models.deletion
import django_fsm
import linli.ground.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('replies', '0001_initial')]

    initial = True

    dependencies = [
        ('organisations', '0001_tables'),
        ('routing', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('place_path', models.CharField(db_collation='C', max_length=20, verbose_name='place')),
                ('verb', models.CharField(choices=[('answer', 'answer'), ('inform', 'progress'), ('refuse', 'refusal'), ('extend', 'reason for taking longer')], max_length=10, verbose_name='step')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('text', models.TextField(max_length=2000, verbose_name='text')),
                ('status', django_fsm.FSMField(choices=[('active', 'in use'), ('ended', 'ended')], default='active', max_length=20, protected=True, verbose_name='status')),
                ('created_at', models.DateTimeField(default=linli.ground.core.clock.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.body', verbose_name='body')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='routing.category', verbose_name='category of needs')),
            ],
            options={
                'verbose_name': 'reply template',
                'constraints': [models.CheckConstraint(condition=models.Q(('verb__in', ['answer', 'inform', 'refuse', 'extend'])), name='reply_verb_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('status', 'active')), models.Q(('ended_at__isnull', False), ('status', 'ended')), _connector='OR'), name='reply_status_has_its_time'), models.UniqueConstraint(condition=models.Q(('status', 'active')), fields=('place_path', 'body', 'name'), name='reply_name_once', nulls_distinct=False, violation_error_message='There is a template of this name already.')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
    ]
