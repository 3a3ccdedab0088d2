"""A case has a category in the place of its bare field, is led by a route, by nearness or by a ruling, and lives its whole life."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django_fsm
import linli.ground.core.clock
from django.db import migrations, models

RESTS = {
    "relief": "其他社会救助",
    "employment": "其他就业问题",
    "security": "其他社会保障问题",
    "health": "其他卫生和计生问题",
    "culture": "其他文体教育问题",
    "safety": "其他安全问题",
    "migrants": "其他流动人口服务",
    "surroundings": "其他环境和设施问题",
    "unsure": "说不清属于哪一类",
}


def give_categories(apps, _editor):
    """What came before had a field alone: it gets the category that takes the rest of it."""
    Case, Category = apps.get_model("cases", "Case"), apps.get_model("routing", "Category")
    for field in Case.objects.order_by().values_list("field", flat=True).distinct():
        code = field if field == "unsure" else f"{field}-other"
        rest, _is_new = Category.objects.get_or_create(
            field=field, is_rest=True, defaults={"code": code, "name": RESTS[field], "position": 900}
        )
        Case.objects.filter(field=field).update(category=rest)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_cases_by_status'),
        ('organisations', '0008_seats_by_index'),
        ('places', '0001_initial'),
        ('routing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=linli.ground.core.clock.now)),
                ('wanted', models.CharField(blank=True, max_length=200, verbose_name='what is asked of it')),
                ('reported_at', models.DateTimeField(blank=True, null=True)),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='what it has done')),
            ],
            options={
                'verbose_name': 'co-handler',
            },
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_status_has_its_time',
        ),
        migrations.RemoveConstraint(
            model_name='statement',
            name='statement_once_a_round',
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='case_by_end',
        ),
        migrations.AddField(
            model_name='case',
            name='answers',
            field=models.JSONField(blank=True, default=dict, verbose_name='answers'),
        ),
        migrations.AddField(
            model_name='case',
            name='helped_by',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None, verbose_name='co-handlers'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=django.contrib.postgres.indexes.GinIndex(fields=['helped_by'], name='case_by_helper'),
        ),
        migrations.AddField(
            model_name='case',
            name='category',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='routing.category', verbose_name='category of needs'),
        ),
        migrations.AddField(
            model_name='case',
            name='ground',
            field=models.CharField(blank=True, choices=[('emergency', 'an emergency: call the emergency services'), ('court', 'it is before a court or an arbitrator'), ('petition', 'it belongs to the petition channel'), ('secret', "it concerns state or commercial secrets or somebody's privacy"), ('repeated', 'it was answered before and nothing new is said'), ('market', 'it is between private parties alone'), ('unlawful', 'it asks for something against law or public order')], max_length=10, verbose_name='why it is not taken on'),
        ),
        migrations.AddField(
            model_name='case',
            name='is_final',
            field=models.BooleanField(default=False, verbose_name='finally designated'),
        ),
        migrations.AddField(
            model_name='case',
            name='lead_by',
            field=models.CharField(choices=[('route', 'by a route'), ('nearest', 'the nearest body'), ('ruling', 'by a ruling')], default='nearest', max_length=10, verbose_name='why this lead'),
        ),
        migrations.AddField(
            model_name='case',
            name='returns',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='times sent back'),
        ),
        migrations.AddField(
            model_name='case',
            name='route',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='routing.route', verbose_name='route'),
        ),
        migrations.RunPython(give_categories, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='case',
            name='channel',
            field=models.CharField(choices=[('web', 'web'), ('desk', 'community desk'), ('phone', 'telephone'), ('api', 'another system')], max_length=10, verbose_name='channel'),
        ),
        migrations.AlterField(
            model_name='case',
            name='status',
            field=django_fsm.FSMField(choices=[('received', 'waiting to be accepted'), ('returned', 'sent back, waiting for a ruling'), ('accepted', 'under way'), ('suspended', 'suspended'), ('answered', 'answered'), ('closed', 'closed'), ('refused', 'not taken on')], default='received', max_length=20, protected=True, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='kind',
            field=models.CharField(choices=[('answer', 'answer'), ('closing', 'closing word'), ('reopening', 'reason for reopening'), ('urging', 'word to the lead'), ('return', 'reason for sending it back'), ('ruling', 'ruling'), ('extension', 'reason for taking longer'), ('suspension', 'reason for suspending it'), ('resumption', 'why it goes on'), ('refusal', 'why it is not taken on, in words'), ('update', 'progress'), ('note', 'internal note')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('status__in', ('closed', 'refused'))), fields=['closed_at'], name='case_by_end'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('answered_at', None), ('closed_at', None), ('status__in', ['received', 'returned'])), models.Q(('accepted_at__isnull', False), ('answered_at', None), ('closed_at', None), ('status__in', ['accepted', 'suspended'])), models.Q(('accepted_at__isnull', False), ('answered_at__isnull', False), ('closed_at', None), ('status', 'answered')), models.Q(('accepted_at__isnull', False), ('answered_at__isnull', False), ('closed_at__isnull', False), ('status', 'closed')), models.Q(('answered_at', None), ('closed_at__isnull', False), ('status', 'refused')), _connector='OR'), name='case_status_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground__in', ['emergency', 'court', 'petition', 'secret', 'repeated', 'market', 'unlawful']), ('status', 'refused')), models.Q(models.Q(('status', 'refused'), _negated=True), ('ground', '')), _connector='OR'), name='case_refused_on_a_ground'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lead_by', 'route'), ('route__isnull', False)), models.Q(('lead_by__in', ['nearest', 'ruling']), ('route', None)), _connector='OR'), name='case_lead_by_its_route'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'returned'), _negated=True), models.Q(('is_final', False), ('returns__gte', 1)), _connector='OR'), name='case_final_is_not_returned'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('answer', 'closing', 'reopening', 'refusal'))), fields=('case', 'round', 'kind'), name='statement_once_a_round'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['answer', 'closing', 'reopening', 'urging', 'return', 'ruling', 'extension', 'suspension', 'resumption', 'refusal', 'update', 'note'])), name='statement_kind_is_known'),
        ),
        migrations.AddField(
            model_name='helper',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.body', verbose_name='co-handler'),
        ),
        migrations.AddField(
            model_name='helper',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helpers', to='cases.case'),
        ),
        migrations.AddIndex(
            model_name='helper',
            index=models.Index(fields=['body', 'case'], name='helper_by_body'),
        ),
        migrations.AddConstraint(
            model_name='helper',
            constraint=models.UniqueConstraint(condition=models.Q(('reported_at', None)), fields=('case', 'body'), name='helper_asked_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='helper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reported_at', None), ('text', '')), models.Q(('reported_at__isnull', False), models.Q(('text', ''), _negated=True)), _connector='OR'), name='helper_report_has_its_time'),
        ),
    ]
