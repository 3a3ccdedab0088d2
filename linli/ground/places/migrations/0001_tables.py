import django.db.models.deletion
import django_fsm
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('places', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='state of')),
                ('covers', models.CharField(blank=True, max_length=15, verbose_name='covers')),
                ('rows', models.PositiveIntegerField(verbose_name='rows')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256 of the file')),
                ('loaded_at', models.DateTimeField(verbose_name='loaded')),
            ],
            options={
                'verbose_name': 'edition of the statistics',
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='edition',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='251bd859378b577ef232b7cf6373778909a231f9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b216f', table='places_edition', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('path', models.CharField(db_collation='C', max_length=15, verbose_name='code')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('level', models.CharField(choices=[('province', 'province'), ('prefecture', 'city'), ('county', 'district or county'), ('town', 'sub-district or town'), ('community', 'community or village'), ('grid', 'grid')], max_length=10, verbose_name='level')),
                ('kind', models.CharField(blank=True, choices=[('juweihui', "residents' committee"), ('cunweihui', "villagers' committee"), ('quasi_juweihui', "unit like a residents' committee"), ('quasi_cunweihui', "unit like a villagers' committee")], max_length=16, verbose_name='kind')),
                ('begun_on', models.DateField(verbose_name='known since')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('parent', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='places.place', verbose_name='lies in')),
                ('successor', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='places.place', verbose_name='went over to')),
            ],
            options={
                'verbose_name': 'place',
                'indexes': [models.Index(fields=['path'], name='place_by_path'), models.Index(condition=models.Q(('successor__isnull', False)), fields=['successor'], name='place_by_successor')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('path',), name='place_current_path'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), ('level', 'grid')), fields=('parent', 'name'), name='place_grid_name', violation_error_message='This community already has a grid of this name.'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'community'), ('path__regex', '^[0-9]{12}$')), models.Q(('level', 'town'), ('path__regex', '^[0-9]{9}$')), models.Q(('level', 'county'), ('path__regex', '^[0-9]{6}$')), models.Q(('level', 'prefecture'), ('path__regex', '^[0-9]{4}$')), models.Q(('level', 'province'), ('path__regex', '^[0-9]{2}$')), models.Q(('level', 'grid'), ('path__regex', '^[0-9]{15}$')), _connector='OR'), name='place_level_is_digits'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['juweihui', 'cunweihui', 'quasi_juweihui', 'quasi_cunweihui']), ('level', 'community')), models.Q(models.Q(('level', 'community'), _negated=True), ('kind', '')), _connector='OR'), name='place_kind_of_communities'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='place_has_name'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('successor__isnull', True)), ('ended_on__gte', models.F('begun_on')), _connector='OR'), name='place_ends_after_begin')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='place',
            trigger=pgtrigger.compiler.Trigger(name='fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."path" IS DISTINCT FROM (NEW."path") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."begun_on" IS DISTINCT FROM (NEW."begun_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5df3cec2dda0c68388dcb465de7ee665d130f62e', operation='UPDATE', pgid='pgtrigger_fixed_8135f', table='places_place', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='place',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e1c4afca40702cd02d783419a760bf87ee8cb1df', operation='DELETE', pgid='pgtrigger_kept_1a832', table='places_place', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='place',
            trigger=pgtrigger.compiler.Trigger(name='parent_is_prefix', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE strays bigint;', func="\nEXECUTE $check$SELECT count(*) FROM fresh LEFT JOIN places_place above ON above.id = fresh.parent_id\n    WHERE COALESCE(above.path, '') <> left(fresh.path, CASE length(fresh.path)\n        WHEN 2 THEN 0 WHEN 4 THEN 2 WHEN 6 THEN 4 WHEN 9 THEN 6 WHEN 12 THEN 9 ELSE 12 END)$check$ INTO strays;\nIF strays > 0 THEN\n    RAISE EXCEPTION 'the parent of a place is the beginning of its path'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'place_parent_is_prefix';\nEND IF;\nRETURN NULL;\n", hash='ac8ac6db914d3dc7f29be8cfea9be9c93a331afb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_parent_is_prefix_bdcc8', referencing='REFERENCING NEW TABLE AS fresh ', table='places_place', when='AFTER')),
        ),
        migrations.CreateModel(
            name='City',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('is_demo', models.BooleanField(verbose_name='demonstration')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('place', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='places.place', verbose_name='place')),
            ],
            options={
                'verbose_name': 'city',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='city_is_one')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='city',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c70bd7b321666f17051b941b6cc2e5b9f1a1f6f5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f0a37', table='places_city', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='PlaceChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('renamed', 'renamed'), ('recoded', 'new code'), ('moved', 'moved to another town'), ('merged', 'merged'), ('ended', 'ended'), ('restored', 'back in the statistics'), ('kind_corrected', 'kind corrected')], max_length=16, verbose_name='what happened')),
                ('old_name', models.CharField(max_length=60, verbose_name='old name')),
                ('new_name', models.CharField(blank=True, max_length=60, verbose_name='new name')),
                ('on', models.DateField(verbose_name='day')),
                ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='places.edition', verbose_name='edition')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='places.place', verbose_name='place')),
                ('successor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='went over to')),
            ],
            options={
                'verbose_name': 'change of a place',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['recoded', 'moved', 'merged']), ('successor__isnull', False)), models.Q(models.Q(('kind__in', ['recoded', 'moved', 'merged']), _negated=True), ('successor__isnull', True)), _connector='OR'), name='placechange_successor'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'renamed'), _negated=True), models.Q(('old_name', models.F('new_name')), _negated=True), _connector='OR'), name='placechange_new_name')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placechange',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f4ab010875aef0095fb67673e3554c6a4a8b814c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2d885', table='places_placechange', when='BEFORE')),
        ),
    ]
