import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('rulebook', '0001_initial'), ('rulebook', '0002_in_use_and_charters'), ('rulebook', '0003_withdrawals'), ('rulebook', '0004_percent')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=100, verbose_name='law or custom')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('order', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'rule pack',
                'ordering': ['order', 'code'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pack',
            trigger=pgtrigger.compiler.Trigger(name='only_packs_write', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN\n            RAISE EXCEPTION 'rulebook: rules and packs are written by load_rules alone' USING ERRCODE = 'check_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ", hash='63330fa914bb1c05421e7cfb459a782e3feeca5f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_packs_write_77f3a', table='rulebook_pack', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100, unique=True)),
                ('subject', models.CharField(max_length=40, verbose_name='subject')),
                ('title', models.CharField(max_length=100, verbose_name='rule')),
                ('unit', models.CharField(choices=[('share', 'share'), ('person', '%(value)s people'), ('household', '%(value)s households'), ('age', '%(value)s years of age'), ('year', '%(value)s years'), ('month', '%(value)s months'), ('calendar_day', '%(value)s days'), ('working_day', '%(value)s working days'), ('working_hour', '%(value)s working hours'), ('clock_hour', '%(value)s hours'), ('percent', '%(value)s %%'), ('time', '%(value)s times'), ('times_year', '%(value)s times a year'), ('times_half_year', '%(value)s times in half a year'), ('times_quarter', '%(value)s times a quarter'), ('times_month', '%(value)s times a month'), ('flag', 'yes or no'), ('moment', 'moment')], max_length=20, verbose_name='unit')),
                ('base', models.CharField(blank=True, max_length=60, verbose_name='share of what')),
                ('deviates_from', models.PositiveIntegerField(blank=True, null=True, verbose_name='smallest local value that the law allows')),
                ('deviates_to', models.PositiveIntegerField(blank=True, null=True, verbose_name='largest local value that the law allows')),
                ('down_to', models.CharField(choices=[('province', 'province'), ('prefecture', 'city'), ('county', 'district or county'), ('town', 'sub-district or town'), ('community', 'community or village'), ('grid', 'grid')], default='prefecture', max_length=10, verbose_name='may be set down to')),
                ('in_use', models.BooleanField(default=True, verbose_name='in use')),
                ('order', models.PositiveIntegerField(default=0)),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='rulebook.pack', verbose_name='law or custom')),
            ],
            options={
                'verbose_name': 'rule',
                'ordering': ['pack__order', 'order', 'key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('deviates_from__isnull', True), ('deviates_to__isnull', True), ('deviates_from__lte', models.F('deviates_to')), _connector='OR'), name='rule_limits_in_order', violation_error_message='The smallest local value is above the largest.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rule',
            trigger=pgtrigger.compiler.Trigger(name='only_packs_write', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN\n            RAISE EXCEPTION 'rulebook: rules and packs are written by load_rules alone' USING ERRCODE = 'check_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ", hash='317bf0eaf8bf59c08608903c8edf654ee7a7090c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_packs_write_b37a4', table='rulebook_rule', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='RuleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.CharField(blank=True, max_length=15, verbose_name='holds in')),
                ('value', models.CharField(max_length=40, verbose_name='value')),
                ('mark', models.CharField(choices=[('LAW', 'set by law'), ('LOCAL', 'local regulation'), ('DEFAULT', "this city's custom"), ('CHARTER', 'community charter')], max_length=10, verbose_name='mark')),
                ('law', models.CharField(max_length=100, verbose_name='law or custom')),
                ('article', models.CharField(blank=True, max_length=40, verbose_name='article')),
                ('statement', models.CharField(max_length=300, verbose_name='sentence')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('effective_from', models.DateField(verbose_name='in force from')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('decided_by', models.CharField(blank=True, choices=[('assembly', "residents' or villagers' meeting"), ('representatives', "representatives' meeting")], max_length=20, verbose_name='decided by')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                ('set_by', models.CharField(max_length=100, verbose_name='set by')),
                ('set_in_post', models.CharField(blank=True, max_length=100, verbose_name='set in post')),
                ('set_at', models.DateTimeField(verbose_name='set at')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='rulebook.rule', verbose_name='rule')),
            ],
            options={
                'verbose_name': 'rule version',
                'indexes': [models.Index(fields=['rule', 'jurisdiction', '-effective_from', '-id'], name='rule_version_in_force')],
                'constraints': [models.CheckConstraint(condition=models.Q(('jurisdiction__regex', '^[0-9]*$')), name='rule_jurisdiction_is_a_path', violation_error_message='A jurisdiction is the path of a place.'), models.CheckConstraint(condition=models.Q(models.Q(('mark', 'LAW'), _negated=True), models.Q(('jurisdiction', ''), models.Q(('article', ''), _negated=True)), _connector='OR'), name='rule_law_is_national_with_article', violation_error_message='Law holds in the whole nation and names its article.'), models.CheckConstraint(condition=models.Q(('set_by', 'system'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='rule_change_has_reason', violation_error_message='Say why the rule is changed.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleversion',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1c92df07ebb801a40042a129306ed819e1048e87', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ee05d', table='rulebook_ruleversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleversion',
            trigger=pgtrigger.compiler.Trigger(name='law_is_locked', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE lowest integer; highest integer;', func="\n        IF NEW.jurisdiction = '' AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN\n            RAISE EXCEPTION 'rulebook: what holds in the whole nation comes from the packs' USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.mark <> 'LAW' AND EXISTS (SELECT FROM rulebook_ruleversion WHERE rule_id = NEW.rule_id AND mark = 'LAW') THEN\n            SELECT deviates_from, deviates_to INTO lowest, highest FROM rulebook_rule WHERE id = NEW.rule_id;\n            IF lowest IS NULL AND highest IS NULL THEN\n                RAISE EXCEPTION 'rulebook: this value is set by law and cannot be changed' USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.value !~ '^[0-9]{1,6}$' OR NEW.value::integer < lowest OR NEW.value::integer > highest THEN\n                RAISE EXCEPTION 'rulebook: the law allows no such deviation' USING ERRCODE = 'check_violation';\n            END IF;\n        END IF;\n        RETURN NEW;\n    ", hash='57cf053d72de589b1509ba502ac7d7c19ae97823', operation='INSERT', pgid='pgtrigger_law_is_locked_80bc2', table='rulebook_ruleversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleversion',
            trigger=pgtrigger.compiler.Trigger(name='charter_is_decided', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF (length(NEW.jurisdiction) >= 12) <> (NEW.mark = 'CHARTER')\n           OR (NEW.mark = 'CHARTER') <> (NEW.decided_by <> '' AND NEW.decided_on IS NOT NULL) THEN\n            RAISE EXCEPTION 'rulebook: a community has values by charter that its meeting decided' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ", hash='52f0634d89966141ba51af241ea9ff3d70ed8ef9', operation='INSERT', pgid='pgtrigger_charter_is_decided_4001e', table='rulebook_ruleversion', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('set_in_post', models.CharField(blank=True, max_length=100, verbose_name='set in post')),
                ('set_at', models.DateTimeField(verbose_name='set at')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='rulebook.ruleversion', verbose_name='rule version')),
            ],
            options={
                'verbose_name': 'withdrawal',
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='withdrawal',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c56e441a71e9446d40d961b8787d7b548f580058', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6629f', table='rulebook_withdrawal', when='BEFORE')),
        ),
    ]
