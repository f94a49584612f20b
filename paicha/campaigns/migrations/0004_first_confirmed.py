from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_supervision")]

    operations = [
        migrations.AddField(
            model_name="workplan",
            name="first_confirmed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
