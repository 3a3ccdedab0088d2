"""An owners' committee is an organisation: whoever leads it speaks for it as its delegate, as in every other one."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Give the chairs of owners' committees the role that the kind now gives them; the kind itself comes with `load_kinds`."""
    chairs = apps.get_model("organisations", "Post").objects.filter(body__kind__code="owners_committee", code="chair")
    chairs.filter(role="member").update(role="delegate")


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_posts_and_contacts'),
    ]

    operations = [
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
