"""How late a branch's first report was, kept with each of its reports."""

from uuid import UUID

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def by_the_first(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Committee by committee: row-level security shows the owner no other way."""
    submission = apps.get_model("campaigns", "Submission")
    alias = editor.connection.alias
    users = apps.get_model("organizations", "User").objects.using(alias)
    for committee_id in set(users.values_list("committee_id", flat=True)):
        if editor.connection.vendor == "postgresql":
            with editor.connection.cursor() as cursor:
                cursor.execute("SELECT set_config('paicha.committee', %s, true)", [str(committee_id)])
        reports = submission.objects.using(alias).filter(committee_id=committee_id)
        first: dict[UUID, int] = {}
        for one in reports.order_by("n").only("unit_id", "submitted_on", "report_by"):
            late = first.setdefault(one.unit_id, max(0, (one.submitted_on - one.report_by).days))
            reports.filter(id=one.id).update(late_days=late)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_first_confirmed")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="late_days",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunPython(by_the_first, migrations.RunPython.noop),
    ]
