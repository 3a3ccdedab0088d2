"""A case may be answered by another one."""

import django.db.models.deletion
import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_category_and_lead'),
        ('organisations', '0009_post_names_differ'),
        ('places', '0001_initial'),
        ('routing', '0002_what_concerns_everybody_at_the_spot'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='case',
            name='case_status_has_its_time',
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='case_by_end',
        ),
        migrations.AddField(
            model_name='case',
            name='is_joint',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='case',
            name='merged_into',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='cases.case'),
        ),
        migrations.AlterField(
            model_name='case',
            name='status',
            field=django_fsm.FSMField(choices=[('received', 'waiting to be accepted'), ('returned', 'sent back, waiting for a ruling'), ('accepted', 'under way'), ('suspended', 'suspended'), ('answered', 'answered'), ('closed', 'closed'), ('refused', 'not taken on'), ('merged', 'part of another case about the same matter')], default='received', max_length=20, protected=True, verbose_name='status'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('status__in', ('closed', 'refused', 'merged'))), fields=['closed_at'], name='case_by_end'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('answered_at', None), ('closed_at', None), ('status__in', ['received', 'returned'])), models.Q(('accepted_at__isnull', False), ('answered_at', None), ('closed_at', None), ('status__in', ['accepted', 'suspended'])), models.Q(('accepted_at__isnull', False), ('answered_at__isnull', False), ('closed_at', None), ('status', 'answered')), models.Q(('accepted_at__isnull', False), ('answered_at__isnull', False), ('closed_at__isnull', False), ('status', 'closed')), models.Q(('answered_at', None), ('closed_at__isnull', False), ('status__in', ['refused', 'merged'])), _connector='OR'), name='case_status_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('status', 'merged'), models.Q(('merged_into', models.F('id')), _negated=True)), models.Q(models.Q(('status', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='case_merged_into_another'),
        ),
    ]
