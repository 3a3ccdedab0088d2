import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
import linli.ground.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('routing', '0001_initial'), ('routing', '0002_what_concerns_everybody_at_the_spot'), ('routing', '0003_what_everybody_may_read')]

    initial = True

    dependencies = [
        ('organisations', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('field', models.CharField(choices=[('relief', 'social relief'), ('employment', 'employment'), ('security', 'social security'), ('health', 'health and family planning'), ('culture', 'culture, sport and education'), ('safety', 'community safety'), ('migrants', 'migrant residents'), ('surroundings', 'surroundings and facilities'), ('unsure', 'not sure')], max_length=20, verbose_name='field of service')),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=60, verbose_name='English name')),
                ('examples', models.CharField(blank=True, max_length=100, verbose_name='examples')),
                ('urgency', models.CharField(choices=[('critical', 'critical'), ('urgent', 'urgent'), ('priority', 'priority'), ('normal', 'normal'), ('enquiry', 'enquiry')], default='normal', max_length=10, verbose_name='urgency')),
                ('is_shared', models.BooleanField(default=False, verbose_name='concerns everybody at the spot')),
                ('is_rest', models.BooleanField(default=False, editable=False, verbose_name='for whatever has no category of its own')),
                ('is_public', models.BooleanField(default=False, verbose_name='everybody may read what is reported')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
            ],
            options={
                'verbose_name': 'category of needs',
                'ordering': ['position', 'code'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_rest', True)), fields=('field',), name='category_one_rest_a_field'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('name',), name='category_name_once', violation_error_message='There is a category of this name already.'), models.CheckConstraint(condition=models.Q(('is_rest', False), ('ended_on', None), _connector='OR'), name='category_rest_stays'), models.CheckConstraint(condition=models.Q(('is_rest', False), ('is_shared', False), _connector='OR'), name='category_rest_is_not_shared'), models.CheckConstraint(condition=models.Q(('field__in', ['relief', 'employment', 'security', 'health', 'culture', 'safety', 'migrants', 'surroundings', 'unsure'])), name='category_field_is_known'), models.CheckConstraint(condition=models.Q(('urgency__in', ['critical', 'urgent', 'priority', 'normal', 'enquiry'])), name='category_urgency_is_known')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('text', models.CharField(max_length=60, verbose_name='question')),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='options')),
                ('is_required', models.BooleanField(default=False, verbose_name='must be answered')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='routing.category')),
            ],
            options={
                'verbose_name': 'question of a category',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('category', 'code'), name='question_code_once'), models.CheckConstraint(condition=models.Q(('options__len__lte', 12)), name='question_options_few')],
            },
        ),
        migrations.CreateModel(
            name='Route',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('place_path', models.CharField(db_collation='C', max_length=20, verbose_name='place')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='position')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('reason', models.CharField(max_length=120, verbose_name='why')),
                ('field', models.CharField(blank=True, choices=[('relief', 'social relief'), ('employment', 'employment'), ('security', 'social security'), ('health', 'health and family planning'), ('culture', 'culture, sport and education'), ('safety', 'community safety'), ('migrants', 'migrant residents'), ('surroundings', 'surroundings and facilities'), ('unsure', 'not sure')], max_length=20, verbose_name='field of service')),
                ('question', models.SlugField(blank=True, max_length=40, verbose_name='question')),
                ('answer', models.CharField(blank=True, max_length=40, verbose_name='answer')),
                ('hours', models.CharField(choices=[('any', 'at any time'), ('office', 'while offices are open'), ('closed', 'while offices are closed')], default='any', max_length=10, verbose_name='hours')),
                ('lead_at', models.CharField(blank=True, max_length=60, verbose_name='lead: the nearest body of this kind')),
                ('helpers_at', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None, verbose_name='co-handlers: the nearest of each kind')),
                ('status', django_fsm.FSMField(choices=[('active', 'in force'), ('ended', 'ended')], default='active', max_length=20, protected=True, verbose_name='status')),
                ('created_at', models.DateTimeField(default=linli.ground.core.clock.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='routes', to='routing.category', verbose_name='category of needs')),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.body', verbose_name='lead: always this body')),
            ],
            options={
                'verbose_name': 'route',
                'indexes': [models.Index(condition=models.Q(('status', 'active')), fields=['-place_path', 'position', 'id'], name='route_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('lead', None), models.Q(('lead_at', ''), _negated=True)), models.Q(('lead__isnull', False), ('lead_at', '')), _connector='OR'), name='route_has_one_lead', violation_error_message='Choose either a kind of body or one body as the lead.'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('question', '')), models.Q(models.Q(('question', ''), _negated=True), models.Q(('answer', ''), _negated=True), ('category__isnull', False)), _connector='OR'), name='route_answers_a_question_of_its_category', violation_error_message='An answer belongs to a question of the category.'), models.CheckConstraint(condition=models.Q(('category', None), ('field', ''), _connector='OR'), name='route_by_category_or_field', violation_error_message='Choose a category or a whole field of service.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('status', 'active')), models.Q(('ended_at__isnull', False), ('status', 'ended')), _connector='OR'), name='route_status_has_its_time'), models.UniqueConstraint(condition=models.Q(('status', 'active')), fields=('place_path', 'name'), name='route_name_once', violation_error_message='This place has a route of this name already.')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
    ]
