from django.db import migrations


class Migration(migrations.Migration):
    """Let each case be found by the week in which it came, as the index of words has it (`queries.week_of`)."""

    dependencies = [
        ('search', '0001_tables'),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE search_casewords
               SET grams = to_char(cases_case.received_at AT TIME ZONE 'UTC', '"#"IYYY-IW') || ' ' || grams
              FROM cases_case
             WHERE cases_case.id = search_casewords.case_id
            """,
            migrations.RunSQL.noop,
        ),
    ]
