"""Nothing ever wrote until when an entry is kept: the rules say so (`retention.*`), by matter."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("people", "0003_figures_are_an_app_of_their_own")]

    operations = [migrations.RemoveField(model_name="personaldata", name="retain_until")]
