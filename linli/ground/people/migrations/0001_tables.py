import django.db.models.deletion
import django.db.models.functions.comparison
import django_fsm
import linli.ground.core.clock
import linli.ground.core.crypto
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('people', '0001_initial'), ('people', '0002_way_in'), ('people', '0003_figures_are_an_app_of_their_own'), ('people', '0004_no_end_of_keeping_that_nobody_writes'), ('people', '0005_moved_back')]

    initial = True

    dependencies = [
        ('places', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', linli.ground.core.crypto.EncryptedField(verbose_name='address')),
                ('door_index', models.CharField(editable=False, max_length=64)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='households', to='places.place', verbose_name='place')),
            ],
            options={
                'verbose_name': 'household',
                'constraints': [models.UniqueConstraint(fields=('place', 'door_index'), name='one_household_a_door', violation_error_message='There is a household at this address already.')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('residence', models.CharField(choices=[('registered', 'household registered here'), ('living', 'living here, registered elsewhere'), ('none', 'not a resident')], max_length=20, verbose_name='residence')),
                ('born_on', models.DateField(blank=True, null=True, verbose_name='day of birth')),
                ('sex', models.CharField(blank=True, choices=[('female', 'female'), ('male', 'male'), ('', 'not recorded')], max_length=10, verbose_name='sex')),
                ('electoral', models.CharField(choices=[('registered', 'registered to vote here'), ('elsewhere', 'registered elsewhere'), ('deprived', 'without political rights'), ('unregistered', 'not registered')], default='unregistered', max_length=20, verbose_name='electoral status')),
                ('verification', models.CharField(choices=[('declared', 'declared'), ('document', 'document seen'), ('authority', 'verified by the authority')], default='declared', max_length=20, verbose_name='how verified')),
                ('source', models.CharField(choices=[('desk', 'at the desk'), ('import', 'from a list'), ('self', 'by the person'), ('staff', 'as a member of staff')], max_length=20, verbose_name='entered')),
                ('entered_at', models.DateTimeField(default=linli.ground.core.clock.now, editable=False, verbose_name='entered at')),
                ('confirmed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='confirmed by the person at')),
                ('died_on', models.DateField(blank=True, null=True, verbose_name='died on')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='moved away on')),
                ('back_on', models.DateField(blank=True, null=True, verbose_name='moved back on')),
                ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='persons', to='people.household', verbose_name='household')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='people.person', verbose_name='same person as')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='places.place', verbose_name='community or grid')),
            ],
            options={
                'verbose_name': 'person',
                'indexes': [models.Index(fields=['place', 'born_on'], name='person_by_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__isnull', False), ('residence', 'none'), _connector='OR'), name='residents_have_a_place', violation_error_message='A resident belongs to a community.'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='not_merged_into_oneself', violation_error_message='An entry cannot be merged into itself.'), models.CheckConstraint(condition=models.Q(('died_on__isnull', True), ('born_on__isnull', True), ('died_on__gte', models.F('born_on')), _connector='OR'), name='died_after_birth', violation_error_message='The day of death lies before the day of birth.'), models.CheckConstraint(condition=models.Q(('back_on__isnull', True), models.Q(('back_on__gte', models.F('left_on')), ('left_on__isnull', False)), _connector='OR'), name='back_after_leaving', violation_error_message='Nobody moves back before they have moved away.')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('kind', models.CharField(choices=[('natural', 'natural person'), ('organisation', "people's organisation"), ('legal_body', 'legal body')], default='natural', max_length=20, verbose_name='kind')),
                ('username', models.CharField(blank=True, max_length=100, null=True, unique=True, verbose_name='user name')),
                ('contact', models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True)),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='name of the organisation')),
                ('body', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('epoch', models.PositiveIntegerField(default=0, editable=False)),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('created_at', models.DateTimeField(default=linli.ground.core.clock.now, editable=False, verbose_name='opened')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='people.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'account',
                'indexes': [models.Index(condition=models.Q(('username__isnull', False), ('is_active', False), _connector='OR'), fields=['id'], name='kept_accounts')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'natural')), fields=('person',), name='one_account_each', violation_error_message='This person has an account already.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'natural'), ('title', '')), models.Q(models.Q(('kind', 'natural'), _negated=True), models.Q(('title', ''), _negated=True)), _connector='OR'), name='organisations_have_a_title', violation_error_message="An organisation's account needs the organisation's name."), models.CheckConstraint(condition=models.Q(models.Q(('body__isnull', True), ('kind', 'natural')), models.Q(('kind', 'natural'), _negated=True), _connector='OR'), name='persons_act_for_no_body'), models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('body',), name='one_account_a_body', violation_error_message='This organisation has an account already.')],
            },
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='second_factor', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('secret', linli.ground.core.crypto.EncryptedField(editable=False)),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='set up on')),
                ('last_step', models.BigIntegerField(default=0)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('locked_until', models.DateTimeField(null=True)),
                ('voided_at', models.DateTimeField(null=True, verbose_name='reset on')),
            ],
            options={
                'verbose_name': 'second factor',
            },
        ),
        migrations.CreateModel(
            name='PersonalData',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='personal', serialize=False, to='people.person')),
                ('name', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='name of the person')),
                ('phone', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='mobile phone')),
                ('id_number', linli.ground.core.crypto.EncryptedField(blank=True, verbose_name='identity number')),
                ('name_index', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ('surname_index', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ('phone_index', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ('id_index', models.CharField(blank=True, editable=False, max_length=64)),
                ('basis', models.CharField(choices=[('duty', 'statutory duty'), ('consent', 'consent'), ('contract', 'contract or employment')], default='duty', max_length=20, verbose_name='legal basis')),
                ('purpose', models.CharField(blank=True, max_length=200, verbose_name='purpose')),
                ('legal_hold', models.BooleanField(default=False, verbose_name='legal hold')),
                ('erased_at', models.DateTimeField(editable=False, null=True, verbose_name='erased at')),
            ],
            options={
                'verbose_name': 'personal data',
                'constraints': [models.UniqueConstraint(condition=models.Q(('id_index', ''), _negated=True), fields=('id_index',), name='identity_number_once', violation_error_message='This identity number is in the register already.'), models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('id_number', ''), ('legal_hold', False), ('name', ''), ('phone', '')), _connector='OR'), name='erased_means_empty', violation_error_message='Erased personal data are empty.')],
            },
        ),
        migrations.CreateModel(
            name='Kinship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('spouse', 'spouse'), ('parent', 'parent'), ('child', 'child'), ('sibling', 'brother or sister'), ('grandparent', 'grandparent'), ('grandchild', 'grandchild')], max_length=20, verbose_name='relation')),
                ('declared_at', models.DateTimeField(default=linli.ground.core.clock.now, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='people.person', verbose_name='person')),
                ('relative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties_back', to='people.person', verbose_name='relative')),
            ],
            options={
                'verbose_name': 'kinship',
                'constraints': [models.UniqueConstraint(django.db.models.functions.comparison.Least('person', 'relative'), django.db.models.functions.comparison.Greatest('person', 'relative'), name='one_tie_a_pair', violation_error_message='The tie between these two is recorded already.'), models.CheckConstraint(condition=models.Q(('person', models.F('relative')), _negated=True), name='not_ones_own_relative', violation_error_message='Nobody is their own relative.')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=50, verbose_name='purpose')),
                ('notice', models.CharField(max_length=50, verbose_name='version of the notice')),
                ('given', models.BooleanField(verbose_name='consent given')),
                ('at', models.DateTimeField(verbose_name='recorded at')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.person')),
            ],
            options={
                'verbose_name': 'consent',
                'indexes': [models.Index(fields=['person', 'purpose', 'id'], name='consent_newest')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b7e1d5d078cef8460cec8352650dbd8b984a075d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7cbad', table='people_consent', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='PhoneCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contact', models.CharField(max_length=64)),
                ('address', models.CharField(max_length=64)),
                ('purpose', models.CharField(choices=[('sign_in', 'sign in'), ('contact', 'prove a phone number'), ('confirm', 'confirm an entry in the register'), ('close', 'close an account')], max_length=20)),
                ('digest', models.CharField(max_length=64)),
                ('message', linli.ground.core.crypto.EncryptedField(blank=True)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'phone code',
                'indexes': [models.Index(fields=['contact', 'sent_at'], name='code_by_contact'), models.Index(fields=['address', 'sent_at'], name='code_by_address')],
                'constraints': [models.CheckConstraint(condition=models.Q(('tries__lte', 5)), name='five_tries')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'recovery code',
            },
        ),
    ]
