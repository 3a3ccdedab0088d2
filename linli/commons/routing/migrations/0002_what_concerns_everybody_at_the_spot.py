"""Categories that concern everybody at the spot; those of the city's first list are marked."""

from django.db import migrations, models


SHARED = [
    "sports-grounds", "fire-hazard", "manhole", "falling-objects", "street-light", "heating", "water-power-gas", "sewer", "waste",
    "parking", "greening", "noise", "illegal-building", "roads",
]


def mark(apps, _schema_editor):
    apps.get_model("routing", "Category").objects.filter(code__in=SHARED, is_rest=False).update(is_shared=True)


class Migration(migrations.Migration):

    dependencies = [
        ('routing', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='category',
            name='is_shared',
            field=models.BooleanField(default=False, verbose_name='concerns everybody at the spot'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.CheckConstraint(condition=models.Q(('is_rest', False), ('is_shared', False), _connector='OR'), name='category_rest_is_not_shared'),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
