from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('transaction', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'change of what stands still',
            },
        ),
    ]
