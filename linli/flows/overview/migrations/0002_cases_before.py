"""What came before the tallies is counted within a minute of the first start."""

from django.db import migrations
from django.utils import timezone

DIGITS = 9


def mark(apps, schema_editor):
    Case, Stale = apps.get_model("cases", "Case"), apps.get_model("overview", "Stale")
    facts = Case.objects.values_list("place__path", "received_at").iterator(chunk_size=5000)
    cells = {(path[:DIGITS], timezone.localdate(at).replace(day=1)) for path, at in facts}
    Stale.objects.bulk_create([Stale(area=area, month=month) for area, month in sorted(cells)])


class Migration(migrations.Migration):

    dependencies = [("overview", "0001_initial"), ("cases", "0008_category_and_lead")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
