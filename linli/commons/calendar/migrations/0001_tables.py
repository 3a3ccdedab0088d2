import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('calendar', '0001_the_calendar_is_an_app_of_its_own')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Calendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place_path', models.CharField(blank=True, db_collation='C', max_length=20, unique=True, verbose_name='place')),
            ],
            options={
                'verbose_name': 'calendar',
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('kind', models.CharField(choices=[('workday', 'working day'), ('weekend', 'weekend'), ('holiday', 'public holiday'), ('swapped_workday', 'swapped working day'), ('local_holiday', 'local holiday')], max_length=20, verbose_name='kind')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('provisional', models.BooleanField(default=False, verbose_name='swapped days not yet announced')),
                ('is_own', models.BooleanField(default=False, verbose_name='announced here')),
                ('number', models.PositiveIntegerField(default=0, verbose_name='running working day')),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='calendar.calendar')),
            ],
            options={
                'verbose_name': 'calendar day',
                'indexes': [models.Index(fields=['calendar', 'number', 'day'], name='day_by_number')],
                'constraints': [models.UniqueConstraint(fields=('calendar', 'day'), name='one_entry_per_day', violation_error_message='This day is already in the calendar.'), models.CheckConstraint(condition=models.Q(('kind__in', ['workday', 'weekend', 'holiday', 'swapped_workday', 'local_holiday'])), name='calendarday_kind')],
            },
        ),
        migrations.CreateModel(
            name='OfficeHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place_path', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='For which place')),
                ('begins_on', models.DateField(verbose_name='From which day')),
                ('opens', models.TimeField(verbose_name='Opens')),
                ('break_begins', models.TimeField(verbose_name='Lunch break begins')),
                ('break_ends', models.TimeField(verbose_name='Lunch break ends')),
                ('closes', models.TimeField(verbose_name='Closes')),
                ('notice', models.CharField(blank=True, max_length=200, verbose_name='Notice')),
            ],
            options={
                'verbose_name': 'office hours',
                'verbose_name_plural': 'office hours',
                'constraints': [models.UniqueConstraint(fields=('place_path', 'begins_on'), name='one_set_of_hours_a_day', violation_error_message='Hours from this day are set already; remove them first.'), models.CheckConstraint(condition=models.Q(('opens__lt', models.F('break_begins')), ('break_begins__lte', models.F('break_ends')), ('break_ends__lt', models.F('closes'))), name='hours_in_order', violation_error_message='The hours must follow one another through the day.')],
            },
        ),
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('before', models.CharField(choices=[('workday', 'working day'), ('weekend', 'weekend'), ('holiday', 'public holiday'), ('swapped_workday', 'swapped working day'), ('local_holiday', 'local holiday')], max_length=20, verbose_name='before')),
                ('kind', models.CharField(choices=[('workday', 'working day'), ('weekend', 'weekend'), ('holiday', 'public holiday'), ('swapped_workday', 'swapped working day'), ('local_holiday', 'local holiday')], max_length=20, verbose_name='kind')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('at', models.DateTimeField(verbose_name='announced')),
                ('by', models.CharField(max_length=100)),
                ('post', models.CharField(blank=True, max_length=100)),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='announcements', to='calendar.calendar')),
            ],
            options={
                'verbose_name': 'announcement',
                'indexes': [models.Index(fields=['calendar', 'day'], name='announcement_by_day')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='announcement',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b1c5a39309b331c3f0cbd6698e8b21b3f7a10423', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_37771', table='calendar_announcement', when='BEFORE')),
        ),
    ]
