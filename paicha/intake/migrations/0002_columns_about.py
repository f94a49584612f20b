from django.db import migrations, models

import paicha.tenancy.models


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("register", "0010_columns_to_intake")]

    operations = [
        # The table is the roster's (register 0010), which row-level security guards already.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="SavedColumns",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=paicha.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("committee_id", models.UUIDField(editable=False)),
                        ("columns", models.JSONField(default=dict)),
                    ],
                ),
                migrations.AddConstraint(
                    model_name="savedcolumns",
                    constraint=models.UniqueConstraint(fields=("committee_id",), name="one_set_of_roster_columns"),
                ),
            ]
        ),
        migrations.RemoveConstraint(model_name="savedcolumns", name="one_set_of_roster_columns"),
        migrations.AddField(
            model_name="savedcolumns",
            name="kind",
            field=models.CharField(default="roster", max_length=20),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="savedcolumns",
            constraint=models.UniqueConstraint(fields=("committee_id", "kind"), name="one_set_of_columns"),
        ),
        migrations.AddField(model_name="upload", name="about_id", field=models.UUIDField(null=True)),
    ]
