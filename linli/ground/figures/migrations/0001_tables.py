import django.db.models.deletion
import linli.ground.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('figures', '0001_initial')]

    initial = True

    dependencies = [
        ('places', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeclaredFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('adults', 'adult residents'), ('households', 'households'), ('voters', 'registered voters')], max_length=20, verbose_name='figure')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('source', models.CharField(max_length=200, verbose_name='source of the figure')),
                ('as_of', models.DateField(verbose_name='as of')),
                ('superseded_on', models.DateField(blank=True, null=True, verbose_name='register complete since')),
                ('declared_at', models.DateTimeField(default=linli.ground.core.clock.now, editable=False)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='places.place', verbose_name='place')),
            ],
            options={
                'verbose_name': 'declared figure',
                'constraints': [models.UniqueConstraint(fields=('place', 'what', 'as_of'), name='one_figure_a_day', violation_error_message='This figure has been declared for that day already.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='figures_have_a_source', violation_error_message='A declared figure needs its source.')],
            },
        ),
    ]
