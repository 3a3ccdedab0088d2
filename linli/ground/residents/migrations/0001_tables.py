import django.db.models.deletion
import django_fsm
import linli.ground.core.clock
import linli.ground.core.codes
import linli.ground.core.crypto
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('residents', '0001_initial'), ('residents', '0002_legal_holds'), ('residents', '0003_undone_marks'), ('residents', '0004_lists_are_an_app_of_their_own'), ('residents', '0005_last_message')]

    initial = True

    dependencies = [
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('reference', models.CharField(default=linli.ground.core.codes.new_code, editable=False, max_length=8, unique=True)),
                ('kind', models.CharField(choices=[('export', 'a copy of my data'), ('correction', 'correct my data'), ('erasure', 'erase my data')], max_length=20, verbose_name='request')),
                ('status', django_fsm.FSMField(choices=[('requested', 'waiting'), ('done', 'fulfilled'), ('refused', 'refused')], default='requested', max_length=20, protected=True, verbose_name='status')),
                ('wish', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='what should be corrected')),
                ('requested_at', models.DateTimeField(default=linli.ground.core.clock.now, editable=False, verbose_name='requested')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='decided')),
                ('refusal', models.CharField(blank=True, choices=[('duty', 'the law requires the data to be kept'), ('hold', 'the data are under a legal hold'), ('open_matter', 'a matter of yours is still open'), ('identity', 'it could not be shown that the data are yours'), ('correct', 'the data agree with the papers')], max_length=20, verbose_name='reason')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='explanation')),
                ('parting', linli.ground.core.crypto.EncryptedField(blank=True, editable=False, verbose_name='phone for the last message')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='people.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'request about personal data',
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'requested')), fields=('person', 'kind'), name='one_open_request_of_a_kind', violation_error_message='A request of this kind is waiting already.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('refusal', ''), ('status', 'requested')), models.Q(('decided_at__isnull', False), ('refusal', ''), ('status', 'done')), models.Q(('decided_at__isnull', False), ('status', 'refused'), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='data_request_status_has_its_facts', violation_error_message='A decided request has its time, a refused one its reason.'), models.CheckConstraint(condition=models.Q(('parting', ''), models.Q(('kind', 'erasure'), ('status', 'done')), _connector='OR'), name='last_message_after_erasure')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=linli.ground.core.codes.new_code, editable=False, max_length=8, unique=True)),
                ('basis', models.CharField(choices=[('lawsuit', 'a lawsuit or an arbitration'), ('investigation', 'an investigation by an authority'), ('audit', 'an audit or an inspection'), ('complaint', 'a complaint under review'), ('period', 'a period of keeping set by law')], max_length=20, verbose_name='basis')),
                ('reason', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='reason')),
                ('held_at', models.DateTimeField(default=linli.ground.core.clock.now, editable=False, verbose_name='kept by law since')),
                ('review_on', models.DateField(verbose_name='look at it again on')),
                ('lifted_at', models.DateTimeField(editable=False, null=True, verbose_name='lifted on')),
                ('why_lifted', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='why it was lifted')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='people.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'legal hold',
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('person',), name='one_legal_hold_at_a_time', violation_error_message='These data are kept by law already.'), models.CheckConstraint(condition=models.Q(('lifted_at__isnull', True), ('lifted_at__gte', models.F('held_at')), _connector='OR'), name='hold_lifted_after_it_was_set', violation_error_message='A hold is lifted after it was set.')],
            },
        ),
        migrations.CreateModel(
            name='UndoneMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('died', 'death'), ('left', 'move away')], max_length=20, verbose_name='what was recorded')),
                ('day', models.DateField(verbose_name='day that had been recorded')),
                ('reason', linli.ground.core.crypto.EncryptedField(verbose_name='why it was undone')),
                ('undone_at', models.DateTimeField(default=linli.ground.core.clock.now, editable=False, verbose_name='undone on')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='undone_marks', to='people.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'undone record of a death or a move',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_mark_is_undone_for_a_reason', violation_error_message='Write why the record is undone.'), models.CheckConstraint(condition=models.Q(('what__in', ['died', 'left'])), name='an_undone_mark_is_known')],
            },
        ),
    ]
