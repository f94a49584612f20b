"""A stamp for the tree of each committee that there is: those that have an account, whose table alone is seen by all."""

from uuid import uuid4

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import paicha.tenancy.models
from paicha.tenancy.postgres import ScopeTables


def stamp_trees(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    user, stamp = (apps.get_model("organizations", name) for name in ("User", "TreeStamp"))
    using = schema_editor.connection.alias
    committees = user.objects.using(using).order_by("committee_id").values_list("committee_id", flat=True).distinct()
    for committee_id in committees:
        stamp(committee_id=committee_id, stamp=uuid4()).save(using=using)


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0002_joining_and_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="TreeStamp",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=paicha.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("committee_id", models.UUIDField(editable=False)),
                ("stamp", models.UUIDField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("committee_id",), name="one_stamp_of_a_tree")],
            },
        ),
        migrations.RunPython(stamp_trees, migrations.RunPython.noop),
        ScopeTables("organizations_treestamp"),
    ]
