from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def by_the_first(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Whether a branch was in time is told by its first report."""
    reports = apps.get_model("campaigns", "Submission").objects
    first = {}
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
