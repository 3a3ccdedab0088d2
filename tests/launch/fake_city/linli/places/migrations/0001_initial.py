from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel("City", [("id", models.AutoField(primary_key=True)), ("code", models.TextField(unique=True))])
    ]
