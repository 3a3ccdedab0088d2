import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('overview', '0001_initial'), ('overview', '0002_cases_before')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Stale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.CharField(db_collation='C', max_length=9)),
                ('month', models.DateField()),
            ],
            options={
                'verbose_name': 'tally to be counted again',
                'constraints': [models.UniqueConstraint(fields=('area', 'month'), name='stale_once')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.CharField(db_collation='C', max_length=9)),
                ('month', models.DateField()),
                ('field', models.CharField(choices=[('relief', 'social relief'), ('employment', 'employment'), ('security', 'social security'), ('health', 'health and family planning'), ('culture', 'culture, sport and education'), ('safety', 'community safety'), ('migrants', 'migrant residents'), ('surroundings', 'surroundings and facilities'), ('unsure', 'not sure')], max_length=20)),
                ('status', models.CharField(max_length=20)),
                ('cases', models.PositiveIntegerField()),
                ('on_time', models.PositiveIntegerField()),
                ('late', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': 'tally of cases',
                'constraints': [models.UniqueConstraint(fields=('area', 'month', 'field', 'status'), name='tally_once'), models.CheckConstraint(condition=models.Q(('cases__gte', 1)), name='tally_of_something'), models.CheckConstraint(condition=models.Q(('cases__gte', django.db.models.expressions.CombinedExpression(models.F('on_time'), '+', models.F('late')))), name='tally_answers_among_cases')],
            },
        ),
    ]
