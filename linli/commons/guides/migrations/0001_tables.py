import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('guides', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('code', models.CharField(max_length=18, unique=True, verbose_name='item code')),
                ('place_path', models.CharField(editable=False, max_length=12)),
                ('name', models.CharField(max_length=60, verbose_name='name of the item')),
                ('aliases', models.CharField(blank=True, max_length=60, verbose_name='what people call it')),
                ('field', models.CharField(choices=[('relief', 'social relief'), ('employment', 'employment'), ('security', 'social security'), ('health', 'health and family planning'), ('culture', 'culture, sport and education'), ('safety', 'community safety'), ('migrants', 'migrant residents')], max_length=20, verbose_name='field of service')),
                ('kind', models.CharField(choices=[('XK', 'administrative licence'), ('QR', 'administrative confirmation'), ('JF', 'administrative payment'), ('JL', 'administrative reward'), ('GG', 'public service'), ('QT', 'other administrative power')], max_length=2, verbose_name='kind of item')),
                ('mode', models.CharField(choices=[('immediate', 'done on the spot'), ('promised', 'done within a promised time'), ('joint', 'done jointly by several departments'), ('forwarded', 'forwarded to the competent body'), ('agency', 'done by the community on behalf')], max_length=20, verbose_name='how it is handled')),
                ('department', models.CharField(max_length=40, verbose_name='competent department')),
                ('legal_basis', models.CharField(max_length=200, verbose_name='basis in law')),
                ('article', models.CharField(blank=True, max_length=60, verbose_name='article')),
                ('conditions', models.TextField(max_length=1000, verbose_name='who may apply')),
                ('statutory_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='statutory limit, working days')),
                ('promised_days', models.PositiveSmallIntegerField(verbose_name='promised limit, working days')),
                ('fee', models.PositiveIntegerField(default=0, verbose_name='fee')),
                ('fee_basis', models.CharField(blank=True, max_length=100, verbose_name='basis of the fee')),
                ('result', models.CharField(max_length=100, verbose_name='result')),
                ('contact', models.CharField(blank=True, max_length=60, verbose_name='telephone for questions')),
                ('hours', models.CharField(blank=True, max_length=100, verbose_name='opening hours')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('grams', models.TextField(editable=False)),
            ],
            options={
                'verbose_name': 'service item',
                'ordering': ['field', 'code'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(models.Func(models.Func(models.F('grams'), models.Value(' '), function='string_to_array'), function='array_to_tsvector', output_field=django.contrib.postgres.search.SearchVectorField()), name='item_by_grams')],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{8}[A-Z]{2}-(XK|QR|JF|JL|GG|QT)-[0-9]{4}$')), name='item_code_is_well_formed'), models.CheckConstraint(condition=models.Q(('field__in', ['relief', 'employment', 'security', 'health', 'culture', 'safety', 'migrants']), ('kind__in', ['XK', 'QR', 'JF', 'JL', 'GG', 'QT']), ('mode__in', ['immediate', 'promised', 'joint', 'forwarded', 'agency'])), name='item_choices_are_known'), models.CheckConstraint(condition=models.Q(('statutory_days', None), ('promised_days__lte', models.F('statutory_days')), _connector='OR'), name='promised_within_statutory', violation_error_message='The promised limit may not be longer than the statutory one.'), models.CheckConstraint(condition=models.Q(models.Q(('mode', 'immediate'), ('promised_days', 0)), models.Q(models.Q(('mode', 'immediate'), _negated=True), ('promised_days__gte', 1)), _connector='OR'), name='on_the_spot_takes_no_days', violation_error_message='What is done on the spot takes 0 working days, everything else at least 1.'), models.CheckConstraint(condition=models.Q(('fee', 0), models.Q(('fee_basis', ''), _negated=True), _connector='OR'), name='no_fee_without_basis', violation_error_message='A fee needs its basis.'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='item_ends_after_it_began', violation_error_message='An item cannot end before it begins.')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='ItemStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=100, verbose_name='step of the handling')),
                ('days', models.PositiveSmallIntegerField(verbose_name='working days')),
                ('is_counted', models.BooleanField(verbose_name='counts in the statutory time')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='guides.item')),
            ],
            options={
                'verbose_name': 'step of the handling',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('item', 'position'), name='step_in_its_place')],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=100, verbose_name='material')),
                ('originals', models.PositiveSmallIntegerField(verbose_name='originals')),
                ('copies', models.PositiveSmallIntegerField(verbose_name='copies')),
                ('source', models.CharField(choices=[('own', "applicant's own"), ('issued', 'issued by an authority'), ('desk', 'filled in at the desk')], max_length=10, verbose_name='where it comes from')),
                ('waived_why', models.CharField(blank=True, max_length=100, verbose_name='why it need not be handed in')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='guides.item')),
            ],
            options={
                'verbose_name': 'material',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('item', 'position'), name='material_in_its_place'), models.CheckConstraint(condition=models.Q(('source__in', ['own', 'issued', 'desk'])), name='material_source_is_known')],
            },
        ),
    ]
