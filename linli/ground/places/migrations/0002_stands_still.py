import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('database', '0001_tables'),
        ('places', '0001_tables'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='place',
            trigger=pgtrigger.compiler.Trigger(name='note_change', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        INSERT INTO database_change (transaction) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ', hash='6bad39b917afdeed06dd42bac081d5502b4aa11c', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_note_change_97256', table='places_place', when='AFTER')),
        ),
    ]
