from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0007_version_joined")]

    operations = [
        migrations.AddField(
            model_name="registerentry",
            name="closed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
