import django.db.models.deletion
import django_fsm
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('deadlines', '0001_initial'), ('deadlines', '0002_national_calendar'), ('deadlines', '0003_office_hours_have_a_notice'), ('deadlines', '0004_the_calendar_is_an_app_of_its_own'), ('deadlines', '0005_overdue_since_the_same_moment')]

    initial = True

    dependencies = [
        ('organisations', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('about', models.CharField(max_length=100)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('amount', models.PositiveSmallIntegerField(verbose_name='amount')),
                ('extended', models.PositiveSmallIntegerField(default=0, verbose_name='extended by')),
                ('unit', models.CharField(choices=[('clock_hour', 'hours'), ('working_hour', 'working hours'), ('working_day', 'working days'), ('calendar_day', 'calendar days'), ('month', 'months')], max_length=20, verbose_name='unit')),
                ('place_path', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='place')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('paused_at', models.DateTimeField(blank=True, null=True, verbose_name='paused')),
                ('stopped_at', models.DateTimeField(blank=True, null=True, verbose_name='stopped')),
                ('rule_ref', models.CharField(blank=True, max_length=100)),
                ('status', django_fsm.FSMField(choices=[('running', 'running'), ('paused', 'paused'), ('stopped', 'stopped')], default='running', max_length=20, protected=True, verbose_name='status')),
            ],
            options={
                'verbose_name': 'clock',
                'indexes': [models.Index(fields=['about'], name='clock_by_matter'), models.Index(condition=models.Q(('status__in', ('running', 'paused'))), fields=['due_at'], name='open_clock_by_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ('running', 'paused'))), fields=('about', 'name'), name='one_open_clock_per_name', violation_error_message='This clock is already running.'), models.CheckConstraint(condition=models.Q(('amount__gte', 1)), name='clock_amount'), models.CheckConstraint(condition=models.Q(('unit__in', ['clock_hour', 'working_hour', 'working_day', 'calendar_day', 'month'])), name='clock_unit'), models.CheckConstraint(condition=models.Q(('status__in', ['running', 'paused', 'stopped'])), name='clock_status'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'stopped'), ('stopped_at__isnull', False)), models.Q(models.Q(('status', 'stopped'), _negated=True), ('stopped_at__isnull', True)), _connector='OR'), name='stopped_has_its_time'), models.CheckConstraint(condition=models.Q(models.Q(('paused_at__isnull', False), ('status', 'paused')), models.Q(models.Q(('status', 'paused'), _negated=True), ('paused_at__isnull', True)), _connector='OR'), name='paused_has_its_time'), models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('started_at'))), name='due_after_start')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Todo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('about', models.CharField(max_length=100)),
                ('verb', models.CharField(max_length=100)),
                ('title', models.CharField(max_length=200, verbose_name='what is to be done')),
                ('place_path', models.CharField(blank=True, db_collation='C', max_length=20)),
                ('opened_at', models.DateTimeField(verbose_name='owed since')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('is_waiting', models.BooleanField(default=False, verbose_name='standing')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='reminded')),
                ('escalates_at', models.DateTimeField(blank=True, null=True, verbose_name='escalates')),
                ('escalated_at', models.DateTimeField(blank=True, null=True, verbose_name='escalated')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='todos', to='organisations.body')),
                ('clock', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='todos', to='deadlines.clock')),
            ],
            options={
                'verbose_name': 'to-do',
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['body', 'is_waiting', 'due_at', 'id'], name='todo_desk'), models.Index(condition=models.Q(('done_at__isnull', False)), fields=['body', 'done_at'], name='todo_done'), models.Index(condition=models.Q(('done_at__isnull', True)), fields=['place_path', 'due_at'], name='todo_by_place'), models.Index(condition=models.Q(('done_at__isnull', True), ('escalated_at__isnull', True), ('is_waiting', False)), fields=['due_at'], name='todo_to_escalate'), models.Index(condition=models.Q(('done_at__isnull', True), ('is_waiting', False), ('reminded_at__isnull', True)), fields=['due_at'], name='todo_to_remind')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('done_at__isnull', True)), fields=('about', 'verb', 'body'), name='one_open_todo', violation_error_message='This body has this to-do already.'), models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('done_at__gte', models.F('opened_at')), _connector='OR'), name='done_after_opened')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='ClockMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('start', 'started'), ('pause', 'paused'), ('resume', 'went on'), ('extend', 'extended'), ('stop', 'stopped'), ('recompute', 'counted again')], max_length=20, verbose_name='kind')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('amount', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='amount')),
                ('by', models.CharField(blank=True, max_length=100)),
                ('post', models.CharField(blank=True, max_length=100)),
                ('due_before', models.DateTimeField(blank=True, null=True, verbose_name='due before')),
                ('due_after', models.DateTimeField(verbose_name='due after')),
                ('clock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='deadlines.clock')),
            ],
            options={
                'verbose_name': 'move of a clock',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['start', 'pause', 'resume', 'extend', 'stop', 'recompute'])), name='clockmove_kind'), models.CheckConstraint(condition=models.Q(models.Q(('amount__gte', 1), ('amount__isnull', False), ('kind', 'extend')), models.Q(models.Q(('kind', 'extend'), _negated=True), ('amount__isnull', True)), _connector='OR'), name='only_extensions_have_an_amount')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clockmove',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b97bb22bcd6b59f97a1dc23ac8367c605bff699d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_038f1', table='deadlines_clockmove', when='BEFORE')),
        ),
    ]
