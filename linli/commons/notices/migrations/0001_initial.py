
import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
import linli.ground.core.crypto
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('label', models.CharField(max_length=100, verbose_name='partner')),
                ('url', models.URLField(max_length=500, verbose_name='address')),
                ('secret', linli.ground.core.crypto.EncryptedField(editable=False)),
                ('verbs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), size=None, verbose_name='events')),
                ('place_path', models.CharField(blank=True, max_length=20, verbose_name='place')),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('status', django_fsm.FSMField(choices=[('active', 'active'), ('paused', 'paused'), ('ended', 'ended')], default='active', max_length=20, protected=True, verbose_name='status')),
                ('paused_at', models.DateTimeField(blank=True, null=True, verbose_name='paused')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('failures', models.PositiveIntegerField(default=0)),
                ('failing_since', models.DateTimeField(blank=True, null=True)),
                ('wait_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'webhook',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('paused_at__isnull', True), ('status', 'active')), models.Q(('ended_at__isnull', True), ('paused_at__isnull', False), ('status', 'paused')), models.Q(('ended_at__isnull', False), ('status', 'ended')), _connector='OR'), name='subscription_status_has_time'), models.CheckConstraint(condition=models.Q(('url__regex', '^(https://|http://(localhost|127\\.0\\.0\\.1)[:/])')), name='subscription_https'), models.CheckConstraint(condition=models.Q(('verbs__len__gte', 1)), name='subscription_hears_something'), models.CheckConstraint(condition=models.Q(models.Q(('failures', 0), ('wait_until__isnull', True)), models.Q(('failing_since__isnull', False), ('failures__gte', 1), ('wait_until__isnull', False)), _connector='OR'), name='subscription_failing_has_time')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('queued', 'waiting to be sent'), ('sent', 'sent'), ('failed', 'failed, will be tried again'), ('dead', 'could not be delivered'), ('dropped', 'no longer due')], default='queued', max_length=20, verbose_name='status')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('next_try_at', models.DateTimeField(verbose_name='next try')),
                ('last_fault', models.CharField(blank=True, max_length=60, verbose_name='last fault')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.event')),
                ('subscription', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='notices.subscription')),
            ],
            options={
                'verbose_name': 'webhook delivery',
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('account', 'day'), name='one_digest_a_day'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['account', '-id'], name='inbox'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['account'], name='inbox_unread'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('contact', ''), _negated=True), fields=['contact', '-id'], name='inbox_of_contact'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('gather', True)), fields=['account'], name='awaits_digest'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['created_at'], name='message_age'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('event', 'account'), name='account_told_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('contact', ''), _negated=True), fields=('event', 'contact'), name='contact_told_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account__isnull', False), ('contact', ''), ('phone', '')), models.Q(('account__isnull', True), models.Q(('contact', ''), _negated=True)), _connector='OR'), name='told_to_account_or_contact'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('status__in', ('queued', 'failed'))), fields=['next_try_at'], name='delivery_due'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('status', 'dead')), fields=['-id'], name='delivery_dead'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('settled_at__isnull', False)), fields=['settled_at'], name='delivery_settled'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('status__in', ('queued', 'failed'))), models.Q(models.Q(('status__in', ('queued', 'failed')), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='delivery_settled_has_time'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'sent', 'failed', 'dead', 'dropped'])), name='delivery_status_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('message', 'channel'), name='message_once_per_channel'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('digest', 'channel'), name='digest_once_per_channel'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['sms', 'email'])), name='channel_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digest__isnull', True), ('message__isnull', False)), models.Q(('digest__isnull', False), ('message__isnull', True)), _connector='OR'), name='carries_message_or_digest'),
        ),
        migrations.AddConstraint(
            model_name='preference',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('email', ''), _negated=True), _connector='OR'), name='confirmed_address_is_there'),
        ),
        migrations.AddConstraint(
            model_name='preference',
            constraint=models.CheckConstraint(condition=models.Q(('digest__in', ['off', 'daily'])), name='digest_period_known'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(condition=models.Q(('status__in', ('queued', 'failed'))), fields=['next_try_at'], name='webhookdelivery_due'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(condition=models.Q(('status', 'dead')), fields=['-id'], name='webhookdelivery_dead'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(condition=models.Q(('settled_at__isnull', False)), fields=['settled_at'], name='webhookdelivery_settled'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('status__in', ('queued', 'failed'))), models.Q(models.Q(('status__in', ('queued', 'failed')), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='webhookdelivery_settled_has_time'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'sent', 'failed', 'dead', 'dropped'])), name='webhookdelivery_status_known'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.UniqueConstraint(fields=('subscription', 'event'), name='event_once_per_partner'),
        ),
    ]
