import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_stands_still'),
        ('services', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stands_in', models.CharField(blank=True, max_length=400)),
                ('about', models.TextField(max_length=2500, verbose_name='what it gives its opinion on')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('agrees', models.BooleanField(blank=True, null=True, verbose_name='opinion')),
                ('text', models.TextField(blank=True, max_length=1000, verbose_name='reason')),
                ('given_at', models.DateTimeField(blank=True, null=True, verbose_name='opinion given')),
                ('given_by', models.CharField(blank=True, max_length=100)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.application')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.body', verbose_name='whose opinion is asked')),
            ],
            options={
                'verbose_name': 'opinion of a department',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['body', 'application'], name='opinion_by_body')],
                'constraints': [models.UniqueConstraint(fields=('application', 'body'), name='opinion_of_a_body_once'), models.CheckConstraint(condition=models.Q(models.Q(('agrees', None), ('given_at', None), ('given_by', ''), ('text', '')), models.Q(('agrees__isnull', False), ('given_at__isnull', False), models.Q(('given_by', ''), _negated=True)), _connector='OR'), name='opinion_given_by_somebody'), models.CheckConstraint(condition=models.Q(('agrees', None), ('agrees', True), models.Q(('text', ''), _negated=True), _connector='OR'), name='opinion_against_has_its_reason'), models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('asked_at')), models.Q(('given_at', None), ('given_at__gte', models.F('asked_at')), _connector='OR')), name='opinion_in_order')],
            },
        ),
    ]
