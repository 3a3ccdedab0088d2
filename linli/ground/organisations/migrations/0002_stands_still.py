import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('database', '0001_tables'),
        ('organisations', '0001_tables'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='body',
            trigger=pgtrigger.compiler.Trigger(name='note_change', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO database_change (transaction) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='462f9b774043d6b9f0484a67aea47e6db3cc2198', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_note_change_09aa1', table='organisations_body', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='post',
            trigger=pgtrigger.compiler.Trigger(name='note_change', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO database_change (transaction) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='1178856f0e1c0245b7c9c5a1f2804070685895ff', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_note_change_e90f7', table='organisations_post', when='AFTER')),
        ),
    ]
