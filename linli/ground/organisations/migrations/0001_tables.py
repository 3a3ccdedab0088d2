import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django_fsm
import linli.ground.core.codes
import linli.ground.organisations.models.holdings
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('organisations', '0001_initial'), ('organisations', '0002_category'), ('organisations', '0003_kinds_move_out'), ('organisations', '0004_kinds_from_the_catalogue'), ('organisations', '0005_posts_and_contacts'), ('organisations', '0006_owners_committees_have_a_delegate'), ('organisations', '0007_withdrawn_appointments'), ('organisations', '0008_seats_by_index'), ('organisations', '0009_post_names_differ')]

    initial = True

    dependencies = [
        ('kinds', '0001_tables'),
        ('people', '0001_tables'),
        ('places', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('reference', models.CharField(default=linli.ground.core.codes.new_code, editable=False, max_length=20, unique=True)),
                ('slot', models.CharField(blank=True, editable=False, max_length=40)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('short_name', models.CharField(max_length=40, verbose_name='short name')),
                ('founded_on', models.DateField(verbose_name='founded on')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='dissolved on')),
                ('category', models.CharField(blank=True, choices=[('service', 'service to people'), ('charity', 'charity'), ('mutual_help', 'mutual help'), ('recreation', 'culture, sport and recreation'), ('rights', 'protection of rights'), ('training', 'education and training'), ('safety', 'public safety'), ('rural', 'rural technique')], max_length=20, verbose_name='category')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                ('address', models.CharField(blank=True, max_length=100, verbose_name='address')),
                ('hours', models.CharField(blank=True, max_length=100, verbose_name='opening hours')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='kinds.bodykind', verbose_name='kind')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisations.body')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='places.place', verbose_name='place')),
            ],
            options={
                'verbose_name': 'body',
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('code', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=40, verbose_name='post')),
                ('role', models.CharField(choices=[('member', 'member'), ('delegate', 'delegate'), ('worker', 'community worker'), ('chair', 'committee chair'), ('subdistrict', 'sub-district officer'), ('department', 'department officer'), ('reviewer', 'reviewing officer'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                ('seats', models.PositiveSmallIntegerField(verbose_name='seats')),
                ('head', models.BooleanField(default=False, verbose_name='leads the body')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('abolished_on', models.DateField(blank=True, null=True, verbose_name='abolished on')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organisations.body', verbose_name='body')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts_sent', to='organisations.body')),
            ],
            options={
                'verbose_name': 'post',
                'ordering': ['position', 'id'],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.AddField(
            model_name='body',
            name='duty',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('body', 'code'), name='post_named_once'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(condition=models.Q(('abolished_on', None)), fields=('body', 'name'), name='post_names_differ'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('seats__gte', 1)), name='post_has_a_seat'),
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('begins_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('how', models.CharField(choices=[('elected', 'elected'), ('appointed', 'appointed'), ('assigned', 'assigned'), ('hired', 'hired'), ('seconded', 'sent by a department')], max_length=20, verbose_name='how')),
                ('why_ended', models.CharField(blank=True, choices=[('term_over', 'the term is over'), ('resigned', 'resigned'), ('dismissed', 'dismissed or recalled'), ('moved', 'moved to another post'), ('died', 'died'), ('dissolved', 'the body was dissolved')], max_length=20, verbose_name='why it ended')),
                ('withdrawn_on', models.DateField(blank=True, editable=False, null=True, verbose_name='withdrawn on')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='people.person', verbose_name='person')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='organisations.post', verbose_name='post')),
            ],
            options={
                'verbose_name': 'holding of a post',
                'indexes': [models.Index(fields=['person', 'begins_on'], name='holding_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('begins_on')), _connector='OR'), name='holding_ends_after_it_began', violation_error_message='The last day cannot be before the first.'), models.CheckConstraint(condition=models.Q(('why_ended', ''), ('ends_on__isnull', False), _connector='OR'), name='holding_reason_needs_an_end'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('withdrawn_on__isnull', True)), models.Q(('withdrawn_on__lt', models.F('begins_on')), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='holding_withdrawn_before_it_began', violation_error_message='Only an appointment that has not begun is withdrawn, with a reason.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_on__isnull', True)), expressions=[(linli.ground.organisations.models.holdings._Same(models.F('post_id'), models.F('post_id'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&'), (linli.ground.organisations.models.holdings._Same(models.F('person_id'), models.F('person_id'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&'), (linli.ground.organisations.models.holdings._Between(models.F('begins_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='holding_not_twice_at_once', violation_error_message='This person holds this post in that time already.')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holding',
            trigger=pgtrigger.compiler.Trigger(name='seats_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE broken boolean;', func="\nPERFORM 1 FROM organisations_post WHERE id = ANY (ARRAY(SELECT post_id FROM fresh)) ORDER BY id FOR NO KEY UPDATE;\nEXECUTE $check$SELECT EXISTS (\n    SELECT 1 FROM (SELECT post_id, min(begins_on) AS first FROM fresh GROUP BY post_id) AS f\n    CROSS JOIN LATERAL (\n        SELECT DISTINCT s.begins_on AS day FROM organisations_holding s\n        WHERE s.post_id = f.post_id AND s.begins_on >= f.first AND s.withdrawn_on IS NULL\n    ) AS d\n    CROSS JOIN LATERAL (\n        SELECT count(*) AS held FROM organisations_holding h\n        WHERE h.post_id = f.post_id AND d.day <@ daterange(h.begins_on, h.ends_on, '[]') AND h.withdrawn_on IS NULL\n    ) AS h\n    WHERE h.held > (SELECT p.seats FROM organisations_post p WHERE p.id = f.post_id)\n)$check$ INTO broken;\nIF broken THEN\n    RAISE EXCEPTION 'more holders than seats' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_within_seats';\nEND IF;\nEXECUTE $check$SELECT EXISTS (\n    SELECT 1 FROM fresh f WHERE f.ends_on IS NULL AND (\n        SELECT k.rules ? 'term' FROM organisations_post p\n        JOIN organisations_body b ON b.id = p.body_id JOIN kinds_bodykind k ON k.id = b.kind_id WHERE p.id = f.post_id\n    )\n)$check$ INTO broken;\nIF broken THEN\n    RAISE EXCEPTION 'a term without an end' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_has_its_term';\nEND IF;\nEXECUTE $check$SELECT EXISTS (\n    SELECT 1 FROM fresh f\n    WHERE coalesce(f.ends_on, 'infinity') > (SELECT p.abolished_on FROM organisations_post p WHERE p.id = f.post_id)\n)$check$ INTO broken;\nIF broken THEN\n    RAISE EXCEPTION 'no such post any more' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_of_a_living_post';\nEND IF;\nRETURN NULL;\n", hash='0063e9034643843baed11425c641e417f76bd01f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_seats_on_insert_dcd0a', referencing='REFERENCING NEW TABLE AS fresh ', table='organisations_holding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holding',
            trigger=pgtrigger.compiler.Trigger(name='seats_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE broken boolean;', func="\nPERFORM 1 FROM organisations_post WHERE id = ANY (ARRAY(SELECT post_id FROM fresh)) ORDER BY id FOR NO KEY UPDATE;\nEXECUTE $check$SELECT EXISTS (\n    SELECT 1 FROM (SELECT post_id, min(begins_on) AS first FROM fresh GROUP BY post_id) AS f\n    CROSS JOIN LATERAL (\n        SELECT DISTINCT s.begins_on AS day FROM organisations_holding s\n        WHERE s.post_id = f.post_id AND s.begins_on >= f.first AND s.withdrawn_on IS NULL\n    ) AS d\n    CROSS JOIN LATERAL (\n        SELECT count(*) AS held FROM organisations_holding h\n        WHERE h.post_id = f.post_id AND d.day <@ daterange(h.begins_on, h.ends_on, '[]') AND h.withdrawn_on IS NULL\n    ) AS h\n    WHERE h.held > (SELECT p.seats FROM organisations_post p WHERE p.id = f.post_id)\n)$check$ INTO broken;\nIF broken THEN\n    RAISE EXCEPTION 'more holders than seats' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_within_seats';\nEND IF;\nEXECUTE $check$SELECT EXISTS (\n    SELECT 1 FROM fresh f WHERE f.ends_on IS NULL AND (\n        SELECT k.rules ? 'term' FROM organisations_post p\n        JOIN organisations_body b ON b.id = p.body_id JOIN kinds_bodykind k ON k.id = b.kind_id WHERE p.id = f.post_id\n    )\n)$check$ INTO broken;\nIF broken THEN\n    RAISE EXCEPTION 'a term without an end' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_has_its_term';\nEND IF;\nEXECUTE $check$SELECT EXISTS (\n    SELECT 1 FROM fresh f\n    WHERE coalesce(f.ends_on, 'infinity') > (SELECT p.abolished_on FROM organisations_post p WHERE p.id = f.post_id)\n)$check$ INTO broken;\nIF broken THEN\n    RAISE EXCEPTION 'no such post any more' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_of_a_living_post';\nEND IF;\nRETURN NULL;\n", hash='d3ffbe56a524a113adbde0e4148fcf5d3f4a7ce2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_seats_on_update_97b06', referencing='REFERENCING NEW TABLE AS fresh ', table='organisations_holding', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='body',
            index=models.Index(fields=['place', 'kind'], name='body_by_place'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('kind', 'place', 'slot'), name='body_stands_once', violation_error_message='This place has such a body already.'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('founded_on')), _connector='OR'), name='body_ends_after_it_began', violation_error_message='A body cannot be dissolved before it was founded.'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['', 'service', 'charity', 'mutual_help', 'recreation', 'rights', 'training', 'safety', 'rural'])), name='body_category_is_known', violation_error_message='There is no such category.'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('phone', ''), ('phone__regex', '^(0[0-9]{2,3}-[0-9]{7,8}|1[3-9][0-9]{9}|[19][0-9]{4})$'), _connector='OR'), name='body_phone_is_one', violation_error_message='This is no telephone number.'),
        ),
    ]
