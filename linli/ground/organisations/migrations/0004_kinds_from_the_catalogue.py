"""Bodies name a kind of the catalogue's app; the key in the database is the same. The guards of the seats read the renamed table."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kinds', '0001_initial'),
        ('organisations', '0003_kinds_move_out'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.AlterField(
                model_name='body',
                name='kind',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='kinds.bodykind', verbose_name='kind'),
            ),
            migrations.DeleteModel(name='BodyKind'),
        ]),
        pgtrigger.migrations.RemoveTrigger(
            model_name='holding',
            name='seats_on_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='holding',
            name='seats_on_update',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holding',
            trigger=pgtrigger.compiler.Trigger(name='seats_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE crowded boolean;', func="\nPERFORM 1 FROM organisations_post WHERE id IN (SELECT post_id FROM fresh) ORDER BY id FOR NO KEY UPDATE;\nEXECUTE $check$SELECT EXISTS (\n    SELECT 1 FROM (\n        SELECT DISTINCT s.post_id, s.begins_on AS day\n        FROM (SELECT post_id, min(begins_on) AS first FROM fresh GROUP BY post_id) AS f\n        JOIN organisations_holding s ON s.post_id = f.post_id AND s.begins_on >= f.first\n    ) AS d\n    JOIN organisations_holding h ON h.post_id = d.post_id AND d.day <@ daterange(h.begins_on, h.ends_on, '[]')\n    JOIN organisations_post p ON p.id = d.post_id\n    GROUP BY d.post_id, d.day, p.seats HAVING count(*) > p.seats\n)$check$ INTO crowded;\nIF crowded THEN\n    RAISE EXCEPTION 'more holders than seats' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_within_seats';\nEND IF;\nIF EXISTS (\n    SELECT 1 FROM fresh f JOIN organisations_post p ON p.id = f.post_id JOIN organisations_body b ON b.id = p.body_id\n    JOIN kinds_bodykind k ON k.id = b.kind_id WHERE f.ends_on IS NULL AND k.rules ? 'term'\n) THEN RAISE EXCEPTION 'a term without an end' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_has_its_term'; END IF;\nRETURN NULL;\n", hash='36f7e59f447dde98857cdb1ec67a4d39dab7845d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_seats_on_insert_dcd0a', referencing='REFERENCING NEW TABLE AS fresh ', table='organisations_holding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holding',
            trigger=pgtrigger.compiler.Trigger(name='seats_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE crowded boolean;', func="\nPERFORM 1 FROM organisations_post WHERE id IN (SELECT post_id FROM fresh) ORDER BY id FOR NO KEY UPDATE;\nEXECUTE $check$SELECT EXISTS (\n    SELECT 1 FROM (\n        SELECT DISTINCT s.post_id, s.begins_on AS day\n        FROM (SELECT post_id, min(begins_on) AS first FROM fresh GROUP BY post_id) AS f\n        JOIN organisations_holding s ON s.post_id = f.post_id AND s.begins_on >= f.first\n    ) AS d\n    JOIN organisations_holding h ON h.post_id = d.post_id AND d.day <@ daterange(h.begins_on, h.ends_on, '[]')\n    JOIN organisations_post p ON p.id = d.post_id\n    GROUP BY d.post_id, d.day, p.seats HAVING count(*) > p.seats\n)$check$ INTO crowded;\nIF crowded THEN\n    RAISE EXCEPTION 'more holders than seats' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_within_seats';\nEND IF;\nIF EXISTS (\n    SELECT 1 FROM fresh f JOIN organisations_post p ON p.id = f.post_id JOIN organisations_body b ON b.id = p.body_id\n    JOIN kinds_bodykind k ON k.id = b.kind_id WHERE f.ends_on IS NULL AND k.rules ? 'term'\n) THEN RAISE EXCEPTION 'a term without an end' USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_has_its_term'; END IF;\nRETURN NULL;\n", hash='011397709b04132aa480acc7378501c5f332ab82', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_seats_on_update_97b06', referencing='REFERENCING NEW TABLE AS fresh ', table='organisations_holding', when='AFTER')),
        ),
    ]
