import django_fsm
import linli.ground.core.clock
import linli.ground.core.codes
import linli.ground.core.crypto
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('lists', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StagedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('reference', models.CharField(default=linli.ground.core.codes.new_code, editable=False, max_length=8, unique=True)),
                ('area', models.CharField(blank=True, max_length=15)),
                ('status', django_fsm.FSMField(choices=[('staged', 'to be confirmed'), ('applied', 'taken over'), ('dropped', 'dropped')], default='staged', max_length=20, protected=True, verbose_name='status')),
                ('content', linli.ground.core.crypto.EncryptedField(blank=True, editable=False)),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('new', models.PositiveIntegerField(verbose_name='new')),
                ('changed', models.PositiveIntegerField(verbose_name='changed')),
                ('unchanged', models.PositiveIntegerField(verbose_name='unchanged')),
                ('staged_at', models.DateTimeField(default=linli.ground.core.clock.now, editable=False)),
            ],
            options={
                'verbose_name': 'list of residents',
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
    ]
