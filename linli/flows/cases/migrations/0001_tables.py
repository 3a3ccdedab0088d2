import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django_fsm
import linli.ground.core.clock
import linli.ground.core.codes
import linli.ground.core.crypto
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('cases', '0001_initial'), ('cases', '0002_sent_once'), ('cases', '0003_closed_cases_by_their_end'), ('cases', '0004_a_lead_that_is_late_is_urged'), ('cases', '0005_reporters_are_found_by_name'), ('cases', '0006_cases_by_status'), ('cases', '0007_the_whole_life'), ('cases', '0008_category_and_lead'), ('cases', '0009_merged_into_another'), ('cases', '0010_call_backs'), ('cases', '0011_words_without_numbers')]

    initial = True

    dependencies = [
        ('organisations', '0001_tables'),
        ('people', '0001_tables'),
        ('places', '0001_tables'),
        ('routing', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('status', django_fsm.FSMField(choices=[('received', 'waiting to be accepted'), ('returned', 'sent back, waiting for a ruling'), ('accepted', 'under way'), ('suspended', 'suspended'), ('answered', 'answered'), ('closed', 'closed'), ('refused', 'not taken on'), ('merged', 'part of another case about the same matter')], default='received', max_length=20, protected=True, verbose_name='status')),
                ('round', models.PositiveSmallIntegerField(default=1, verbose_name='round')),
                ('received_at', models.DateTimeField(default=linli.ground.core.clock.now, verbose_name='received')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted')),
                ('accepted_by', models.CharField(blank=True, max_length=100)),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('answered_by', models.CharField(blank=True, max_length=100)),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('closed_by', models.CharField(blank=True, max_length=100)),
                ('ground', models.CharField(blank=True, choices=[('emergency', 'an emergency: call the emergency services'), ('court', 'it is before a court or an arbitrator'), ('petition', 'it belongs to the petition channel'), ('secret', "it concerns state or commercial secrets or somebody's privacy"), ('repeated', 'it was answered before and nothing new is said'), ('market', 'it is between private parties alone'), ('unlawful', 'it asks for something against law or public order')], max_length=10, verbose_name='why it is not taken on')),
                ('returns', models.PositiveSmallIntegerField(default=0, verbose_name='times sent back')),
                ('is_final', models.BooleanField(default=False, verbose_name='finally designated')),
                ('reference', models.CharField(default=linli.ground.core.codes.new_code, editable=False, max_length=12, unique=True, verbose_name='reference')),
                ('sent_as', models.UUIDField(editable=False, null=True, unique=True)),
                ('answers', models.JSONField(blank=True, default=dict, verbose_name='answers')),
                ('channel', models.CharField(choices=[('web', 'web'), ('desk', 'community desk'), ('phone', 'telephone'), ('letter', 'letter'), ('visit', 'home visit'), ('api', 'another system')], max_length=10, verbose_name='channel')),
                ('where', models.CharField(blank=True, max_length=100, verbose_name='where exactly')),
                ('is_private', models.BooleanField(default=False, verbose_name='not to be shown to others')),
                ('came_at', models.DateTimeField(blank=True, null=True, verbose_name='when it was said')),
                ('text', models.TextField(max_length=2000, verbose_name='what it is about')),
                ('helped_by', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None, verbose_name='co-handlers')),
                ('lead_by', models.CharField(choices=[('route', 'by a route'), ('nearest', 'the nearest body'), ('ruling', 'by a ruling')], max_length=10, verbose_name='why this lead')),
                ('is_joint', models.BooleanField(default=False, editable=False)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='routing.category', verbose_name='category of needs')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.body', verbose_name='lead')),
                ('merged_into', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='cases.case')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='place')),
                ('route', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='routing.route', verbose_name='route')),
            ],
            options={
                'verbose_name': 'case',
                'indexes': [models.Index(fields=['lead', '-received_at', '-id'], name='case_by_lead'), models.Index(fields=['place', '-received_at', '-id'], name='case_by_place'), models.Index(fields=['-received_at', '-id'], name='case_by_time'), models.Index(fields=['status', '-received_at', '-id'], name='case_by_status'), django.contrib.postgres.indexes.GinIndex(fields=['helped_by'], name='case_by_helper'), models.Index(condition=models.Q(('status__in', ('closed', 'refused', 'merged'))), fields=['closed_at'], name='case_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by', '')), models.Q(('accepted_at__isnull', False), models.Q(('accepted_by', ''), _negated=True)), _connector='OR'), name='case_accepted_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by', '')), models.Q(('answered_at__isnull', False), models.Q(('answered_by', ''), _negated=True)), _connector='OR'), name='case_answered_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by', '')), models.Q(('closed_at__isnull', False), models.Q(('closed_by', ''), _negated=True)), _connector='OR'), name='case_closed_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('answered_at', None), ('closed_at', None), ('status__in', ['received', 'returned'])), models.Q(('accepted_at__isnull', False), ('answered_at', None), ('closed_at', None), ('status__in', ['accepted', 'suspended'])), models.Q(('accepted_at__isnull', False), ('answered_at__isnull', False), ('closed_at', None), ('status', 'answered')), models.Q(('accepted_at__isnull', False), ('answered_at__isnull', False), ('closed_at__isnull', False), ('status', 'closed')), models.Q(('answered_at', None), ('closed_at__isnull', False), ('status__in', ['refused', 'merged'])), _connector='OR'), name='case_status_has_its_time'), models.CheckConstraint(condition=models.Q(('answered_at', None), ('answered_at__gte', models.F('accepted_at')), _connector='OR'), name='case_in_order'), models.CheckConstraint(condition=models.Q(('round__gte', 1)), name='case_round_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('ground__in', ['emergency', 'court', 'petition', 'secret', 'repeated', 'market', 'unlawful']), ('status', 'refused')), models.Q(models.Q(('status', 'refused'), _negated=True), ('ground', '')), _connector='OR'), name='case_refused_on_a_ground'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('status', 'merged'), models.Q(('merged_into', models.F('id')), _negated=True)), models.Q(models.Q(('status', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='case_merged_into_another'), models.CheckConstraint(condition=models.Q(models.Q(('lead_by', 'route'), ('route__isnull', False)), models.Q(('lead_by__in', ['nearest', 'ruling']), ('route', None)), _connector='OR'), name='case_lead_by_its_route'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'returned'), _negated=True), models.Q(('is_final', False), ('returns__gte', 1)), _connector='OR'), name='case_final_is_not_returned'), models.CheckConstraint(condition=models.Q(('came_at', None), ('came_at__lte', models.F('received_at')), _connector='OR'), name='case_said_before_received')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='CallBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('way', models.CharField(choices=[('self', 'of their own accord'), ('phone', 'by telephone'), ('desk', 'at the desk')], max_length=10, verbose_name='way')),
                ('missed', models.CharField(blank=True, choices=[('no_answer', 'nobody answered'), ('off', 'switched off or out of service'), ('wrong', 'wrong number'), ('refused', 'does not wish to be asked'), ('no_phone', 'left no phone')], max_length=10, verbose_name='why not reached')),
                ('contacted', models.BooleanField(null=True, verbose_name='contacted in time')),
                ('solved', models.CharField(blank=True, choices=[('yes', 'solved'), ('partly', 'partly solved'), ('no', 'not solved')], max_length=10, verbose_name='solved')),
                ('satisfied', models.CharField(blank=True, choices=[('yes', 'satisfied'), ('fairly', 'fairly satisfied'), ('no', 'not satisfied')], max_length=10, verbose_name='satisfied')),
                ('remark', models.TextField(blank=True, max_length=500, verbose_name='remark')),
                ('is_counted', models.BooleanField(default=True)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(blank=True, max_length=100)),
                ('post', models.CharField(blank=True, max_length=100)),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.body', verbose_name='lead')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='call_backs', to='cases.case')),
            ],
            options={
                'verbose_name': 'call-back',
                'ordering': ['round', 'pk'],
                'indexes': [models.Index(condition=models.Q(('is_counted', True)), fields=['at'], name='call_back_by_time'), models.Index(condition=models.Q(('is_counted', True)), fields=['lead', 'at'], name='call_back_by_lead')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_counted', True)), fields=('case', 'round'), name='call_back_counts_once_a_round'), models.CheckConstraint(condition=models.Q(models.Q(('contacted__isnull', False), ('is_counted', True), ('missed', ''), ('satisfied__in', ['yes', 'fairly', 'no']), ('solved__in', ['yes', 'partly', 'no'])), models.Q(('contacted', None), ('missed__in', ['no_answer', 'off', 'wrong', 'refused', 'no_phone']), ('remark', ''), ('satisfied', ''), ('solved', '')), _connector='OR'), name='call_back_judged_or_missed'), models.CheckConstraint(condition=models.Q(models.Q(('missed', ''), ('way', 'self')), ('way__in', ['phone', 'desk']), _connector='OR'), name='call_back_way_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=linli.ground.core.clock.now)),
                ('wanted', models.CharField(blank=True, max_length=200, verbose_name='what is asked of it')),
                ('reported_at', models.DateTimeField(blank=True, null=True)),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='what it has done')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.body', verbose_name='co-handler')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helpers', to='cases.case')),
            ],
            options={
                'verbose_name': 'co-handler',
                'indexes': [models.Index(fields=['body', 'case'], name='helper_by_body')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reported_at', None)), fields=('case', 'body'), name='helper_asked_once_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('reported_at', None), ('text', '')), models.Q(('reported_at__isnull', False), models.Q(('text', ''), _negated=True)), _connector='OR'), name='helper_report_has_its_time')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('answer', 'answer'), ('closing', 'closing word'), ('reopening', 'reason for reopening'), ('urging', 'word to the lead'), ('return', 'reason for sending it back'), ('ruling', 'ruling'), ('extension', 'reason for taking longer'), ('suspension', 'reason for suspending it'), ('resumption', 'why it goes on'), ('refusal', 'why it is not taken on, in words'), ('update', 'progress'), ('note', 'internal note'), ('whistle', 'why a higher body is needed'), ('report_in', 'what the higher body reports'), ('hand_over', 'ruling on the lead')], max_length=10)),
                ('text', models.TextField(max_length=2000)),
                ('original', linli.ground.core.crypto.EncryptedField(blank=True, default='')),
                ('post', models.CharField(blank=True, max_length=100)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='cases.case')),
            ],
            options={
                'verbose_name': 'statement',
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ('answer', 'closing', 'reopening', 'refusal'))), fields=('case', 'round', 'kind'), name='statement_once_a_round'), models.CheckConstraint(condition=models.Q(('kind__in', ['answer', 'closing', 'reopening', 'urging', 'return', 'ruling', 'extension', 'suspension', 'resumption', 'refusal', 'update', 'note', 'whistle', 'report_in', 'hand_over'])), name='statement_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Reporter',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='cases.case')),
                ('contact', models.CharField(blank=True, db_index=True, max_length=64)),
                ('name', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='name')),
                ('name_index', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ('phone', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='phone')),
                ('original', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='what they wrote')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'reporter',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('contact', ''), ('phone', '')), models.Q(models.Q(('phone', ''), _negated=True), models.Q(('contact', ''), _negated=True)), _connector='OR'), name='reporter_phone_has_its_index'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('name_index', ''), _connector='OR'), name='reporter_name_index_goes_with_the_name')],
            },
        ),
    ]
