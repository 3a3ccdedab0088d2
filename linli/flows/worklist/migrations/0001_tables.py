import django.db.models.deletion
import django_fsm
import linli.ground.core.clock
import linli.ground.core.codes
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('worklist', '0001_initial')]

    initial = True

    dependencies = [
        ('organisations', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('reference', models.CharField(default=linli.ground.core.codes.new_code, editable=False, max_length=8, unique=True)),
                ('owner', models.CharField(max_length=100)),
                ('post', models.CharField(max_length=100)),
                ('area', models.CharField(blank=True, max_length=20)),
                ('query', models.CharField(blank=True, max_length=500)),
                ('format', models.CharField(choices=[('xlsx', 'Excel workbook (.xlsx)'), ('csv', 'plain text (.csv)')], max_length=4, verbose_name='kind of file')),
                ('status', django_fsm.FSMField(choices=[('waiting', 'waiting its turn'), ('running', 'being written'), ('ready', 'ready to download'), ('failed', 'could not be written'), ('removed', 'removed')], default='waiting', max_length=20, protected=True, verbose_name='status')),
                ('asked_at', models.DateTimeField(default=linli.ground.core.clock.now, verbose_name='asked for')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='cases written')),
                ('total', models.PositiveIntegerField(null=True, verbose_name='cases in all')),
                ('stored_as', models.CharField(blank=True, max_length=60)),
                ('expires_at', models.DateTimeField(null=True, verbose_name='can be downloaded until')),
            ],
            options={
                'verbose_name': 'export',
                'indexes': [models.Index(fields=['owner', '-asked_at'], name='export_by_owner'), models.Index(condition=models.Q(('status', 'ready')), fields=['expires_at'], name='export_to_remove')],
                'constraints': [models.CheckConstraint(condition=models.Q(('format__in', ['xlsx', 'csv'])), name='export_format_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('expires_at__isnull', False), ('status', 'ready'), models.Q(('stored_as', ''), _negated=True)), models.Q(models.Q(('status', 'ready'), _negated=True), ('stored_as', '')), _connector='OR'), name='export_ready_has_its_file')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('reference', models.CharField(default=linli.ground.core.codes.new_code, editable=False, max_length=8, unique=True)),
                ('owner', models.CharField(editable=False, max_length=100)),
                ('name', models.CharField(max_length=20, verbose_name='name')),
                ('query', models.CharField(editable=False, max_length=500)),
                ('is_shared', models.BooleanField(default=False, verbose_name='shared with the posts of the body')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.body')),
            ],
            options={
                'verbose_name': 'saved filter',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('body', 'owner', 'name'), name='filter_name_once', violation_error_message='You have a filter of this name already.'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('query', ''), _negated=True)), name='filter_has_name_and_query')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
    ]
