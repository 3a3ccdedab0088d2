"""Values may be measured in percent."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rulebook', '0003_withdrawals'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rule',
            name='unit',
            field=models.CharField(choices=[('share', 'share'), ('person', '%(value)s people'), ('household', '%(value)s households'), ('age', '%(value)s years of age'), ('year', '%(value)s years'), ('month', '%(value)s months'), ('calendar_day', '%(value)s days'), ('working_day', '%(value)s working days'), ('working_hour', '%(value)s working hours'), ('clock_hour', '%(value)s hours'), ('percent', '%(value)s %%'), ('time', '%(value)s times'), ('times_year', '%(value)s times a year'), ('times_half_year', '%(value)s times in half a year'), ('times_quarter', '%(value)s times a quarter'), ('times_month', '%(value)s times a month'), ('flag', 'yes or no'), ('moment', 'moment')], max_length=20, verbose_name='unit'),
        ),
    ]
