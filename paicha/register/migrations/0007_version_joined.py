"""入党时间 as a number beside the other facts of a version (notice 三.2), read out of the cells of those that stand."""

import re
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

JOINED = 6  # the cell 入党时间; YYYYMM where it was read
MONTH = re.compile(r"([0-9]{4})(0[1-9]|1[0-2])")
CHUNK = 2000


def read_joined(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Fill `joined` of every version, committee by committee: row-level security shows the owner no other way."""
    version = apps.get_model("register", "EntryVersion")
    alias = editor.connection.alias
    users = apps.get_model("organizations", "User").objects.using(alias)
    for committee_id in set(users.values_list("committee_id", flat=True)):
        if editor.connection.vendor == "postgresql":
            with editor.connection.cursor() as cursor:
                cursor.execute("SELECT set_config('paicha.committee', %s, true)", [str(committee_id)])
        _fill(version.objects.using(alias).filter(committee_id=committee_id))


def _fill(versions: Any) -> None:
    changed = []
    for row in versions.only("id", "cells").iterator(CHUNK):
        match = MONTH.fullmatch(str(row.cells[JOINED]))
        if match:
            row.joined = int(match[1]) * 12 + int(match[2]) - 1
            changed.append(row)
        if len(changed) == CHUNK:
            versions.bulk_update(changed, ["joined"])
            changed = []
    versions.bulk_update(changed, ["joined"])


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0006_reopening_unmasking"),
    ]

    operations = [
        migrations.AddField(
            model_name="entryversion",
            name="joined",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.RunPython(read_joined, migrations.RunPython.noop),
    ]
