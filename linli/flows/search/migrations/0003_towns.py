from typing import Any

from django.db import migrations

from linli.ground.places.divisions import short_name
from linli.ground.textsearch.queries import grams

ADD = """
    UPDATE search_casewords
       SET grams = grams || ' ' || %(words)s
      FROM cases_case
     WHERE cases_case.id = search_casewords.case_id
       AND cases_case.place_id IN (
           SELECT place.id FROM places_place place LEFT JOIN places_place above ON above.id = place.parent_id
            WHERE place.path LIKE %(below)s AND %(town)s IN (place.id, above.id, above.parent_id)
       )
       AND NOT string_to_array(grams, ' ') @> string_to_array(%(words)s, ' ')
"""


def add_towns(apps: Any, schema_editor: Any) -> None:
    """Add to the words of each case the name of its sub-district: one statement a sub-district, each by itself."""
    city = apps.get_model("places", "City").objects.select_related("place").first()
    if city is None:
        return
    towns = apps.get_model("places", "Place").objects.filter(level="town", path__startswith=city.place.path)
    with schema_editor.connection.cursor() as cursor:
        for key, path, name in towns.order_by("pk").values_list("pk", "path", "name"):
            cursor.execute(ADD, {"town": key, "below": f"{path}%", "words": grams(short_name(name))})


class Migration(migrations.Migration):
    """Let each case be found by the name of its sub-district (`queries.words_of`).

    Not in one transaction: what was interrupted goes on with the sub-districts that are left, and a case that has the words stays as it is.
    """

    atomic = False

    dependencies = [
        ('search', '0002_weeks'),
        ('places', '0002_stands_still'),
    ]

    operations = [
        migrations.RunPython(add_towns, migrations.RunPython.noop),
    ]
