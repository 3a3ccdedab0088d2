"""lists takes in its table, which residents kept until now: the rows stay, names follow the app, a list that waits is sealed anew."""

import django_fsm
from django.db import migrations, models

import linli.ground.core.clock
import linli.ground.core.codes
import linli.ground.core.crypto

OLD, NEW = "residents_stagedlist", "lists_stagedlist"
CONSTRAINTS = ("pkey", "reference_key", "changed_check", "new_check", "unchanged_check", "version_check")
OTHERS = (("INDEX", "reference_dd8dc053_like", "reference_69cafe40_like"), ("SEQUENCE", "id_seq", "id_seq"))
OLD_PURPOSE, NEW_PURPOSE = "residents.stagedlist.content", "lists.stagedlist.content"


def renaming():
    """Yield each renaming with the one that undoes it."""
    for end in CONSTRAINTS:
        old, new = f"{OLD}_{end}", f"{NEW}_{end}"
        yield f"ALTER TABLE {NEW} RENAME CONSTRAINT {old} TO {new}", f"ALTER TABLE {NEW} RENAME CONSTRAINT {new} TO {old}"
    for kind, old, new in OTHERS:
        yield f"ALTER {kind} {OLD}_{old} RENAME TO {NEW}_{new}", f"ALTER {kind} {NEW}_{new} RENAME TO {OLD}_{old}"


def seal(schema_editor, old, new):
    """Seal the files that wait under the field's new name: what is encrypted opens under its own name alone."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"SELECT id, content FROM {NEW} WHERE content <> ''")
        for key, stored in cursor.fetchall():
            sealed = linli.ground.core.crypto.encrypt(linli.ground.core.crypto.decrypt(stored, old), new)
            cursor.execute(f"UPDATE {NEW} SET content = %s WHERE id = %s", [sealed, key])


def seal_anew(_apps, schema_editor):
    """Go over to the new name."""
    seal(schema_editor, OLD_PURPOSE, NEW_PURPOSE)


def seal_back(_apps, schema_editor):
    """Go back to the old one."""
    seal(schema_editor, NEW_PURPOSE, OLD_PURPOSE)


class Migration(migrations.Migration):

    initial = True

    dependencies = [("residents", "0004_lists_are_an_app_of_their_own")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(*both) for both in renaming()],
            state_operations=[
                migrations.CreateModel(
                    name="StagedList",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("reference", models.CharField(default=linli.ground.core.codes.new_code, editable=False, max_length=8, unique=True)),
                        ("area", models.CharField(blank=True, max_length=15)),
                        ("status", django_fsm.FSMField(choices=[("staged", "to be confirmed"), ("applied", "taken over"), ("dropped", "dropped")], default="staged", max_length=20, protected=True, verbose_name="status")),
                        ("content", linli.ground.core.crypto.EncryptedField(blank=True, editable=False)),
                        ("digest", models.CharField(editable=False, max_length=64)),
                        ("new", models.PositiveIntegerField(verbose_name="new")),
                        ("changed", models.PositiveIntegerField(verbose_name="changed")),
                        ("unchanged", models.PositiveIntegerField(verbose_name="unchanged")),
                        ("staged_at", models.DateTimeField(default=linli.ground.core.clock.now, editable=False)),
                    ],
                    options={"verbose_name": "list of residents"},
                    bases=(django_fsm.FSMModelMixin, models.Model),
                ),
            ],
        ),
        migrations.RunPython(seal_anew, seal_back),
    ]
