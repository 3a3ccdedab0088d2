from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('authority', '0001_initial'), ('authority', '0002_way_in')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('post', models.CharField(max_length=100, verbose_name='post')),
                ('place_path', models.CharField(blank=True, editable=False, max_length=20, verbose_name='place')),
                ('label', models.CharField(max_length=100, verbose_name='what it is for')),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
            ],
            options={
                'verbose_name': 'API token',
            },
        ),
    ]
