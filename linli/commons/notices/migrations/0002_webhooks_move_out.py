from django.db import migrations

RENAMED = (
    ("TABLE", "notices_subscription", "webhooks_subscription"),
    ("TABLE", "notices_webhookdelivery", "webhooks_call"),
    ("SEQUENCE", "notices_subscription_id_seq", "webhooks_subscription_id_seq"),
    ("SEQUENCE", "notices_webhookdelivery_id_seq", "webhooks_call_id_seq"),
    ("INDEX", "notices_subscription_pkey", "webhooks_subscription_pkey"),
    ("INDEX", "notices_webhookdelivery_pkey", "webhooks_call_pkey"),
    ("INDEX", "webhookdelivery_due", "call_due"),
    ("INDEX", "webhookdelivery_dead", "call_dead"),
    ("INDEX", "webhookdelivery_settled", "call_settled"),
)
CONSTRAINTS = (
    ("webhookdelivery_settled_has_time", "call_settled_has_time"),
    ("webhookdelivery_status_known", "call_status_known"),
)


class Migration(migrations.Migration):
    """The tables of webhooks go to the app of that name with all their rows (decision 0013)."""

    dependencies = [
        ('notices', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                *(
                    migrations.RunSQL(f"ALTER {kind} {old} RENAME TO {new}", f"ALTER {kind} {new} RENAME TO {old}")
                    for kind, old, new in RENAMED
                ),
                *(
                    migrations.RunSQL(
                        f"ALTER TABLE webhooks_call RENAME CONSTRAINT {old} TO {new}",
                        f"ALTER TABLE webhooks_call RENAME CONSTRAINT {new} TO {old}",
                    )
                    for old, new in CONSTRAINTS
                ),
            ],
            state_operations=[
                migrations.DeleteModel(name='WebhookDelivery'),
                migrations.DeleteModel(name='Subscription'),
            ],
        ),
    ]
