"""The cases that are there already get their words."""

from django.db import migrations

from linli.ground.places.divisions import short_name
from linli.ground.textsearch.queries import grams

BATCH = 2000


def index(apps, schema_editor):
    Case, CaseWords = apps.get_model("cases", "Case"), apps.get_model("search", "CaseWords")
    facts = Case.objects.filter(words=None).order_by("pk").values_list("pk", "reference", "text", "where", "place__name")
    waiting = []
    for key, reference, text, where, place in facts.iterator(chunk_size=BATCH):
        waiting.append(CaseWords(case_id=key, grams=grams(f"{reference} {text} {where} {short_name(place)}")))
        if len(waiting) == BATCH:
            CaseWords.objects.bulk_create(waiting)
            waiting = []
    CaseWords.objects.bulk_create(waiting)


class Migration(migrations.Migration):

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
