import django.db.models.deletion
import django_fsm
import linli.ground.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial')]

    initial = True

    dependencies = [
        ('people', '0001_tables'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptAccount',
            fields=[
            ],
            options={
                'verbose_name': 'account',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('people.account',),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('place_path', models.CharField(blank=True, max_length=20, verbose_name='place')),
                ('created_at', models.DateTimeField(default=linli.ground.core.clock.now, verbose_name='created')),
                ('expires_at', models.DateTimeField(verbose_name='good until')),
                ('status', django_fsm.FSMField(choices=[('open', 'open'), ('used', 'used'), ('withdrawn', 'withdrawn')], default='open', max_length=20, protected=True, verbose_name='status')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'link into an account',
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('account',), name='one_open_link', violation_error_message='This account has an open link already.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'open'), ('used_at__isnull', True), ('withdrawn_at__isnull', True)), models.Q(('status', 'used'), ('used_at__isnull', False), ('withdrawn_at__isnull', True)), models.Q(('status', 'withdrawn'), ('used_at__isnull', True), ('withdrawn_at__isnull', False)), _connector='OR'), name='link_status_has_time'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='link_lives')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
    ]
