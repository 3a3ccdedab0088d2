"""The channels of supports are those of needs."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supports', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='support',
            name='channel',
            field=models.CharField(choices=[('web', 'web'), ('desk', 'community desk'), ('phone', 'telephone'), ('letter', 'letter'), ('visit', 'home visit'), ('api', 'another system')], max_length=10, verbose_name='channel'),
        ),
    ]
