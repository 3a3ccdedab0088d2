import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('database', '0001_tables'),
        ('kinds', '0001_tables'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='bodykind',
            trigger=pgtrigger.compiler.Trigger(name='note_change', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO database_change (transaction) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='10d4a838c7509f827b70cd9162ff56ce6f2e65d4', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_note_change_fc7b8', table='kinds_bodykind', when='AFTER')),
        ),
    ]
