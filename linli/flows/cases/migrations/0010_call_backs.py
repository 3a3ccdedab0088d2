"""The resident's own rating and what they say when called back are one table, with one row that counts for a round."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

LEAD = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "organisations.body", "verbose_name": "lead"}
KINDS = {
    "answer": "answer",
    "closing": "closing word",
    "reopening": "reason for reopening",
    "urging": "word to the lead",
    "return": "reason for sending it back",
    "ruling": "ruling",
    "extension": "reason for taking longer",
    "suspension": "reason for suspending it",
    "resumption": "why it goes on",
    "refusal": "why it is not taken on, in words",
    "update": "progress",
    "note": "internal note",
    "whistle": "why a higher body is needed",
    "report_in": "what the higher body reports",
    "hand_over": "ruling on the lead",
}


def name_leads(apps, _editor):
    """Whose work the ratings of earlier days judge: the present lead's."""
    CallBack, Case = apps.get_model("cases", "CallBack"), apps.get_model("cases", "Case")
    CallBack.objects.update(lead_id=Subquery(Case.objects.filter(pk=OuterRef("case_id")).values("lead_id")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_merged_into_another'),
        ('organisations', '0009_post_names_differ'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='rating', name='rating_once_a_round'),
        migrations.RenameModel('Rating', 'CallBack'),
        migrations.AlterModelOptions(
            name='callback',
            options={'ordering': ['round', 'pk'], 'verbose_name': 'call-back'},
        ),
        migrations.RemoveConstraint(
            model_name='statement',
            name='statement_kind_is_known',
        ),
        migrations.AddField(
            model_name='callback',
            name='is_counted',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='callback',
            name='lead',
            field=models.ForeignKey(null=True, **LEAD),
        ),
        migrations.RunPython(name_leads, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='callback',
            name='lead',
            field=models.ForeignKey(**LEAD),
        ),
        migrations.AddField(
            model_name='callback',
            name='missed',
            field=models.CharField(blank=True, choices=[('no_answer', 'nobody answered'), ('off', 'switched off or out of service'), ('wrong', 'wrong number'), ('refused', 'does not wish to be asked'), ('no_phone', 'left no phone')], max_length=10, verbose_name='why not reached'),
        ),
        migrations.AddField(
            model_name='callback',
            name='post',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='callback',
            name='way',
            field=models.CharField(choices=[('self', 'of their own accord'), ('phone', 'by telephone'), ('desk', 'at the desk')], default='self', max_length=10, verbose_name='way'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='callback',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='call_backs', to='cases.case'),
        ),
        migrations.AlterField(
            model_name='callback',
            name='contacted',
            field=models.BooleanField(null=True, verbose_name='contacted in time'),
        ),
        migrations.AlterField(
            model_name='callback',
            name='satisfied',
            field=models.CharField(blank=True, choices=[('yes', 'satisfied'), ('fairly', 'fairly satisfied'), ('no', 'not satisfied')], max_length=10, verbose_name='satisfied'),
        ),
        migrations.AlterField(
            model_name='callback',
            name='solved',
            field=models.CharField(blank=True, choices=[('yes', 'solved'), ('partly', 'partly solved'), ('no', 'not solved')], max_length=10, verbose_name='solved'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='kind',
            field=models.CharField(choices=list(KINDS.items()), max_length=10),
        ),
        migrations.AddIndex(
            model_name='callback',
            index=models.Index(condition=models.Q(('is_counted', True)), fields=['at'], name='call_back_by_time'),
        ),
        migrations.AddIndex(
            model_name='callback',
            index=models.Index(condition=models.Q(('is_counted', True)), fields=['lead', 'at'], name='call_back_by_lead'),
        ),
        migrations.AddConstraint(
            model_name='callback',
            constraint=models.UniqueConstraint(condition=models.Q(('is_counted', True)), fields=('case', 'round'), name='call_back_counts_once_a_round'),
        ),
        migrations.AddConstraint(
            model_name='callback',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contacted__isnull', False), ('is_counted', True), ('missed', ''), ('satisfied__in', ['yes', 'fairly', 'no']), ('solved__in', ['yes', 'partly', 'no'])), models.Q(('contacted', None), ('missed__in', ['no_answer', 'off', 'wrong', 'refused', 'no_phone']), ('remark', ''), ('satisfied', ''), ('solved', '')), _connector='OR'), name='call_back_judged_or_missed'),
        ),
        migrations.AddConstraint(
            model_name='callback',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('missed', ''), ('way', 'self')), ('way__in', ['phone', 'desk']), _connector='OR'), name='call_back_way_is_known'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', list(KINDS))), name='statement_kind_is_known'),
        ),
    ]
