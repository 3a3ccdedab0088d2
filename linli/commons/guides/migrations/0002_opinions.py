import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('department', models.CharField(max_length=40, verbose_name='department')),
                ('about', models.CharField(max_length=100, verbose_name='what it gives its opinion on')),
                ('days', models.PositiveSmallIntegerField(verbose_name='working days')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='guides.item')),
            ],
            options={
                'verbose_name': 'opinion of a department',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('item', 'position'), name='opinion_in_its_place'), models.UniqueConstraint(fields=('item', 'department'), name='opinion_of_a_department_once'), models.CheckConstraint(condition=models.Q(('days__gte', 1)), name='opinion_takes_days')],
            },
        ),
    ]
