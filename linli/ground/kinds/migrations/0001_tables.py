from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('kinds', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='BodyKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('name_en', models.CharField(max_length=60)),
                ('pattern', models.CharField(max_length=60)),
                ('short', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=60)),
                ('group', models.CharField(choices=[('party', 'Party organisation'), ('assembly', 'meetings of residents'), ('committee', "residents' or villagers' committee"), ('supervision', 'supervision committee'), ('group', "residents' groups"), ('subcommittee', 'sub-committees'), ('deliberation', 'deliberation council'), ('workstation', 'workstation'), ('stationed', 'posts of departments'), ('association', 'community associations'), ('property', 'owners and property service'), ('unit', 'resident units'), ('government', 'government offices')], max_length=20, verbose_name='group')),
                ('subject', models.CharField(choices=[('natural_persons', 'natural persons'), ('peoples_organisation', "people's organisation"), ('legal_body', 'legal body')], max_length=30, verbose_name='subject')),
                ('law', models.CharField(max_length=100, verbose_name='law')),
                ('article', models.CharField(max_length=100, verbose_name='article')),
                ('stands', models.JSONField(default=dict)),
                ('parents', models.JSONField(default=list)),
                ('many', models.BooleanField(default=False)),
                ('rules', models.JSONField(default=dict)),
                ('posts', models.JSONField(default=list)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'kind of body',
                'ordering': ['position'],
            },
        ),
    ]
