"""What is reported about things of the city may be read by everybody, without who reported it (decision 0022)."""

from django.db import migrations, models

PUBLIC = (
    "sports-grounds", "manhole", "street-light", "water-power-gas", "sewer", "waste", "parking", "greening", "roads",
)


def open_to_all(apps, schema_editor):
    apps.get_model("routing", "Category").objects.filter(code__in=PUBLIC).update(is_public=True)


class Migration(migrations.Migration):
    dependencies = [("routing", "0002_what_concerns_everybody_at_the_spot")]

    operations = [
        migrations.AddField(
            model_name="category",
            name="is_public",
            field=models.BooleanField(default=False, verbose_name="everybody may read what is reported"),
        ),
        migrations.RunPython(open_to_all, migrations.RunPython.noop, elidable=True),
    ]
