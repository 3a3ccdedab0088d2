import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
import linli.ground.core.crypto
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('notices', '0001_initial'), ('notices', '0002_webhooks_move_out')]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'digest',
                'constraints': [models.UniqueConstraint(fields=('account', 'day'), name='one_digest_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.CharField(max_length=100)),
                ('contact', models.CharField(blank=True, max_length=64)),
                ('phone', linli.ground.core.crypto.EncryptedField(blank=True, default='')),
                ('post', models.CharField(blank=True, max_length=100)),
                ('created_at', models.DateTimeField(verbose_name='told at')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='read at')),
                ('gather', models.BooleanField(default=False)),
                ('account', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('digest', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='notices.digest')),
                ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.event')),
            ],
            options={
                'verbose_name': 'message',
                'indexes': [models.Index(fields=['account', '-id'], name='inbox'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['account'], name='inbox_unread'), models.Index(condition=models.Q(('contact', ''), _negated=True), fields=['contact', '-id'], name='inbox_of_contact'), models.Index(condition=models.Q(('gather', True)), fields=['account'], name='awaits_digest'), models.Index(fields=['created_at'], name='message_age')],
                'constraints': [models.UniqueConstraint(fields=('event', 'account'), name='account_told_once'), models.UniqueConstraint(condition=models.Q(('contact', ''), _negated=True), fields=('event', 'contact'), name='contact_told_once'), models.CheckConstraint(condition=models.Q(models.Q(('account__isnull', False), ('contact', ''), ('phone', '')), models.Q(('account__isnull', True), models.Q(('contact', ''), _negated=True)), _connector='OR'), name='told_to_account_or_contact')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('queued', 'waiting to be sent'), ('sent', 'sent'), ('failed', 'failed, will be tried again'), ('dead', 'could not be delivered'), ('dropped', 'no longer due')], default='queued', max_length=20, verbose_name='status')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('next_try_at', models.DateTimeField(verbose_name='next try')),
                ('last_fault', models.CharField(blank=True, max_length=60, verbose_name='last fault')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('channel', models.CharField(choices=[('sms', 'SMS'), ('email', 'e-mail')], max_length=10, verbose_name='channel')),
                ('urgent', models.BooleanField(default=False)),
                ('digest', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='notices.digest')),
                ('message', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='notices.message')),
            ],
            options={
                'verbose_name': 'delivery',
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('status__in', ('queued', 'failed'))), fields=['next_try_at'], name='delivery_due'), models.Index(condition=models.Q(('status', 'dead')), fields=['-id'], name='delivery_dead'), models.Index(condition=models.Q(('settled_at__isnull', False)), fields=['settled_at'], name='delivery_settled')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('status__in', ('queued', 'failed'))), models.Q(models.Q(('status__in', ('queued', 'failed')), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='delivery_settled_has_time'), models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'sent', 'failed', 'dead', 'dropped'])), name='delivery_status_known'), models.UniqueConstraint(fields=('message', 'channel'), name='message_once_per_channel'), models.UniqueConstraint(fields=('digest', 'channel'), name='digest_once_per_channel'), models.CheckConstraint(condition=models.Q(('channel__in', ['sms', 'email'])), name='channel_known'), models.CheckConstraint(condition=models.Q(models.Q(('digest__isnull', True), ('message__isnull', False)), models.Q(('digest__isnull', False), ('message__isnull', True)), _connector='OR'), name='carries_message_or_digest')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('muted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('digest', models.CharField(choices=[('off', 'each message by itself'), ('daily', 'once a day, gathered')], default='off', max_length=10, verbose_name='e-mails')),
                ('email', linli.ground.core.crypto.EncryptedField(blank=True, default='', verbose_name='e-mail address')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='address confirmed')),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'preferences',
                'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('email', ''), _negated=True), _connector='OR'), name='confirmed_address_is_there'), models.CheckConstraint(condition=models.Q(('digest__in', ['off', 'daily'])), name='digest_period_known')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
    ]
