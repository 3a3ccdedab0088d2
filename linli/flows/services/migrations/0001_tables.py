import django.db.models.deletion
import django.db.models.functions.comparison
import django_fsm
import linli.ground.core.clock
import linli.ground.core.codes
import linli.ground.core.crypto
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('services', '0001_initial'), ('services', '0002_forwarded_and_forgotten')]

    initial = True

    dependencies = [
        ('guides', '0001_tables'),
        ('organisations', '0001_tables'),
        ('people', '0001_tables'),
        ('places', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('reference', models.CharField(default=linli.ground.core.codes.new_code, editable=False, max_length=12, unique=True, verbose_name='reference')),
                ('sent_as', models.UUIDField(editable=False, null=True, unique=True)),
                ('status', django_fsm.FSMField(choices=[('received', 'waiting to be accepted'), ('returned', 'waiting for papers'), ('accepted', 'under way'), ('decided', 'decided, result not handed out'), ('delivered', 'finished'), ('withdrawn', 'withdrawn')], default='received', max_length=20, protected=True, verbose_name='status')),
                ('item_version', models.PositiveIntegerField(editable=False)),
                ('promised_days', models.PositiveSmallIntegerField(editable=False)),
                ('channel', models.CharField(choices=[('web', 'web'), ('desk', 'community desk'), ('api', 'another system')], max_length=10, verbose_name='channel')),
                ('helped_by', models.CharField(blank=True, max_length=100)),
                ('received_at', models.DateTimeField(default=linli.ground.core.clock.now, verbose_name='received')),
                ('submitted_at', models.DateTimeField(default=linli.ground.core.clock.now, verbose_name='papers handed in')),
                ('returned_at', models.DateTimeField(blank=True, null=True, verbose_name='papers asked for')),
                ('returned_by', models.CharField(blank=True, max_length=100)),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted')),
                ('accepted_by', models.CharField(blank=True, max_length=100)),
                ('is_deemed', models.BooleanField(default=False)),
                ('extended_at', models.DateTimeField(blank=True, null=True, verbose_name='extended')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('decided_by', models.CharField(blank=True, max_length=100)),
                ('outcome', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'granted'), (0, 'refused')], null=True, verbose_name='decision')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
                ('remedies', models.TextField(blank=True, max_length=1000, verbose_name='remedies')),
                ('rule_ref', models.CharField(blank=True, max_length=100)),
                ('delivered_at', models.DateTimeField(blank=True, null=True, verbose_name='result handed out')),
                ('delivered_by', models.CharField(blank=True, max_length=100)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('withdrawn_by', models.CharField(blank=True, max_length=100)),
                ('decider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.body', verbose_name='decides')),
                ('handler', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.body', verbose_name='handler')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guides.item', verbose_name='service item')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='place')),
            ],
            options={
                'verbose_name': 'application',
                'indexes': [models.Index(fields=['handler', '-received_at', '-id'], name='application_by_handler'), models.Index(fields=['place', '-received_at', '-id'], name='application_by_place'), models.Index(django.db.models.functions.comparison.Coalesce('delivered_at', 'withdrawn_at'), condition=models.Q(('status__in', ('delivered', 'withdrawn'))), name='application_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', True), ('returned_by', '')), models.Q(('returned_at__isnull', False), models.Q(('returned_by', ''), _negated=True)), _connector='OR'), name='application_returned_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by', '')), models.Q(('accepted_at__isnull', False), models.Q(('accepted_by', ''), _negated=True)), _connector='OR'), name='application_accepted_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by', '')), models.Q(('decided_at__isnull', False), models.Q(('decided_by', ''), _negated=True)), _connector='OR'), name='application_decided_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('delivered_at__isnull', True), ('delivered_by', '')), models.Q(('delivered_at__isnull', False), models.Q(('delivered_by', ''), _negated=True)), _connector='OR'), name='application_delivered_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_by', ''), _negated=True)), _connector='OR'), name='application_withdrawn_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('decided_at__isnull', True), ('delivered_at__isnull', True), ('status', 'received'), ('withdrawn_at__isnull', True)), models.Q(('accepted_at__isnull', True), ('decided_at__isnull', True), ('delivered_at__isnull', True), ('returned_at__isnull', False), ('status', 'returned'), ('withdrawn_at__isnull', True)), models.Q(('accepted_at__isnull', False), ('decided_at__isnull', True), ('delivered_at__isnull', True), ('status', 'accepted'), ('withdrawn_at__isnull', True)), models.Q(('accepted_at__isnull', False), ('decided_at__isnull', False), ('delivered_at__isnull', True), ('status', 'decided'), ('withdrawn_at__isnull', True)), models.Q(('accepted_at__isnull', False), ('decided_at__isnull', False), ('delivered_at__isnull', False), ('status', 'delivered'), ('withdrawn_at__isnull', True)), models.Q(('decided_at__isnull', True), ('delivered_at__isnull', True), ('status', 'withdrawn'), ('withdrawn_at__isnull', False)), _connector='OR'), name='application_status_has_its_time'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('outcome', None)), models.Q(('decided_at__isnull', False), ('outcome', 1)), models.Q(('decided_at__isnull', False), ('outcome', 0), models.Q(('reason', ''), _negated=True), models.Q(('remedies', ''), _negated=True)), _connector='OR'), name='refused_with_reason_and_remedies'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('accepted_at__gte', models.F('received_at')), _connector='OR'), models.Q(('decided_at', None), ('decided_at__gte', models.F('accepted_at')), _connector='OR')), name='application_in_order'), models.CheckConstraint(condition=models.Q(('decider', None), ('accepted_at__isnull', False), _connector='OR'), name='only_accepted_is_forwarded'), models.CheckConstraint(condition=models.Q(('is_deemed', False), ('accepted_at__isnull', False), _connector='OR'), name='only_accepted_is_deemed')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='services.application')),
                ('text', models.TextField(blank=True, max_length=1000, verbose_name='what else is missing')),
                ('at', models.DateTimeField()),
                ('post', models.CharField(blank=True, max_length=100)),
            ],
            options={
                'verbose_name': 'notice of gaps',
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=100, verbose_name='material')),
                ('waived_why', models.CharField(blank=True, max_length=100)),
                ('is_given', models.BooleanField(default=False, verbose_name='handed in')),
                ('gap', models.CharField(blank=True, max_length=200, verbose_name='what is missing')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='services.application')),
            ],
            options={
                'verbose_name': 'paper of an application',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('application', 'position'), name='paper_in_its_place'), models.CheckConstraint(condition=models.Q(('waived_why', ''), ('gap', ''), _connector='OR'), name='what_is_waived_cannot_be_missing')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('complete', 'with the completed papers'), ('extend', 'why more time is needed'), ('withdraw', 'why it is withdrawn')], max_length=10)),
                ('text', models.TextField(max_length=1000)),
                ('at', models.DateTimeField()),
                ('post', models.CharField(blank=True, max_length=100)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='services.application')),
            ],
            options={
                'verbose_name': 'statement on an application',
                'constraints': [models.UniqueConstraint(fields=('application', 'kind'), name='application_statement_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['complete', 'extend', 'withdraw'])), name='application_statement_kind')],
            },
        ),
        migrations.CreateModel(
            name='Applicant',
            fields=[
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='services.application')),
                ('contact', models.CharField(blank=True, db_index=True, max_length=64)),
                ('name', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='name')),
                ('phone', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='phone')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'applicant',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('contact', ''), ('phone', '')), models.Q(models.Q(('phone', ''), _negated=True), models.Q(('contact', ''), _negated=True)), _connector='OR'), name='applicant_phone_has_its_index')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='services.application')),
                ('satisfied', models.CharField(choices=[('yes', 'satisfied'), ('fairly', 'fairly satisfied'), ('no', 'not satisfied')], max_length=10, verbose_name='satisfied')),
                ('remark', models.TextField(blank=True, max_length=500, verbose_name='remark')),
                ('at', models.DateTimeField()),
                ('by', models.CharField(blank=True, max_length=100)),
            ],
            options={
                'verbose_name': 'rating of an application',
                'constraints': [models.CheckConstraint(condition=models.Q(('satisfied__in', ['yes', 'fairly', 'no'])), name='application_rating_is_known')],
            },
        ),
    ]
