import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('core', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=100)),
                ('subject', models.CharField(max_length=100)),
                ('place_path', models.CharField(blank=True, max_length=20)),
                ('actor', models.CharField(blank=True, max_length=100)),
                ('post', models.CharField(blank=True, max_length=100)),
                ('at', models.DateTimeField()),
                ('data', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
            ],
            options={
                'verbose_name': 'event',
                'indexes': [models.Index(fields=['subject', 'id'], name='event_by_subject'), models.Index(condition=models.Q(('actor', ''), _negated=True), fields=['actor', 'id'], name='event_by_actor')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e10987bc9a49a1926c7e6570fb01934fa665dda6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_56466', table='core_event', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='await_place_in_feed', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO core_pending (event_id) SELECT id FROM fresh; RETURN NULL;', hash='14f90d94adc317df13a32c8e34389dd0d163db43', level='STATEMENT', operation='INSERT', pgid='pgtrigger_await_place_in_feed_b5eb8', referencing='REFERENCING NEW TABLE AS fresh ', table='core_event', when='AFTER')),
        ),
        migrations.CreateModel(
            name='FeedEntry',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='entry', to='core.event')),
            ],
            options={
                'verbose_name': 'feed entry',
                'constraints': [models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='feed_starts_at_one')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feedentry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fbd52b9428932167753cd2bf04fdb7b8f4291a2e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ce79d', table='core_feedentry', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('position', models.BigIntegerField(default=0)),
                ('fault', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'verbose_name': 'follower of the feed',
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField(unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('signature', models.CharField(max_length=128)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'verbose_name': 'seal',
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seal',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f24b77843cd114313373064d7860b4c1128193f0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e986a', table='core_seal', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Pending',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='core.event')),
            ],
            options={
                'verbose_name': 'event awaiting its place',
            },
        ),
    ]
