import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('search', '0001_initial'), ('search', '0002_words_of_cases')]

    initial = True

    dependencies = [
        ('cases', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseWords',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='words', serialize=False, to='cases.case')),
                ('grams', models.TextField()),
            ],
            options={
                'verbose_name': 'words of a case',
                'indexes': [django.contrib.postgres.indexes.GinIndex(models.Func(models.Func(models.F('grams'), models.Value(' '), function='string_to_array'), function='array_to_tsvector', output_field=django.contrib.postgres.search.SearchVectorField()), name='case_by_grams')],
            },
        ),
    ]
