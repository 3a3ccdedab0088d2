"""figures takes in its table, which people kept until now: the rows stay, what was named after the old app is renamed."""

import django.db.models.deletion
from django.db import migrations, models

import linli.ground.core.clock

OLD, NEW = "people_declaredfigure", "figures_declaredfigure"
NAMES = {  # as Django names them for this table
    f"{OLD}_pkey": f"{NEW}_pkey",
    f"{OLD}_number_check": f"{NEW}_number_check",
    f"{OLD}_place_id_904f4416_fk_places_place_id": f"{NEW}_place_id_6f56da83_fk_places_place_id",
}


def renaming():
    """Yield each renaming with the one that undoes it."""
    for old, new in NAMES.items():
        yield f"ALTER TABLE {NEW} RENAME CONSTRAINT {old} TO {new}", f"ALTER TABLE {NEW} RENAME CONSTRAINT {new} TO {old}"
    for kind, end, fresh in (("INDEX", "place_id_904f4416", "place_id_6f56da83"), ("SEQUENCE", "id_seq", "id_seq")):
        yield f"ALTER {kind} {OLD}_{end} RENAME TO {NEW}_{fresh}", f"ALTER {kind} {NEW}_{fresh} RENAME TO {OLD}_{end}"


class Migration(migrations.Migration):

    initial = True

    dependencies = [("people", "0003_figures_are_an_app_of_their_own"), ("places", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(*both) for both in renaming()],
            state_operations=[
                migrations.CreateModel(
                    name="DeclaredFigure",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("what", models.CharField(choices=[("adults", "adult residents"), ("households", "households"), ("voters", "registered voters")], max_length=20, verbose_name="figure")),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("source", models.CharField(max_length=200, verbose_name="source of the figure")),
                        ("as_of", models.DateField(verbose_name="as of")),
                        ("superseded_on", models.DateField(blank=True, null=True, verbose_name="register complete since")),
                        ("declared_at", models.DateTimeField(default=linli.ground.core.clock.now, editable=False)),
                        ("place", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="places.place", verbose_name="place")),
                    ],
                    options={
                        "verbose_name": "declared figure",
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "what", "as_of"), name="one_figure_a_day", violation_error_message="This figure has been declared for that day already."),
                            models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="figures_have_a_source", violation_error_message="A declared figure needs its source."),
                        ],
                    },
                ),
            ],
        ),
    ]
