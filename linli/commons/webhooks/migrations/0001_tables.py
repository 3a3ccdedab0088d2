import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
import linli.ground.core.crypto
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('webhooks', '0001_initial'), ('webhooks', '0002_once')]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
    ]

    operations = [
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
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('paused_at__isnull', True), ('status', 'active')), models.Q(('ended_at__isnull', True), ('paused_at__isnull', False), ('status', 'paused')), models.Q(('ended_at__isnull', False), ('status', 'ended')), _connector='OR'), name='subscription_status_has_time'), models.CheckConstraint(condition=models.Q(('url__regex', '^(https://|http://(localhost|127\\.0\\.0\\.1)[:/])')), name='subscription_https'), models.CheckConstraint(condition=models.Q(('verbs__len__gte', 1)), name='subscription_hears_something'), models.CheckConstraint(condition=models.Q(models.Q(('failures', 0), ('wait_until__isnull', True)), models.Q(('failing_since__isnull', False), ('failures__gte', 1), ('wait_until__isnull', False)), _connector='OR'), name='subscription_failing_has_time'), models.UniqueConstraint(condition=models.Q(('status', 'ended'), _negated=True), fields=('place_path', 'url', 'verbs'), name='subscription_once')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('queued', 'waiting to be sent'), ('sent', 'sent'), ('failed', 'failed, will be tried again'), ('dead', 'could not be delivered'), ('dropped', 'no longer due')], default='queued', max_length=20, verbose_name='status')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('next_try_at', models.DateTimeField(verbose_name='next try')),
                ('last_fault', models.CharField(blank=True, max_length=60, verbose_name='last fault')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.event')),
                ('subscription', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='webhooks.subscription')),
            ],
            options={
                'verbose_name': 'call to a partner',
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('status__in', ('queued', 'failed'))), fields=['next_try_at'], name='call_due'), models.Index(condition=models.Q(('status', 'dead')), fields=['-id'], name='call_dead'), models.Index(condition=models.Q(('settled_at__isnull', False)), fields=['settled_at'], name='call_settled')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('status__in', ('queued', 'failed'))), models.Q(models.Q(('status__in', ('queued', 'failed')), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='call_settled_has_time'), models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'sent', 'failed', 'dead', 'dropped'])), name='call_status_known'), models.UniqueConstraint(fields=('subscription', 'event'), name='event_once_per_partner')],
            },
        ),
    ]
